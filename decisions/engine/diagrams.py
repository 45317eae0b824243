"""Reduced ordered decision diagrams over finite choices: equal functions are one node. NOT rule sets.

A diagram is a whole number. It ends in 0 (FALSE), 1 (TRUE) or, where it stands for a choice of values, in a
negative number (`end`); others are nodes that branch on one level (a variable in the chosen order), with one child
for each value. Because a function has exactly one diagram, "are these equal?" and "does this matter?" are look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from decisions.engine.formulas import Leaf, Network, Variable
from decisions.engine.operations import (
    BOTTOM,
    NO,
    UNDECIDED,
    YES,
    filling,
    joining,
    layering,
    meeting,
    negating,
    reaching,
    renaming,
)
from decisions.engine.ordering import interleaved

__all__ = ["BOTTOM", "NO", "UNDECIDED", "YES", "Diagrams", "TooManyNodes", "end"]

Ends = frozenset[int]
BUDGET = 1_000_000  # two editions of 20 questions and more, compared side by side, need about 600,000


def end(place: int) -> int:
    """The end that stands for the value at `place`."""
    return -2 - place


class TooManyNodes(Exception):
    """The diagrams grew past the budget; the message says what an author can do."""


class Diagrams:
    """The diagrams of one network of formulas, made when asked for."""

    def __init__(self, network: Network, first: tuple[str, ...] = (), budget: int | None = None) -> None:
        self.network = network
        self.budget = budget or BUDGET
        self.order = interleaved(network.variables, first)
        self.level_of = {variable: level for level, variable in enumerate(self.order)}
        self.sizes = tuple(len(network.variables[variable].values) for variable in self.order)
        self.level: list[int] = [BOTTOM, BOTTOM]
        self.kids: list[tuple[int, ...]] = [(), ()]
        self._unique: list[dict[tuple[int, ...], int]] = [{} for _ in self.order]
        self._made: dict[int, int] = {1: YES, -1: NO}
        self.both = joining(self.level, self.kids, self.node, YES)
        self.either = joining(self.level, self.kids, self.node, NO)
        self.negation = negating(self.level, self.kids, self.node)
        self.fill = filling(self.level, self.kids, self.node)
        self.over = layering(self.level, self.kids, self.node)
        self.meet = meeting(self.level, self.kids)
        self._reach: dict[Ends, Callable[[int, int], bool]] = {}
        self._renamed: dict[tuple[frozenset[tuple[int, int]], int], Callable[[int], int]] = {}
        self._matters: dict[int, int] = {}
        self._ends: dict[int, Ends] = {}
        self._alike: dict[Ends, Ends] = {}
        self._restricted: dict[tuple[int, int], dict[int, int]] = {}

    def variable(self, level: int) -> Variable:
        return self.network.variables[self.order[level]]

    def node(self, level: int, kids: tuple[int, ...]) -> int:
        if kids.count(kids[0]) == len(kids):
            return kids[0]
        unique = self._unique[level]
        found = unique.get(kids)
        if found is None:
            found = len(self.kids)
            if found >= self.budget:
                raise TooManyNodes(
                    f"Proving this rule set needs more than {self.budget:,} diagram nodes. Use one grid question "
                    "instead of several lists, or let fewer questions share a rule."
                )
            unique[kids] = found
            self.level.append(level)
            self.kids.append(kids)
        return found

    def of(self, formula: int) -> int:
        """The diagram of a formula of the network."""
        found = self._made.get(formula)
        if found is None:
            found = self._made[formula] = self._make(formula)
        return found

    def _make(self, formula: int) -> int:
        if -formula in self._made:
            return self.negation(self._made[-formula])
        node = self.network.nodes[abs(formula)]
        if isinstance(node, Leaf):
            size = len(self.network.variables[node.variable].values)
            true = YES if formula > 0 else NO
            kids = tuple(true if node.mask >> place & 1 else 1 - true for place in range(size))
            return self.node(self.level_of[node.variable], kids)
        if formula > 0:
            return self.all(self.of(part) for part in node)
        return self.any(self.of(-part) for part in node)

    def all(self, diagrams: Iterable[int]) -> int:
        """Conjunction, the deepest first: that keeps the steps between small."""
        result = YES
        for diagram in sorted(diagrams, key=self._depth):
            result = self.both(result, diagram)
        return result

    def any(self, diagrams: Iterable[int]) -> int:
        result = NO
        for diagram in sorted(diagrams, key=self._depth):
            result = self.either(result, diagram)
        return result

    def _depth(self, diagram: int) -> int:
        return -self.level[diagram]

    def depth(self, diagram: int) -> int:
        """The level on which it branches; ends lie below all levels."""
        return self.level[diagram] if diagram > YES else BOTTOM

    def branches(self, diagram: int, level: int) -> Sequence[int]:
        """What it is for each value of that level, which must not lie below its own."""
        if diagram > YES and self.level[diagram] == level:
            return self.kids[diagram]
        return (diagram,) * self.sizes[level]

    def where(self, choice: int, *wanted: int) -> int:
        """TRUE where a choice of values comes to one of the wanted ends."""
        return self.renamed(choice, dict.fromkeys(wanted, YES), NO)

    def reach(self, condition: int, choice: int, wanted: Ends) -> bool:
        """Whether the choice comes to one of the wanted ends somewhere where the condition is TRUE."""
        reach = self._reach.get(wanted)
        if reach is None:
            reach = self._reach[wanted] = reaching(self.level, self.kids, self.ends, wanted)
        return reach(condition, choice)

    def renamed(self, choice: int, names: Mapping[int, int], other: int) -> int:
        """The choice with other ends, `other` for those that are not named."""
        key = frozenset(names.items()), other
        rename = self._renamed.get(key)
        if rename is None:
            rename = self._renamed[key] = renaming(self.level, self.kids, self.node, self.ends, names, other)
        return rename(choice)

    def ends(self, diagram: int) -> Ends:
        """The ends it can come to."""
        found = self._ends.get(diagram)
        if found is None:
            below = self.kids[diagram] if diagram > YES else ()
            found = frozenset().union(*map(self.ends, below)) if below else frozenset((diagram,))
            found = self._ends[diagram] = self._alike.setdefault(found, found)
        return found

    def restrict(self, diagram: int, level: int, place: int) -> int:
        """The function once the variable of that level has the value at `place`."""
        done = self._restricted.setdefault((level, place), {})

        def walk(node: int) -> int:
            at = self.level[node] if node > YES else BOTTOM
            if at > level:
                return node
            if at == level:
                return self.kids[node][place]
            if node not in done:
                done[node] = self.node(at, tuple([walk(kid) for kid in self.kids[node]]))
            return done[node]

        return walk(diagram)

    def matters(self, diagram: int) -> int:
        """The levels that matter to it, as bits."""
        if diagram <= YES:
            return 0
        found = self._matters.get(diagram)
        if found is None:
            found = 1 << self.level[diagram]
            for kid in self.kids[diagram]:
                if kid > YES:
                    found |= self.matters(kid)
            self._matters[diagram] = found
        return found

    def support(self, diagrams: Iterable[int]) -> frozenset[int]:
        """The levels that matter to any of them."""
        found = 0
        for diagram in diagrams:
            found |= self.matters(diagram)
        return frozenset(level for level in range(found.bit_length()) if found >> level & 1)

    def reachable(self, diagrams: Iterable[int]) -> Iterator[int]:
        """Every inner node below these, once."""
        todo = [node for node in diagrams if node > YES]
        seen = set(todo)
        while todo:
            node = todo.pop()
            yield node
            for kid in self.kids[node]:
                if kid > YES and kid not in seen:
                    seen.add(kid)
                    todo.append(kid)

    def count(self, diagram: int) -> int:
        """How many complete sets of answers end in YES (decisions are not answers)."""
        sizes = [1 if self.variable(level).decision else size for level, size in enumerate(self.sizes)]
        below = [1]
        for size in reversed(sizes):
            below.insert(0, below[0] * size)
        done: dict[int, int] = {}

        def walk(node: int, level: int) -> int:
            """Over the levels from `level` downwards."""
            if node <= YES:
                return below[level] if node == YES else 0
            at = self.level[node]
            if node not in done:
                done[node] = sum(walk(kid, at + 1) for kid in self.kids[node])
            return done[node] * (below[level] // below[at])

        return walk(diagram, 0)
