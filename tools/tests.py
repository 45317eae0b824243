"""`make test` and `make test-slow`: pytest on servers of its own, with a browser; says so if not all could run."""

import os
import re
import subprocess
import sys

from tools import chromium
from tools.steps import CLONE, PYTHON, say

NO_TESTS = 5  # pytest's exit code
MOST_PROCESSES = 8  # each has a database of its own to make


def main(speed: str) -> int:
    """`speed` is "fast" or "slow"."""
    chosen = "slow" if speed == "slow" else "not slow"
    path = chromium.find()
    if not path:
        say(NO_BROWSER)
        chosen = f"({chosen}) and not browser"
    code = run_pytest(chosen, {**os.environ, "CHROMIUM": path or ""})
    if code == NO_TESTS:
        code = explain_none(chosen)
    if not path:
        say(NO_BROWSER)
    return code or (0 if path else 1)


NO_BROWSER = (
    "No Chromium was found and none could be installed, so the browser tests do not run and the result is a failure: "
    "install Chromium, or set CHROMIUM to its path."
)


def run_pytest(chosen: str, environment: dict[str, str]) -> int:
    processes = min(os.cpu_count() or 2, MOST_PROCESSES)
    servers = [str(PYTHON), "-m", "infoshare.embedded", "--scratch"]
    pytest = [str(PYTHON), "-m", "pytest", "-q", "-m", chosen, "-n", str(processes), "--dist", "worksteal"]
    return subprocess.run([*servers, *pytest], cwd=CLONE, env=environment).returncode


def explain_none(chosen: str) -> int:
    """Fine if nobody marked a test as slow; wrong if somebody did and pytest did not find it."""
    marked = [path for path in (CLONE / "tests").rglob("*.py") if re.search(r"\bmark\.slow\b", path.read_text())]
    if chosen == "slow" and not marked:
        say("No test is marked slow, so nothing was run.")
        return 0
    say("pytest found no test, although there should be some.")
    return NO_TESTS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
