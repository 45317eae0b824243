"""Finds answers under which several diagrams are true at once, seldom building their conjunction. NOT the diagrams.

`links` says, for the level of a decision, which choices of values stand for it (two where two editions are
compared): an example that needs the decision to have a value then also has to make its rules say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from decisions.engine.diagrams import BOTTOM, NO, YES, Diagrams, end
from decisions.engine.witnesses import Witnesses

Assignment = Mapping[int, int]
Links = Mapping[int, tuple[int, ...]]


class Search:
    def __init__(self, diagrams: Diagrams, links: Links) -> None:
        self.diagrams = diagrams
        self.links = links
        self.witnesses = Witnesses(diagrams, links)
        self._apart: set[tuple[int, int]] = set()
        self._kept: set[tuple[int, int]] = set()

    def possible(self, goals: Iterable[int]) -> bool:
        """Whether any answers make all of them true."""
        wanted = set(goals)
        return self.witnesses.any(wanted) or any(self._together(case) for case in self._cases(wanted))

    def smallest(self, goals: Iterable[int]) -> dict[int, int]:
        """A smallest set of answers found that makes all of them true, which must be possible."""
        cases = (self.diagrams.all(case) for case in self._cases(set(goals)))
        return min((self.example(case) for case in cases if case != NO), key=len)

    def count(self, goals: Iterable[int]) -> int:
        """How many complete sets of answers make all of them true."""
        return sum(self.diagrams.count(self.diagrams.all(case)) for case in self._cases(set(goals)))

    def _cases(self, goals: set[int]) -> Iterator[set[int]]:
        """The goals for each value of the decisions they name, together with what makes the decisions so."""
        goals.discard(YES)
        level = min((self.diagrams.level[goal] for goal in goals if goal > YES), default=-1)
        if NO in goals:
            return
        if level not in self.links:
            yield goals
            return
        alike: dict[frozenset[int], list[int]] = {}
        for place in range(self.diagrams.sizes[level]):
            alike.setdefault(frozenset(self._below(goal, level, place) for goal in goals), []).append(end(place))
        for case, ends in alike.items():
            if NO not in case:
                further = {*case, *self._rules(level, ends)}
                if all(self._meet(*pair) for pair in combinations(further, 2)):
                    yield from self._cases(further)

    def _rules(self, level: int, ends: list[int]) -> Iterator[int]:
        """What makes the decision of that level one of these values; each by itself where two editions must agree."""
        choices = self.links[level]
        if len(choices) == 1:
            yield self.diagrams.where(choices[0], *ends)
            return
        where = self.diagrams.where
        yield self.diagrams.any(self.diagrams.all(where(choice, wanted) for choice in choices) for wanted in ends)

    def _together(self, goals: set[int]) -> bool:
        """Whether answers alone can make all true; the oldest, which are the smallest, are joined first."""
        if not all(self._meet(*pair) for pair in combinations(goals, 2)):
            return False
        first, *others = sorted(goals) or [YES]
        for other in others[:-1]:
            first = self.diagrams.both(first, other)
        return self._meet(first, others[-1]) if others else first != NO

    def _meet(self, a: int, b: int) -> bool:
        if a == NO or b == NO:
            return False
        if YES in (a, b) or a == b:
            return True
        key = (a, b) if a < b else (b, a)
        if key in self._apart:
            return False
        level, kids = self.diagrams.level, self.diagrams.kids
        upper, lower = level[a], level[b]
        if upper == lower:
            found = any(map(self._meet, kids[a], kids[b]))
        elif upper < lower:
            found = any(self._meet(kid, b) for kid in kids[a])
        else:
            found = any(self._meet(a, kid) for kid in kids[b])
        if not found:
            self._apart.add(key)
        return found

    def falls(self, choice: int, level: int, places: tuple[int, int]) -> bool:
        """Whether changing that level from one place to another can lead to an end of a smaller place."""
        low, high = places
        nodes = self.diagrams.reachable([choice])
        below = [self.diagrams.kids[node] for node in nodes if self.diagrams.level[node] == level]
        return any(self._falls(kids[low], kids[high]) for kids in below)

    def _falls(self, a: int, b: int) -> bool:
        if a == b or (a, b) in self._kept:
            return False
        if a <= YES and b <= YES:
            return 0 <= end(b) < end(a) < BOTTOM
        level, kids = self.diagrams.level, self.diagrams.kids
        upper = level[a] if a > YES else BOTTOM
        lower = level[b] if b > YES else BOTTOM
        if upper == lower:
            found = any(map(self._falls, kids[a], kids[b]))
        elif upper < lower:
            found = any(self._falls(kid, b) for kid in kids[a])
        else:
            found = any(self._falls(a, kid) for kid in kids[b])
        if not found:
            self._kept.add((a, b))
        return found

    def _below(self, node: int, level: int, place: int) -> int:
        return self.diagrams.kids[node][place] if node > YES and self.diagrams.level[node] == level else node

    def example(self, diagram: int) -> dict[int, int]:
        """A shortest path to TRUE, without what can be left out, the first questions first."""
        path = self._shortest(diagram)
        for level in sorted(path):
            place = path.pop(level)
            if not self.forced(diagram, path):
                path[level] = place
        return dict(sorted(path.items()))

    def _shortest(self, diagram: int) -> dict[int, int]:
        steps: dict[int, tuple[float, int]] = {YES: (0, -1), NO: (float("inf"), -1)}

        def walk(node: int) -> float:
            if node not in steps:
                steps[node] = min((walk(kid) + 1, place) for place, kid in enumerate(self.diagrams.kids[node]))
            return steps[node][0]

        walk(diagram)
        path = {}
        while diagram > YES:
            place = steps[diagram][1]
            path[self.diagrams.level[diagram]] = place
            diagram = self.diagrams.kids[diagram][place]
        return path

    def forced(self, diagram: int, assignment: Assignment) -> bool:
        """Whether it is true whatever the levels that are not assigned may be."""
        level, kids = self.diagrams.level, self.diagrams.kids
        todo, seen = [diagram], {diagram}
        while todo:
            node = todo.pop()
            if node > YES:
                place = assignment.get(level[node])
                below = kids[node] if place is None else (kids[node][place],)
                todo.extend(kid for kid in below if kid not in seen)
                seen.update(below)
            elif node == NO:
                return False
        return True
