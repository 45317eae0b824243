"""How much memory a process has needed at most. `ru_maxrss` will not do: a new process begins with its parent's."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connections


def peak() -> float:
    """MB."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def growth(make: Callable[[], Iterable[Any]]) -> float:
    """MB that a process needs more while it writes a file than before, at most."""
    reading, writing = os.pipe()
    connections.close_all()
    child = os.fork()
    if child == 0:
        with open("/proc/self/clear_refs", "w") as again:
            again.write("5")  # the peak begins anew
        before = peak()
        for _ in make():
            pass
        os.write(writing, f"{peak() - before}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    return float(os.read(reading, 100))
