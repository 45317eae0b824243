"""Waiting for a state instead of for time to pass."""

import time
from collections.abc import Callable

PATIENCE = 60.0


def until(reached: Callable[[], bool]) -> None:
    """Return once `reached()` is true; fail if it still is not after PATIENCE seconds."""
    deadline = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > deadline:
            raise AssertionError(f"{reached.__name__} did not come true within {PATIENCE:.0f} s")
        time.sleep(0.02)
