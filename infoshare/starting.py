"""What apps want done once when a web process starts, such as filling a cache. NOT for commands, tests or workers."""

from collections.abc import Callable

at_web_start: list[Callable[[], None]] = []
