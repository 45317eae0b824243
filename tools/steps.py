"""Running one step of the set-up: quiet when it goes well, one sentence when it does not, skipped when nothing changed."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

CLONE = Path(__file__).resolve().parent.parent
VAR = CLONE / "var"
PYTHON = CLONE / ".venv" / "bin" / "python"

KNOWN = {
    r"No space left on device|os error 28|ENOSPC": "There is not enough free disk space under {clone}: free about 2 GB "
    "and start again.",
    r"ensurepip is not|No module named (ensurepip|venv|pip)": "This Python cannot make virtual environments: install that part "
    "(Debian and Ubuntu: apt install python3-venv) and start again.",
    r"(command|process)[^\n]*(gcc|g\+\+|cc|c\+\+|clang)[^\n]* failed|No such file or directory: '(gcc|cc|c\+\+|clang)'"
    r"|Failed to build": "A package has no ready-made build for this Python and machine, and there is no working C compiler to make one: "
    "install one (Debian and Ubuntu: apt install build-essential python3-dev), or use `make PYTHON=python3.11`.",
    r"(?i)hash(es)? mismatch|DO NOT MATCH THE HASHES|EINTEGRITY": "A downloaded package is not the one that was locked: "
    "try again, and if it happens again, tell the people who run your package mirror.",
    r"(?i)failed to fetch|error sending request|dns error|name resolution|EAI_AGAIN|ENOTFOUND|ETIMEDOUT|ECONNREFUSED"
    r"|connection refused|Could not find a version": "The package index could not be reached: check the network (behind a proxy: "
    "set HTTPS_PROXY) and start again.",
}


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def give_up(sentence: str) -> NoReturn:
    say(sentence)
    raise SystemExit(1)


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> str:
    """The output; a failure shows its end and, if it is a known one, what to do."""
    try:
        done = subprocess.run(
            command,
            cwd=CLONE,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        give_up(f"{command[0]} cannot be run ({error.strerror}): put it right and start again.")
    if done.returncode:
        say("\n".join(done.stdout.splitlines()[-25:]))
        give_up(explain(done.stdout) or f"This did not work: {' '.join(map(str, command))}")
    return done.stdout


def explain(output: str) -> str | None:
    """What to do about a failure we know."""
    for pattern, sentence in KNOWN.items():
        if re.search(pattern, output):
            return sentence.format(clone=CLONE)
    return None


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Changes when a file's content does, or one of the words."""
    total = hashlib.sha256("\n".join(words).encode())
    for file in sorted(files):
        total.update(f"\n{file.relative_to(CLONE)}\n".encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def is_current(stamp: Path, mark: str) -> bool:
    """Whether this step was done for these inputs."""
    return stamp.is_file() and stamp.read_text() == mark
