"""What a proof found: every obligation, proved or with a smallest counterexample, and remarks. NOT how it is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from decisions.engine.exact import Given


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A plain sentence, and the answers that are enough to make it so on `day`."""

    sentence: str
    answers: tuple[Given, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """`subject` is the id it is about; `broken` is None when it is proved."""

    kind: str
    subject: str
    broken: Counterexample | None = None


@dataclass(frozen=True)
class Report:
    """`sittings` counts the different complete sets of answers on the last day on which the law turns.

    `remarks` are not faults: conditions that could be left out, answers that never differ, promises never needed.
    """

    edition: str
    content_hash: str
    obligations: tuple[Obligation, ...]
    remarks: tuple[str, ...]
    sittings: int

    @cached_property
    def broken(self) -> tuple[Obligation, ...]:
        return tuple(obligation for obligation in self.obligations if obligation.broken)

    @property
    def proved(self) -> int:
        return len(self.obligations) - len(self.broken)

    @property
    def sound(self) -> bool:
        return not self.broken
