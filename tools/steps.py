"""One step of the set-up: quiet when it goes well, one sentence when it does not, skipped when nothing changed."""

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from tools.known import what_to_do

CLONE = Path(__file__).resolve().parent.parent
VAR = CLONE / "var"
PYTHON = CLONE / ".venv" / "bin" / "python"


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
        give_up(what_to_do(done.stdout) or f"This did not work: {' '.join(map(str, command))}")
    return done.stdout


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
