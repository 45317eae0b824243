"""Alike cases decided differently: by team, or from month to month. Counts alone, small ones hidden; never a person.

Alike are records for which the guide suggested the same, about the same kind of person, with the same harm, for the
same kind of recipient. How far two groups are apart is how many of their decisions would have to be others to make them
alike, from 0 to 1 (half the sum of the differences of their shares).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from django.db.models import Count
from django.db.models.functions import TruncMonth

from decisions import selectors
from decisions.facets import WHOM, Harm, Subject
from decisions.models import DecisionRecord
from decisions.outcomes import Outcome
from infoshare.accounts.models import Membership
from infoshare.days import LONDON

from . import addresses
from .charts import FEWEST, Records, Year

FIRST_SHOWN = 12
WORTH_A_LOOK = 0.1  # one decision in ten
NO_TEAM = "No team"


class Pattern(NamedTuple):
    recommended: str
    subject: str
    harm: str
    would_receive: str

    @property
    def words(self) -> str:
        about = dict(Subject.choices).get(self.subject, self.subject)
        harm = dict(Harm.choices).get(self.harm, self.harm)
        whom = dict(WHOM).get(self.would_receive, self.would_receive)
        return f"{about} · {harm} · For: {whom}"


@dataclass(frozen=True)
class Group:
    """One team, or one month, in one pattern: how often each outcome was decided. `query` finds it in the log."""

    name: str
    query: addresses.Query | None
    decided: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.decided.values())

    def share(self, outcome: str) -> float:
        return self.decided.get(outcome, 0) / self.total


@dataclass(frozen=True)
class Difference:
    """A pattern with its groups in their order, and the two that are furthest apart."""

    pattern: Pattern
    groups: list[Group]
    furthest: tuple[Group, Group]
    apart: float

    @property
    def outcomes(self) -> list[str]:
        """What was decided by any of them: as suggested first, then in the order of all outcomes."""
        others = [each.value for each in Outcome if each != self.pattern.recommended]
        return [self.pattern.recommended, *(each for each in others if any(each in g.decided for g in self.groups))]


@dataclass(frozen=True)
class Found:
    """`shown` are the biggest differences, `alike` how many patterns were compared and hardly differ."""

    shown: list[Difference]
    more: int
    alike: int
    left_out: int  # records of before there were patterns

    @property
    def compared(self) -> int:
        return len(self.shown) + self.more + self.alike


def of(lead: Membership, year: Year, *, by_month: bool) -> Found:
    """Of the records the lead may know of, those of one year by the guide."""
    guided = selectors.records_for(lead).filter(year.holds("recorded_at"), route=DecisionRecord.Route.GUIDE).order_by()
    named = guided.exclude(subject="")
    lines = _months(named) if by_month else _teams(named, year)
    found = sorted(_differences(lines), key=lambda each: -each.apart)
    worth = [each for each in found if each.apart >= WORTH_A_LOOK]
    return Found(
        shown=worth[:FIRST_SHOWN],
        more=len(worth[FIRST_SHOWN:]),
        alike=len(found) - len(worth),
        left_out=guided.filter(subject="").count(),
    )


Line = tuple[Pattern, Group, str, int]  # the group as yet without numbers, what it decided, how often


def _counted(records: Records, *keys: str) -> Iterator[dict[str, Any]]:
    rows = records.values(*Pattern._fields, *keys, "decided").annotate(number=Count("pk"))
    yield from rows.order_by(*keys).iterator()


def _teams(records: Records, year: Year) -> Iterator[Line]:
    for row in _counted(records, "team__name", "team"):
        query = {"team": row["team"], **year.query} if row["team"] else None
        yield _pattern(row), Group(row["team__name"] or NO_TEAM, query, {}), row["decided"], row["number"]


def _months(records: Records) -> Iterator[Line]:
    dated = records.annotate(month=TruncMonth("recorded_at", tzinfo=LONDON))
    for row in _counted(dated, "month"):
        first = row["month"].date()
        yield _pattern(row), Group(f"{first:%B %Y}", addresses.month(first), {}), row["decided"], row["number"]


def _pattern(row: dict[str, Any]) -> Pattern:
    return Pattern(*(row[name] for name in Pattern._fields))


def _differences(lines: Iterator[Line]) -> Iterator[Difference]:
    """Of patterns that at least two groups have met often enough to be compared."""
    patterns: dict[Pattern, dict[str, Group]] = defaultdict(dict)
    for pattern, group, decided, number in lines:
        patterns[pattern].setdefault(group.name, group).decided[decided] = number
    for pattern, groups in patterns.items():
        often = [group for group in groups.values() if group.total >= FEWEST]
        if len(often) > 1:
            furthest = max(combinations(often, 2), key=lambda pair: _apart(*pair))
            yield Difference(pattern, often, furthest, _apart(*furthest))


def _apart(one: Group, other: Group) -> float:
    return sum(abs(one.share(each) - other.share(each)) for each in {*one.decided, *other.decided}) / 2
