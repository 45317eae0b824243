"""Is this process alive, is it ours, end it. Knows process ids only, nothing of databases."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

TICK = 0.05
PR_SET_PDEATHSIG = 1


def alive(pid: int) -> bool:
    """Whether the process runs; one that has ended but was never collected by its parent does not."""
    with contextlib.suppress(ChildProcessError):  # somebody else's child is not ours to collect
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return not _ended(pid)


def _ended(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        state = _ps(pid, "stat")[:1]
    return state in ("Z", "X")


def command_line(pid: int) -> str:
    """The words the process was started with, or nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return _ps(pid, "command")


def _ps(pid: int, column: str) -> str:
    try:
        answer = subprocess.run(["ps", "-o", f"{column}=", "-p", str(pid)], capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return answer.stdout.strip()


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(TICK)
    return True


def end(pid: int, how: signal.Signals, patience: float) -> None:
    """Ask the process to end, insist after `patience` seconds, and wait until it is gone."""
    for send, seconds in ((how, patience), (signal.SIGKILL, 10.0)):
        try:
            os.kill(pid, send)
        except ProcessLookupError:
            return
        if wait_until(lambda: not alive(pid), seconds):
            return


def end_with_parent() -> None:
    """In a new child, before its program starts: be told to end when the parent is killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
