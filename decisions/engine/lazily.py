"""A mapping whose values are made when first asked for: a proof needs few of the diagrams there could be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Lazily(Mapping[K, V]):
    def __init__(self, keys: Iterable[K], make: Callable[[K], V]) -> None:
        self._made: dict[K, V | None] = dict.fromkeys(keys)
        self._make = make

    def __getitem__(self, key: K) -> V:
        found = self._made[key]
        if found is None:
            found = self._made[key] = self._make(key)
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._made

    def __iter__(self) -> Iterator[K]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
