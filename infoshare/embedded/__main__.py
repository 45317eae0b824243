"""`python -m infoshare.embedded [--scratch] COMMAND…`: run COMMAND with the servers up; pass on how it ended."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping

from infoshare.embedded.errors import CannotRunError, from_os_error
from infoshare.embedded.processes import end_with_parent
from infoshare.embedded.running import Running, servers

ENDS_US = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
USAGE = """Use: python -m infoshare.embedded [--scratch] COMMAND…
--scratch: servers apart from those of `make run`, fast and not safe against a power cut; for tests."""


def main(words: list[str]) -> int:
    scratch = words[:1] == ["--scratch"]
    command = words[1:] if scratch else words
    if not command or command[0].startswith("-"):
        say(USAGE)
        return 2
    return guarded(lambda: _with_servers(command, scratch))


def guarded(body: Callable[[], int]) -> int:
    """Run it; a signal unwinds it in order, and what is in the way is told in one sentence."""
    for number in ENDS_US:
        signal.signal(number, _unwind)
    try:
        return body()
    except CannotRunError as error:
        say(str(error))
    except OSError as error:
        say(str(from_os_error(error)))
    return 1


def _unwind(number: int, _frame: object) -> None:
    for other in ENDS_US:
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)


def say(sentence: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone; what remains to be done is not
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - this is a command


def _with_servers(command: list[str], scratch: bool) -> int:
    with servers(os.environ, scratch=scratch) as running:
        if running.home.outside:
            say(f"The servers' user cannot reach this clone: their data are in {running.home.path}.")
        return _run(command, {**os.environ, **running.address(os.environ)}, running)


def _run(command: list[str], environment: Mapping[str, str], running: Running) -> int:
    try:
        process = subprocess.Popen(command, env=environment, preexec_fn=end_with_parent)
    except FileNotFoundError:
        say(f"There is no program {command[0]!r}: check how it is written.")
        return 127
    _pass_signals_to(process)
    while (code := _wait(process)) is None:
        for alarm in running.alarms():
            say(alarm)
        if fallen := running.fallen():
            say(f"{fallen} has ended unexpectedly; stopping {command[0]} (the reason may be in {running.home.path}).")
            _stop(process)
            return 1
    return code if code >= 0 else 128 - code


def _wait(process: subprocess.Popen[bytes]) -> int | None:
    try:
        return process.wait(timeout=0.25)
    except subprocess.TimeoutExpired:
        return None


def _pass_signals_to(process: subprocess.Popen[bytes]) -> None:
    """Ctrl-C reaches the command from the terminal itself; sent to us alone, it is passed on."""

    def hand_on(number: int, _frame: object) -> None:
        if number != signal.SIGINT or not in_foreground():
            process.send_signal(signal.SIGTERM if number == signal.SIGHUP else number)

    for number in ENDS_US:
        signal.signal(number, hand_on)


def in_foreground() -> bool:
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
