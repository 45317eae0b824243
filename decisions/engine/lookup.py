"""Reads many formulas of one state at once: where each stands, and what the state says of it. NOT the state itself.

A status is a text with one hexadecimal digit for every two formulas: the lower two bits stand for the even one, the
upper two for the odd one; of each, the first bit says that it is true, the second that it is false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter

Known = bool | None
Bit = Callable[[int], int]
Names = tuple[str, ...]
TWO_BITS: tuple[Known, ...] = (None, True, False, None)
MOST = 4096


class Lookup:
    """Formulas by name; `bit` says which bit of a state is set where a formula is known to be true."""

    def __init__(self, formulas: Mapping[str, int], bit: Bit) -> None:
        self.names = tuple(formulas)
        places = (abs(formula) // 2 for formula in formulas.values())
        self.digits = itemgetter(*places, 0, 0)  # two more, so that it is always a tuple
        self.tables = tuple(standing(formula) for formula in formulas.values())
        self.bits = tuple((name, bit(formula), bit(-formula)) for name, formula in formulas.items())
        self.mask = mask(formulas.values(), bit)
        self._split: dict[int, tuple[Names, Names]] = {}

    def read(self, status: str) -> dict[str, Known]:
        found = zip(self.names, self.tables, self.digits(status), strict=False)
        return {name: table[digit] for name, table, digit in found}

    def split(self, state: int) -> tuple[Names, Names]:
        """(names known to be true, names not known), remembered."""
        told = state & self.mask
        found = self._split.get(told)
        if found is None:
            if len(self._split) >= MOST:
                self._split.clear()
            true = tuple(name for name, bit, _ in self.bits if told & bit)
            unknown = tuple(name for name, bit, other in self.bits if not told & (bit | other))
            found = self._split[told] = true, unknown
        return found


def mask(formulas: Iterable[int], bit: Bit) -> int:
    """The bits of a state that tell how these formulas stand."""
    found = 0
    for formula in formulas:
        found |= bit(formula) | bit(-formula)
    return found


def _standing(shift: int, sign: int) -> Mapping[str, Known]:
    known = {format(digit, "x"): TWO_BITS[digit >> shift & 3] for digit in range(16)}
    return {digit: None if value is None else value == (sign > 0) for digit, value in known.items()}


TABLES = {(odd, sign): _standing(2 * odd, sign) for odd in (0, 1) for sign in (1, -1)}


def standing(formula: int) -> Mapping[str, Known]:
    """What a digit of a status says of the formula."""
    return TABLES[abs(formula) % 2, 1 if formula > 0 else -1]
