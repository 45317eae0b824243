"""Whether raising one answer can lead to a weaker value, all other answers being equal. NOT what counts as weaker."""

from __future__ import annotations

from decisions.engine.diagrams import BOTTOM, NO, UNDECIDED, YES, Diagrams, end

Triple = tuple[int, int, int]


class Falling:
    """Of a choice whose ends are ranks, the weakest first; UNDECIDED is compared with nothing."""

    def __init__(self, diagrams: Diagrams) -> None:
        self.diagrams = diagrams
        self._arrived: dict[Triple, list[tuple[int, int]]] = {}
        self._kept: set[Triple] = set()

    def falls(self, choice: int, when: int, level: int, places: tuple[int, int]) -> bool:
        """Whether changing that level from one place to another, `when` being true at both, can lead to an end of a
        smaller place; UNDECIDED is compared with nothing."""
        low, high = places
        both, branches = self.diagrams.both, self.diagrams.branches
        for node, still in self._arriving(choice, when, level):
            kids, stays = branches(node, level), branches(still, level)
            if kids[low] != kids[high] and self._falls(kids[low], kids[high], both(stays[low], stays[high])):
                return True
        return False

    def _arriving(self, choice: int, when: int, level: int) -> list[tuple[int, int]]:
        """The pairs of nodes to which the same answers lead above that level."""
        found = self._arrived.get((choice, when, level))
        if found is None:
            found = self._arrived[choice, when, level] = []
            todo, seen = [(choice, when)], {(choice, when)}
            while todo:
                pair = todo.pop()
                top = min(map(self.diagrams.depth, pair))
                if top >= level:
                    found.append(pair)
                elif NO not in pair[1:]:
                    below = set(zip(*(self.diagrams.branches(node, top) for node in pair), strict=True)) - seen
                    todo.extend(below)
                    seen |= below
        return found

    def _falls(self, a: int, b: int, when: int) -> bool:
        if a == b or when == NO or (a, b, when) in self._kept:
            return False
        if a <= YES and b <= YES:
            return UNDECIDED not in (a, b) and end(b) < end(a)
        level, branches = self.diagrams.level, self.diagrams.branches
        upper = level[a] if a > YES else BOTTOM
        lower = level[b] if b > YES else BOTTOM
        top = min(upper, lower, level[when])
        for triple in set(zip(branches(a, top), branches(b, top), branches(when, top), strict=True)):
            if self._falls(*triple):
                return True
        self._kept.add((a, b, when))
        return False
