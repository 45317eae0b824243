"""Reduced ordered decision diagrams over finite choices: equal functions are one node. NOT rule sets.

A diagram is a whole number: 0 is FALSE, 1 is TRUE, others are nodes that branch on one level (a variable in the
chosen order), with one child for each value. Because a function has exactly one diagram, "is it always true?",
"are these two equal?" and "does this answer matter?" are look-ups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from decisions.engine.formulas import Leaf, Network, Variable

NO, YES = 0, 1
BOTTOM = 1 << 30
BUDGET = 500_000

Assignment = Mapping[int, int]


class TooManyNodes(Exception):
    """The diagrams grew past the budget; the message says what an author can do."""


class Diagrams:
    """The diagrams of one network of formulas, made when asked for."""

    def __init__(self, network: Network, budget: int = BUDGET) -> None:
        self.network = network
        self.budget = budget
        self.order = interleaved(network.variables)
        self.level_of = {variable: level for level, variable in enumerate(self.order)}
        self.sizes = tuple(len(network.variables[variable].values) for variable in self.order)
        self.level: list[int] = [BOTTOM, BOTTOM]
        self.kids: list[tuple[int, ...]] = [(), ()]
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._made: dict[int, int] = {1: YES, -1: NO}
        self._and: dict[tuple[int, int], int] = {}
        self._or: dict[tuple[int, int], int] = {}

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
        found = self._and.get(key)
        if found is None:
            both = self.both
            level, pairs = self._branches(a, b)
            found = self._and[key] = self.node(level, tuple([both(x, y) for x, y in pairs]))
        return found

    def either(self, a: int, b: int) -> int:
        if a == b or b == NO:
            return a
        if a == NO:
            return b
        if a == YES or b == YES:
            return YES
        key = (a, b) if a < b else (b, a)
        found = self._or.get(key)
        if found is None:
            either = self.either
            level, pairs = self._branches(a, b)
            found = self._or[key] = self.node(level, tuple([either(x, y) for x, y in pairs]))
        return found

    def _branches(self, a: int, b: int) -> tuple[int, Iterable[tuple[int, int]]]:
        upper, lower = self.level[a], self.level[b]
        if upper == lower:
            return upper, zip(self.kids[a], self.kids[b], strict=True)
        if upper < lower:
            return upper, [(kid, b) for kid in self.kids[a]]
        return lower, [(a, kid) for kid in self.kids[b]]

    def restrict(self, diagram: int, level: int, place: int) -> int:
        """The function once the variable of that level has the value at `place`."""
        done: dict[int, int] = {}

        def walk(node: int) -> int:
            at = self.level[node]
            if at > level:
                return node
            if at == level:
                return self.kids[node][place]
            if node not in done:
                done[node] = self.node(at, tuple(walk(kid) for kid in self.kids[node]))
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
        """How many complete assignments make it true."""
        below = [1]
        for size in reversed(self.sizes):
            below.append(below[-1] * size)
        total = len(self.sizes)
        done = {NO: 0, YES: 1}

        def walk(node: int) -> int:
            """Over the levels from the node's own downwards."""
            if node not in done:
                level = self.level[node]
                done[node] = sum(walk(kid) * self._gap(level, kid, below) for kid in self.kids[node])
            return done[node]

        top = min(self.level[diagram], total)
        return walk(diagram) * below[total] // below[total - top]

    def _gap(self, level: int, kid: int, below: list[int]) -> int:
        """The assignments of the levels skipped between a node and its child."""
        total = len(self.sizes)
        return below[total - level - 1] // below[total - min(self.level[kid], total)]

    def holds(self, diagram: int, assignment: Assignment) -> bool:
        """Whether it is true under a complete assignment of its levels."""
        while diagram > YES:
            diagram = self.kids[diagram][assignment[self.level[diagram]]]
        return diagram == YES

    def forced(self, diagram: int, assignment: Assignment) -> bool:
        """Whether it is true whatever the levels that are not assigned may be."""
        todo, seen = [diagram], {diagram}
        while todo:
            node = todo.pop()
            if node == NO:
                return False
            if node > YES:
                place = assignment.get(self.level[node])
                kids = self.kids[node] if place is None else (self.kids[node][place],)
                todo.extend(kid for kid in kids if kid not in seen)
                seen.update(kids)
        return True

    def example(self, diagram: int) -> dict[int, int]:
        """A smallest partial assignment found that makes it true: a shortest path, then what can be left out."""
        path = self._shortest(diagram)
        for level in sorted(path):
            place = path.pop(level)
            if not self.forced(diagram, path):
                path[level] = place
        return dict(sorted(path.items()))

    def _shortest(self, diagram: int) -> dict[int, int]:
        steps: dict[int, tuple[int, int]] = {YES: (0, -1), NO: (BOTTOM, -1)}

        def walk(node: int) -> int:
            if node not in steps:
                steps[node] = min((walk(kid) + 1, place) for place, kid in enumerate(self.kids[node]))
            return steps[node][0]

        walk(diagram)
        path = {}
        while diagram > YES:
            place = steps[diagram][1]
            path[self.level[diagram]] = place
            diagram = self.kids[diagram][place]
        return path


def interleaved(variables: tuple[Variable, ...]) -> tuple[int, ...]:
    """The author's order, except that lists and grids over the same things stand side by side, thing by thing."""
    parts: dict[str, list[str | None]] = {}
    places: dict[str, list[int]] = {}
    for place, variable in enumerate(variables):
        parts.setdefault(variable.question, []).append(variable.part)
        places.setdefault(variable.question, []).append(place)
    alike: dict[tuple[str | None, ...], list[str]] = {}
    for question, own in parts.items():
        key = tuple(sorted(map(str, own))) if own != [None] else (question, None)
        alike.setdefault(key, []).append(question)
    order: list[int] = []
    for group in alike.values():
        columns = [sorted(places[question], key=lambda place: str(variables[place].part)) for question in group]
        if len(group) == 1:
            columns = [places[group[0]]]
        order += [place for row in zip(*columns, strict=True) for place in row]
    return tuple(order)
