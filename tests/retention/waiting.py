"""Waiting for a state instead of for time to pass."""

from collections.abc import Callable

from infoshare.embedded.processes import wait_until

PATIENCE = 60.0


def until(reached: Callable[[], bool]) -> None:
    """Return once `reached()` is true; fail if it still is not after PATIENCE seconds."""
    assert wait_until(reached, PATIENCE), f"{reached.__name__} did not come true within {PATIENCE:.0f} s"
