"""Reduced ordered decision diagrams over finite choices: equal functions are one node. NOT rule sets.

A diagram is a whole number. It ends in 0 (FALSE), 1 (TRUE) or, where it stands for a choice of values, in a
negative number (`end`); others are nodes that branch on one level (a variable in the chosen order), with one child
for each value. Because a function has exactly one diagram, "are these equal?" and "does this matter?" are look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from decisions.engine.formulas import Leaf, Network, Variable

NO, YES = 0, 1
UNDECIDED = -1
BOTTOM = 1 << 30
BUDGET = 500_000


def end(place: int) -> int:
    """The end that stands for the value at `place`."""
    return -2 - place


class TooManyNodes(Exception):
    """The diagrams grew past the budget; the message says what an author can do."""


class Diagrams:
    """The diagrams of one network of formulas, made when asked for."""

    def __init__(self, network: Network, budget: int | None = None) -> None:
        self.network = network
        self.budget = budget or BUDGET
        self.order = interleaved(network.variables)
        self.level_of = {variable: level for level, variable in enumerate(self.order)}
        self.sizes = tuple(len(network.variables[variable].values) for variable in self.order)
        self.level: list[int] = [BOTTOM, BOTTOM]
        self.kids: list[tuple[int, ...]] = [(), ()]
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._made: dict[int, int] = {1: YES, -1: NO}
        self._and: dict[tuple[int, int], int] = {}
        self._or: dict[tuple[int, int], int] = {}
        self._over: dict[tuple[int, int], int] = {}
        self._where: dict[tuple[int, ...], int] = {}
        self._restricted: dict[tuple[int, int], dict[int, int]] = {}

    def variable(self, level: int) -> Variable:
        return self.network.variables[self.order[level]]

    def node(self, level: int, kids: tuple[int, ...]) -> int:
        if kids.count(kids[0]) == len(kids):
            return kids[0]
        key = (level, kids)
        found = self._unique.get(key)
        if found is None:
            found = len(self.kids)
            if found >= self.budget:
                raise TooManyNodes(
                    f"Proving this rule set needs more than {self.budget:,} diagram nodes. Use one grid question "
                    "instead of several lists, or let fewer questions share a rule."
                )
            self._unique[key] = found
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

    def both(self, a: int, b: int) -> int:
        if a == b or b == YES:
            return a
        if a == YES:
            return b
        if a == NO or b == NO:
            return NO
        key = (a, b) if a < b else (b, a)
        return self._and.get(key) or self._known(self._and, key, self.both)

    def either(self, a: int, b: int) -> int:
        if a == b or b == NO:
            return a
        if a == NO:
            return b
        if a == YES or b == YES:
            return YES
        key = (a, b) if a < b else (b, a)
        return self._or.get(key) or self._known(self._or, key, self.either)

    def over(self, upper: int, lower: int) -> int:
        """A choice of values: `upper`'s where it is decided, elsewhere `lower`'s."""
        if upper == UNDECIDED:
            return lower
        if upper < 0 or lower == UNDECIDED:
            return upper
        key = (upper, lower)
        return self._over.get(key) or self._known(self._over, key, self.over)

    def _known(self, known: dict[tuple[int, int], int], key: tuple[int, int], apply: Callable[[int, int], int]) -> int:
        """Applies an operation branch by branch, once for each pair."""
        if key in known:
            return known[key]
        a, b = key
        upper = self.level[a] if a > YES else BOTTOM
        lower = self.level[b] if b > YES else BOTTOM
        if upper == lower:
            kids = tuple([apply(x, y) for x, y in zip(self.kids[a], self.kids[b], strict=True)])
        elif upper < lower:
            kids = tuple([apply(x, b) for x in self.kids[a]])
        else:
            kids = tuple([apply(a, y) for y in self.kids[b]])
        found = known[key] = self.node(min(upper, lower), kids)
        return found

    def mapped(self, diagram: int, ends: dict[int, int]) -> int:
        """The same branches with other ends."""
        done = dict(ends)

        def walk(node: int) -> int:
            found = done.get(node)
            if found is None:
                found = done[node] = self.node(self.level[node], tuple([walk(kid) for kid in self.kids[node]]))
            return found

        return walk(diagram)

    def where(self, choice: int, *wanted: int) -> int:
        """TRUE where a choice of values comes to one of the wanted ends."""
        key = (choice, *wanted)
        if key not in self._where:
            ends = dict.fromkeys(self.ends(choice), NO) | dict.fromkeys(wanted, YES)
            self._where[key] = self.mapped(choice, ends)
        return self._where[key]

    def negation(self, diagram: int) -> int:
        return self.where(diagram, NO)

    def ends(self, diagram: int) -> frozenset[int]:
        """The ends it can come to."""
        below = {kid for node in self.reachable([diagram]) for kid in self.kids[node]}
        return frozenset(node for node in (below | {diagram}) if node <= YES)

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

    def support(self, diagrams: Iterable[int]) -> frozenset[int]:
        """The levels that matter to any of them."""
        return frozenset(self.level[node] for node in self.reachable(diagrams))

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


def interleaved(variables: tuple[Variable, ...]) -> tuple[int, ...]:
    """The author's order, decisions on top; lists and grids over the same things stand side by side, thing by thing."""
    places: dict[str, list[int]] = {}
    for place, variable in enumerate(variables):
        places.setdefault(variable.question, []).append(place)
    alike: dict[tuple[str, ...], list[list[int]]] = {}
    for question, own in places.items():
        parts = sorted(str(variables[place].part) for place in own)
        key = (question,) if len(own) == 1 else tuple(parts)
        alike.setdefault(key, []).append(own)
    decisions = [place for place, variable in enumerate(variables) if variable.decision]
    return (*decisions, *(place for group in alike.values() for place in _thing_by_thing(group, variables, decisions)))


def _thing_by_thing(group: list[list[int]], variables: tuple[Variable, ...], out: list[int]) -> Iterator[int]:
    if len(group) > 1:
        group = [sorted(own, key=lambda place: str(variables[place].part)) for own in group]
    for row in zip(*group, strict=True):
        yield from (place for place in row if place not in out)
