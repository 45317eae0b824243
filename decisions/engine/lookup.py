"""Reads many formulas of one state at once: where each stands, and what the state says of it. NOT the state itself.

A status is a text with one character for each node: "0" not known, "1" true, "2" false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter

Known = bool | None
PLAIN: Mapping[str, Known] = {"0": None, "1": True, "2": False}
NEGATED: Mapping[str, Known] = {"0": None, "1": False, "2": True}
MOST = 4096


class Lookup:
    """Formulas by name."""

    def __init__(self, formulas: Mapping[str, int]) -> None:
        self.names = tuple(formulas)
        self.chars = getter(formulas.values())
        self.tables = tuple(PLAIN if formula > 0 else NEGATED for formula in formulas.values())
        self._split: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def read(self, status: str) -> dict[str, Known]:
        pairs = zip(self.names, self.tables, self.chars(status), strict=False)
        return {name: table[char] for name, table, char in pairs}

    def split(self, status: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(names known to be true, names not known), remembered."""
        chars = self.chars(status)
        found = self._split.get(chars)
        if found is None:
            if len(self._split) >= MOST:
                self._split.clear()
            known = self.read(status)
            true = tuple(name for name, value in known.items() if value)
            found = self._split[chars] = true, tuple(name for name, value in known.items() if value is None)
        return found


def getter(formulas: Iterable[int]) -> Callable[[str], tuple[str, ...]]:
    """The characters of the formulas' nodes (and two more, so that it is always a tuple)."""
    return itemgetter(*map(abs, formulas), 0, 0)


def true(formula: int) -> tuple[int, str]:
    """Where a status tells of the formula, and the character that says that it is true."""
    return abs(formula), "1" if formula > 0 else "2"
