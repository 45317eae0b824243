"""Ends process groups once whoever started us is gone, however it went. A script of crew.py; imports nothing of ours.

The groups' ids come as lines on standard input, which closes when its writer ends, even by SIGKILL.
"""

import os
import signal
import sys
import time

PATIENCE = 20.0  # seconds a group may take to finish what it is doing


def main() -> None:
    groups = [int(line) for line in sys.stdin]
    deadline = time.monotonic() + PATIENCE
    groups = [group for group in groups if reach(group, signal.SIGTERM)]
    while groups and time.monotonic() < deadline:
        time.sleep(0.1)
        groups = [group for group in groups if reach(group, 0)]
    for group in groups:
        reach(group, signal.SIGKILL)


def reach(group: int, number: int) -> bool:
    """Whether there was still somebody to receive the signal."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
