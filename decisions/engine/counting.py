"""How many different sittings there are: answers to what is not asked make no difference. NOT which they are.

Of all complete sets of answers, those that differ only in what is not asked are one sitting. So the number of
sittings is the mean, over all sets of answers, of the product of the choices that each asked variable offers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from decisions.engine.diagrams import NO, YES, Diagrams

Open = dict[int, int]  # guard that is not settled yet → the choices there are if it comes true


class Sittings:
    """`guards`: for each variable that is answered, the diagram that says when it is asked."""

    def __init__(self, diagrams: Diagrams, guards: Mapping[int, int]) -> None:
        self.diagrams = diagrams
        self.guards: Open = {}
        for variable, guard in guards.items():
            choices = len(diagrams.network.variables[variable].values)
            self.guards[guard] = self.guards.get(guard, 1) * choices
        self.below = [1]  # for each level, in how many ways it and those below can be answered
        for size in reversed(diagrams.sizes):
            self.below.insert(0, self.below[0] * size)
        self._known: dict[tuple[int, frozenset[tuple[int, int]]], int] = {}

    def count(self, where: int = YES) -> int:
        """Those in which the diagram `where`, which must be one of answers alone, is true."""
        return self._sum(where, dict(self.guards), 0) // self.below[0]

    def _sum(self, where: int, guards: Open, level: int) -> int:
        """Over all answers from `level` downwards, of the product of the choices where `where` is true."""
        choices = guards.pop(YES, 1)
        guards.pop(NO, 1)
        if where == NO:
            return 0
        if where == YES and not guards:
            return choices * self.below[level]
        top = min(self.diagrams.level[node] for node in (where, *guards))
        key = where, frozenset(guards.items())
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._branched(where, guards, top)
        return choices * found * (self.below[level] // self.below[top])

    def _branched(self, where: int, guards: Open, top: int) -> int:
        level, kids, size = self.diagrams.level, self.diagrams.kids, self.diagrams.sizes[top]
        below = (kids[node] if level[node] == top else (node,) * size for node in (where, *guards))
        total = 0
        for (inside, *left), times in Counter(zip(*below, strict=True)).items():
            further: Open = {}
            for guard, choices in zip(left, guards.values(), strict=True):
                further[guard] = further.get(guard, 1) * choices
            total += times * self._sum(inside, further, top + 1)
        return total
