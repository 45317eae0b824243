"""Some thousand sittings drawn at random and judged all at once: where one is found, no search is needed.

NOT a proof that something never happens: that is a search's. Bit n of a number says what holds in sitting n.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from random import Random

from decisions.engine.formulas import TRUE, Leaf, Variable
from decisions.engine.program import Program

GROUPS, EACH = 64, 128
COUNT = GROUPS * EACH
EVERY = (1 << COUNT) - 1
REPEATED = EVERY // ((1 << GROUPS) - 1)  # times bits of groups: the same bits for sitting after sitting
Columns = tuple[tuple[int, ...], ...]


def columns(variables: Sequence[Variable]) -> Columns:
    """For each variable and each of its values the sittings that have it (none for decisions, which rules give).

    The same every time, because what is proved must not depend on luck. In each group of sittings about half of the
    variables have one value throughout, which meets what needs many answers at once more often.
    """
    random = Random(COUNT)  # noqa: S311  not a secret: only variety
    return tuple(() if variable.decision else tuple(_column(random, len(variable.values))) for variable in variables)


def _column(random: Random, size: int) -> Iterator[int]:
    groups = random.getrandbits(GROUPS) * REPEATED
    for own, whole in zip(_dealt(random, COUNT, size), _dealt(random, GROUPS, size), strict=True):
        yield own & ~groups | whole * REPEATED & groups


def _dealt(random: Random, count: int, parts: int) -> list[int]:
    """Deals so many things out at random, each to one part."""
    dealt = [(1 << count) - 1]
    while len(dealt) < parts:
        largest = dealt.pop(0)
        coins = random.getrandbits(count)
        dealt += [largest & coins, largest & ~coins]
    return dealt


class Witnesses:
    """What the formulas of one program (whose decisions are `apart`) are in each sitting."""

    def __init__(self, program: Program, drawn: Columns) -> None:
        self.program = program
        self.drawn = drawn
        self._known = {TRUE: EVERY}
        self._named: dict[int, int] = {}
        self._decided: dict[int, int] = {}
        self.decisions = [place for place, variable in enumerate(program.network.variables) if variable.decision]

    def any(self, formulas: Iterable[int]) -> bool:
        """Whether all of them are true in a sitting in which each decision that they name has one value."""
        found, named = EVERY, 0
        for formula in formulas:
            found &= self.of(formula)
            if not found:
                return False
            named |= self.named(formula)
        for place in self.decisions:
            if named >> place & 1:
                found &= self.decided(place)
        return bool(found)

    def of(self, formula: int) -> int:
        """The sittings in which it is true."""
        node = abs(formula)
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = self._of(node)
        return found if formula > 0 else EVERY ^ found

    def _of(self, number: int) -> int:
        node = self.program.network.nodes[number]
        if isinstance(node, Leaf):
            chosen = (share for place, share in enumerate(self.column(node.variable)) if node.mask >> place & 1)
            return reduce(or_, chosen)
        found = EVERY
        for part in node:
            found &= self.of(part)
        return found

    def column(self, place: int) -> Sequence[int]:
        """For each value of a variable the sittings that have it, be it answered or decided."""
        variable = self.program.network.variables[place]
        if variable.decision:
            return [self.of(formula) for formula in self.program.values[variable.question].values()]
        return self.drawn[place]

    def decided(self, place: int) -> int:
        """The sittings in which a decision has one value, which all are unless the rule set is at fault."""
        if place not in self._decided:
            some = twice = 0
            for sittings in self.column(place):
                twice |= some & sittings
                some |= sittings
            self._decided[place] = some & ~twice
        return self._decided[place]

    def matters(self, place: int, formulas: Iterable[int]) -> bool:
        """Whether one of these formulas changes in one of the sittings, once that variable has its next value."""
        other = _Turned(self, place)
        naming = (formula for formula in formulas if self.named(formula) >> place & 1)
        return any(self.of(formula) != other.of(formula) for formula in naming)

    def named(self, formula: int) -> int:
        """The variables that a formula names, itself or through a decision, as bits."""
        number = abs(formula)
        found = self._named.get(number)
        if found is None:
            node = self.program.network.nodes[number]
            parts: Iterable[int] = ()
            if not isinstance(node, Leaf):
                found, parts = 0, node
            else:
                found = 1 << node.variable
                variable = self.program.network.variables[node.variable]
                if variable.decision:
                    parts = self.program.values[variable.question].values()
            for part in parts:
                found |= self.named(part)
            self._named[number] = found
        return found


class _Turned(Witnesses):
    """The same sittings with one variable at its next value."""

    def __init__(self, before: Witnesses, place: int) -> None:
        column = before.drawn[place]
        turned = (*before.drawn[:place], (*column[1:], column[0]), *before.drawn[place + 1 :])
        super().__init__(before.program, turned)
        self.before, self.place = before, place

    def _of(self, number: int) -> int:
        if self.before.named(number) >> self.place & 1:
            return super()._of(number)
        return self.before.of(number)
