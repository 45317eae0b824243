"""When a record falls due, and the sum in words. Pure: no clock, no database; days are arguments and results.

The same in SQL: `add_whole_years` (migration 0002) and reckoning.py; tests hold the two together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Trigger(StrEnum):
    """The event that a period counts from."""

    DECISION_DATE = "decision_date"
    CASE_CLOSED = "case_closed"
    BIRTH = "birth"
    LAST_CONTACT = "last_contact"
    DEATH = "death"

    @property
    def event(self) -> str:
        """The event as the sum in words tells it."""
        return EVENTS[self][0]

    @property
    def column(self) -> str:
        """Where a schedule keeps its date."""
        return EVENTS[self][1]

    @property
    def words(self) -> str:
        """The event as a rule tells it: "6 years from …"."""
        return EVENTS[self][2]


EVENTS = {
    Trigger.DECISION_DATE: ("recorded", "recorded_on", "the day a decision is recorded"),
    Trigger.CASE_CLOSED: ("case closed", "case_closed_on", "the day the case is closed"),
    Trigger.BIRTH: ("born", "born_on", "the day the person was born"),
    Trigger.LAST_CONTACT: ("last contact", "last_contact_on", "the day of the last contact"),
    Trigger.DEATH: ("died", "died_on", "the day the person died"),
}
TRIGGERS = [(trigger.value, trigger.event.capitalize()) for trigger in Trigger]


@dataclass(frozen=True)
class Rule:
    """What the sum needs of a rule. No categories: every record."""

    id: int
    name: str
    trigger: Trigger
    years: int
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sum:
    """One rule's sum for one record. `due_on` is None while the date it counts from is not known."""

    rule: Rule
    counts_from: date | None

    @property
    def due_on(self) -> date | None:
        return add_whole_years(self.counts_from, self.rule.years) if self.counts_from else None

    @property
    def in_words(self) -> str:
        if self.counts_from is None:
            return f"{self.rule.trigger.event} (date not known) + {in_years(self.rule.years)}"
        return sum_in_words(self.rule.trigger.event, self.counts_from, self.rule.years)


def sums(rules: Iterable[Rule], category: str, dates: Mapping[Trigger, date | None]) -> list[Sum]:
    """The sum of each rule that matches, the one that wins first: an unknown day beats any, else the latest wins.

    A rule that counts from a death says nothing of the living.
    """
    matching = [
        Sum(rule, dates.get(rule.trigger)) for rule in rules if not rule.categories or category in rule.categories
    ]
    counting = [each for each in matching if each.counts_from or each.rule.trigger is not Trigger.DEATH]
    return sorted(
        counting, key=lambda each: (each.due_on is not None, -(each.due_on or date.min).toordinal(), each.rule.id)
    )


def add_whole_years(day: date, years: int) -> date:
    """The same day `years` later. 29 February becomes 1 March where it is missing: a day late, never early."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        if (day.month, day.day) != (2, 29):
            raise
        return date(day.year + years, 3, 1)


def in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def in_years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"


def sum_in_words(event: str, counts_from: date, years: int) -> str:
    """For example "recorded 4 May 2026 + 6 years = 4 May 2032"."""
    due_on = add_whole_years(counts_from, years)
    words = f"{event} {in_words(counts_from)} + {in_years(years)} = {in_words(due_on)}"
    if due_on.day != counts_from.day:
        words += f" ({due_on.year} has no 29 February)"
    return words
