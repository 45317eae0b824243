"""The parts of a rule set: frozen values that quote the author's words and remember their lines.

NOT the rule set as a whole (ruleset.py), which hands on these names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from decisions.engine.conditions import Condition

Tags = Mapping[str, str]
UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class InForce:
    """The days on which something applies, both ends counted in; `off` is law without a date yet."""

    start: date | None = None
    until: date | None = None
    off: bool = False

    def on(self, day: date) -> bool:
        started = self.start is None or self.start <= day
        return started and not self.off and (self.until is None or day <= self.until)

    def turns(self) -> Iterator[date]:
        """The days on which it begins or no longer applies."""
        if self.start and not self.off:
            yield self.start
        if self.until and not self.off:
            yield self.until + timedelta(days=1)


FOREVER = InForce()


@dataclass(frozen=True, slots=True)
class Cite:
    source: str
    place: str

    def __str__(self) -> str:
        return f"{self.source} {self.place}".strip()


Cites = tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: str
    status: str
    url: str = ""
    note: str = ""
    force: InForce = FOREVER


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a question, a row of a grid, or the name of a band.

    `under` is the heading under which it is folded away with its neighbours of the same heading.
    """

    id: str
    text: str
    hint: str = ""
    myth: str = ""
    myth_cite: Cites = ()
    tags: Tags = field(default_factory=dict, hash=False)
    under: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A band of numbers or dates; it ends below `below` (a count) or before `before` (a day), or never."""

    id: str
    below: int | None = None
    before: date | None = None


@dataclass(frozen=True)
class Question:
    id: str
    section: str
    kind: str
    text: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    bands: tuple[Band, ...] = ()
    count: str = ""
    none: str = ""
    minimum: int = 0
    maximum: int | None = None
    ask_when: Condition | None = None
    record: bool = False
    optional: bool = False
    max_length: int = 10_000
    profile: str = ""
    cite: Cites = ()
    force: InForce = FOREVER
    tags: Tags = field(default_factory=dict, hash=False)
    line: int = 0

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @cached_property
    def row_ids(self) -> tuple[str, ...]:
        return tuple(row.id for row in self.rows)

    def option(self, option_id: str) -> Option:
        return next(option for option in self.options if option.id == option_id)

    def row(self, row_id: str) -> Option:
        return next(row for row in self.rows if row.id == row_id)


@dataclass(frozen=True, slots=True)
class Fact:
    id: str
    text: str
    when: Condition
    cite: Cites = ()
    force: InForce = FOREVER
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule or exception; `then` is None in sets and where an exception only switches its rule off."""

    id: str
    when: Condition
    then: str | None
    because: str
    cite: Cites
    exceptions: tuple[Rule, ...] = ()
    force: InForce = FOREVER
    line: int = 0


@dataclass(frozen=True, slots=True)
class Layer:
    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Value:
    id: str
    text: str
    detail: str = ""
    tags: Tags = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    text: str
    values: tuple[Value, ...]
    layers: tuple[Layer, ...]
    otherwise: Rule | None = None
    line: int = 0

    def value(self, value_id: str) -> Value:
        return next(value for value in self.values if value.id == value_id)


@dataclass(frozen=True, slots=True)
class SetItem:
    id: str
    text: str
    rules: tuple[Rule, ...]
    tags: Tags = field(default_factory=dict, hash=False)
    line: int = 0


@dataclass(frozen=True, slots=True)
class ItemSet:
    """Many items may apply: scope, warnings, duties, tasks."""

    id: str
    text: str
    items: tuple[SetItem, ...]
    line: int = 0

    def item(self, item_id: str) -> SetItem:
        return next(item for item in self.items if item.id == item_id)


@dataclass(frozen=True, slots=True)
class Rank:
    """Values of a decision from weakest to strongest; those in one tuple are equal."""

    decision: str
    order: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Monotone:
    """Raising one answer never lowers the rank, or never leads from one condition to another."""

    question: str
    row: str | None
    order: tuple[str, ...]
    rank: Rank | None = None
    start: Condition | None = None
    end: Condition | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Invariant:
    """A promise: `never` holds, or whenever `given` then `then`, or `monotone`."""

    id: str
    text: str
    cite: Cites
    never: Condition | None = None
    given: Condition | None = None
    then: Condition | None = None
    monotone: Monotone | None = None
    force: InForce = FOREVER
    line: int = 0


@dataclass(frozen=True, slots=True)
class DefaultGuard:
    """What the main decision's `otherwise` may be."""

    decision: str
    only: str
    never_when: Condition
    at_most: Fraction
