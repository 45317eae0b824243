"""Some thousand sittings drawn at random and judged all at once: where one is found, no search is needed.

NOT a proof that something never happens: that is a search's. Bit n of a number says what holds in sitting n.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import and_
from random import Random

from decisions.engine.diagrams import NO, YES, Diagrams, end

COUNT = 4096
EVERY = (1 << COUNT) - 1
Links = Mapping[int, tuple[int, ...]]


class Witnesses:
    """The same every time: what is proved must not depend on luck."""

    def __init__(self, diagrams: Diagrams, links: Links) -> None:
        self.diagrams = diagrams
        self.links = links
        self.random = Random(COUNT)  # noqa: S311  not a secret: only variety
        self._drawn: dict[int, tuple[int, ...]] = {}
        self._known: dict[int, int] = {NO: 0, YES: EVERY}

    def any(self, diagrams: set[int]) -> bool:
        """Whether all of them are true in one of the sittings."""
        found = EVERY
        for diagram in diagrams:
            found &= self.of(diagram)
            if not found:
                return False
        return True

    def of(self, diagram: int) -> int:
        """The sittings in which it is true."""
        found = self._known.get(diagram)
        if found is None:
            drawn = self.drawn(self.diagrams.level[diagram])
            found = 0
            for kid, sittings in zip(self.diagrams.kids[diagram], drawn, strict=True):
                if kid:
                    found |= sittings & (self._known.get(kid) or self.of(kid))
            self._known[diagram] = found
        return found

    def drawn(self, level: int) -> tuple[int, ...]:
        """For each value of a level the sittings that have it: at random, or as its rules say."""
        if level not in self._drawn:
            size = self.diagrams.sizes[level]
            choices = self.links.get(level)
            self._drawn[level] = self._decided(choices, size) if choices else tuple(self._split(EVERY, size))
        return self._drawn[level]

    def _decided(self, choices: tuple[int, ...], size: int) -> tuple[int, ...]:
        """Where several editions decide, the sittings in which they agree."""
        ways = [self._reaching(choice) for choice in choices]
        return tuple(reduce(and_, (reaching.get(end(place), 0) for reaching in ways)) for place in range(size))

    def _reaching(self, choice: int) -> dict[int, int]:
        """For each node and each end the sittings whose way leads through it."""
        level, kids = self.diagrams.level, self.diagrams.kids
        found = {choice: EVERY}
        for node in sorted(self.diagrams.reachable([choice]), key=level.__getitem__):
            through = found.get(node, 0)
            for kid, drawn in zip(kids[node], self.drawn(level[node]), strict=True):
                found[kid] = found.get(kid, 0) | through & drawn
        return found

    def _split(self, sittings: int, parts: int) -> list[int]:
        """Deals the sittings out, each to one part."""
        if parts == 1:
            return [sittings]
        half = parts // 2
        left = sittings & self._bits(half, parts)
        return self._split(left, half) + self._split(sittings ^ left, parts - half)

    def _bits(self, wanted: int, of: int) -> int:
        """Each bit set in `wanted` of `of` cases, as nearly as six coins can tell."""
        share, found = wanted * 64 // of, 0
        for step in range(6):
            coins = self.random.getrandbits(COUNT)
            found = found | coins if share >> step & 1 else found & coins
        return found
