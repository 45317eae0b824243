"""Finds answers under which several diagrams come to wanted ends at once, seldom building their conjunction.

NOT the diagrams. `links` says, for the level of a decision, which choices of values stand for it (two where two
editions are compared): an example that needs the decision to have a value then also has to make its rules say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from decisions.engine.diagrams import NO, YES, Diagrams, end

Assignment = Mapping[int, int]
Links = Mapping[int, tuple[int, ...]]
Ends = frozenset[int]
Goal = tuple[int, Ends]  # a diagram and the ends that are wanted of it
TRUE: Ends = frozenset((YES,))


def true(diagram: int) -> Goal:
    return diagram, TRUE


class Search:
    def __init__(self, diagrams: Diagrams, links: Links) -> None:
        self.diagrams = diagrams
        self.links = links

    def possible(self, goals: Iterable[Goal]) -> bool:
        """Whether any answers reach all of them. They are taken one by one, until some two exclude each other."""
        wanted: set[Goal] = set()
        for goal in goals:
            if self._hopeless(goal) or not all(self._meet(goal, other) for other in wanted):
                return False
            wanted.add(goal)
        return any(self._together(case) for case in self._cases(wanted))

    def smallest(self, goals: Iterable[Goal]) -> dict[int, int]:
        """A smallest set of answers found that reaches all of them, which must be possible."""
        cases = (self.diagrams.all(map(self._plain, case)) for case in self._cases(set(goals)))
        return min((self.example(case) for case in cases if case != NO), key=len)

    def count(self, goals: Iterable[Goal]) -> int:
        """How many complete sets of answers reach all of them."""
        cases = (self.diagrams.all(map(self._plain, case)) for case in self._cases(set(goals)))
        return sum(map(self.diagrams.count, cases))

    def _hopeless(self, goal: Goal) -> bool:
        return goal[0] == NO or goal[1].isdisjoint(self.diagrams.ends(goal[0]))

    def _plain(self, goal: Goal) -> int:
        """TRUE where the goal is reached."""
        return goal[0] if goal[1] == TRUE else self.diagrams.where(goal[0], *goal[1])

    def _cases(self, goals: set[Goal]) -> Iterator[set[Goal]]:
        """The goals for each value of the decisions they name, together with what makes the decisions so."""
        goals.discard(true(YES))
        level = min((self.diagrams.level[node] for node, _ in goals if node > YES), default=-1)
        if level not in self.links:
            yield goals
            return
        alike: dict[frozenset[Goal], list[int]] = {}
        for place in range(self.diagrams.sizes[level]):
            below = frozenset((self.diagrams.branches(node, level)[place], ends) for node, ends in goals)
            alike.setdefault(below, []).append(end(place))
        for case, ends in alike.items():
            if not any(map(self._hopeless, case)):
                further = {*case, self._rules(level, ends)}
                if all(self._meet(*pair) for pair in combinations(further, 2)):
                    yield from self._cases(further)

    def _rules(self, level: int, ends: list[int]) -> Goal:
        """What makes the decision of that level one of these values, two editions the same one."""
        choices, where = self.links[level], self.diagrams.where
        if len(choices) == 1:
            return true(where(choices[0], *ends))
        agreed = (self.diagrams.all(where(choice, wanted) for choice in choices) for wanted in ends)
        return true(self.diagrams.any(agreed))

    def _together(self, goals: set[Goal]) -> bool:
        """Whether answers alone can reach all; the oldest, which are the smallest, are joined first."""
        ordered = sorted(goals, key=lambda goal: (goal[1] != TRUE, goal[0]))
        last = ordered.pop() if ordered else true(YES)
        first = YES
        for goal in ordered:
            first = self.diagrams.both(first, self._plain(goal))
        return self._meet(true(first), last)

    def _meet(self, one: Goal, other: Goal) -> bool:
        """Whether some way leads to wanted ends of both, decisions being as free as answers."""
        if one[1] != TRUE:
            one, other = other, one
        condition = self._plain(one)
        if other[1] == TRUE:
            return self.diagrams.meet(condition, other[0])
        return self.diagrams.reach(condition, *other)

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
