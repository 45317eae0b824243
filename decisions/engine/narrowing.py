"""Diagrams under the answers given so far, step by step: a sitting goes on from what earlier ones worked out.

NOT the diagrams themselves, which never change. What is worked out is forgotten when it grows past MOST nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import RLock
from typing import Self

from decisions.engine.diagrams import BOTTOM, YES, Diagrams

MOST = 200_000
Step = dict[int, int]


class Narrowing:
    """Used in a `with`: one thread at a time, and what it returns is good until the end of it."""

    def __init__(self, diagrams: Diagrams) -> None:
        self.diagrams = diagrams
        self._lock = RLock()
        self._forget()

    def __enter__(self) -> Self:
        self._lock.acquire()
        if len(self.kids) > self.most or len(self.diagrams.kids) != self.base:
            self._forget()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _forget(self) -> None:
        """Back to the diagrams alone."""
        self.level = list(self.diagrams.level)
        self.kids = list(self.diagrams.kids)
        self.unique = {
            (level, kids): node for node, (level, kids) in enumerate(zip(self.level, self.kids, strict=True))
        }
        self._levels: dict[int, tuple[int, ...]] = {}
        self.masks: dict[int, int] = {}
        self.steps: dict[tuple[int, int], Step] = {}
        self.base = len(self.kids)
        self.most = self.base + MOST

    def narrowed(self, root: int, assignment: Mapping[int, int]) -> int:
        """The diagram of what is left open of `root`; it is an end where nothing is."""
        for level in self.levels(root):
            place = assignment.get(level)
            if place is not None:
                root = self._step(root, level, place, self.steps.setdefault((level, place), {}))
        return root

    def levels(self, root: int) -> tuple[int, ...]:
        """The levels that matter to one of the diagrams themselves, from the top."""
        found = self._levels.get(root)
        if found is None:
            found = self._levels[root] = tuple(sorted(self.diagrams.support([root])))
        return found

    def _step(self, node: int, level: int, place: int, done: Step) -> int:
        at = self.level[node] if node > YES else BOTTOM
        if at >= level:
            return self.kids[node][place] if at == level else node
        found = done.get(node)
        if found is None:
            kids = tuple([self._step(kid, level, place, done) for kid in self.kids[node]])
            found = done[node] = kids[0] if kids.count(kids[0]) == len(kids) else self._node(at, kids)
        return found

    def _node(self, level: int, kids: tuple[int, ...]) -> int:
        key = (level, kids)
        found = self.unique.get(key)
        if found is None:
            found = self.unique[key] = len(self.kids)
            self.level.append(level)
            self.kids.append(kids)
        return found

    def support(self, node: int) -> int:
        """The levels that matter to a narrowed diagram, as bits."""
        if node <= YES:
            return 0
        found = self.masks.get(node)
        if found is None:
            found = 1 << self.level[node]
            for kid in set(self.kids[node]):
                found |= self.support(kid)
            self.masks[node] = found
        return found
