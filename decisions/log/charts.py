"""What an IG lead watches over a year: counts, each a chart and its table. Small numbers are hidden.

Only of records that the person may know of. NOT a statistic of people: nothing here says whom a record is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import starmap, zip_longest
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from decisions import selectors
from decisions.facets import LawfulBasis
from decisions.models import DecisionRecord, FollowUpTask
from decisions.outcomes import INTERIM, SHARES, Outcome
from infoshare.accounts.models import Membership
from infoshare.days import LONDON
from infoshare.govuk.components import Cell

from . import addresses
from .filters import FIRST, SHARED

Records = Any  # a query set of records; grouped, its rows are dictionaries
MONTHS = 12
FEWEST = 5  # a smaller number could point to one family
HIDDEN = f"Fewer than {FEWEST}"
DEPARTS = ~Q(decided=F("recommended"))
COUNTS = {
    "all": Count("pk"),
    "shared": Count("pk", filter=Q(decided__in=SHARES)),
    "refused": Count("pk", filter=Q(decided=Outcome.DO_NOT_SHARE)),
    "first": Count("pk", filter=Q(decided__in=INTERIM)),
    "departed": Count("pk", filter=DEPARTS),
    "emergency": Count("pk", filter=Q(route=DecisionRecord.Route.EMERGENCY)),
}
NOTHING = dict.fromkeys(COUNTS, 0)
TIMES = (
    ("Up to 15 min", "Up to 15 minutes", timedelta(0), timedelta(minutes=15)),
    ("1 hour", "Up to an hour", timedelta(minutes=15), timedelta(hours=1)),
    ("1 day", "Up to a day", timedelta(hours=1), timedelta(days=1)),
    ("1 week", "Up to a week", timedelta(days=1), timedelta(days=7)),
    ("Longer", "Longer", timedelta(days=7), timedelta(days=36_500)),
)


@dataclass(frozen=True)
class Chart:
    """`bars` are drawn, `rows` say the same and more; `about` is what a reader should know first."""

    title: str
    about: str
    columns: Sequence[str]
    bars: list[tuple[str, int]] = field(default_factory=list)
    rows: list[tuple[object, ...]] = field(default_factory=list)

    @property
    def is_drawn(self) -> bool:
        """Not where there is no bar to be seen, or one alone, which says nothing."""
        return len(self.bars) > 1 and any(number for _, number in self.bars)

    @property
    def is_empty(self) -> bool:
        return all(cell.text == "0" for row in self.rows for cell in row[1:] if isinstance(cell, Cell))

    def add(self, short: str, words: str, *numbers: int, queries: Sequence[addresses.Query | None] = ()) -> None:
        """A line of the table; its first number is the bar. Each number opens what it counts, if a filter finds it."""
        self.bars.append((short, drawn(numbers[0])))
        self.rows.append((words, *starmap(_cell, zip_longest(numbers, queries))))


def _cell(number: int, query: addresses.Query | None) -> Cell:
    return Cell(shown(number), addresses.found(query) if query and number else "", numeric=True)


def shown(number: int) -> str:
    return HIDDEN if 0 < number < FEWEST else f"{number:,}"


def drawn(number: int) -> int:
    """A hidden number has no bar."""
    return 0 if number < FEWEST else number


@dataclass(frozen=True)
class Year:
    """Twelve months, the last of them begun already. `back` is how many such years ago."""

    first: date
    back: int

    @classmethod
    def of(cls, today: date, back: int) -> "Year":
        place = today.year * 12 + today.month - MONTHS - MONTHS * back
        return cls(date(place // 12, place % 12 + 1, 1), back)

    @property
    def months(self) -> list[date]:
        places = range(self.first.month - 1, self.first.month - 1 + MONTHS)
        return [date(self.first.year + place // 12, place % 12 + 1, 1) for place in places]

    @property
    def query(self) -> dict[str, object]:
        return addresses.between(self.first, addresses.end_of_month(self.months[-1]))

    def holds(self, column: str) -> Q:
        end = date(self.first.year + 1, self.first.month, 1)
        return Q(**{f"{column}__gte": _midnight(self.first), f"{column}__lt": _midnight(end)})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def charts(lead: Membership, year: Year) -> list[Chart]:
    records = selectors.records_for(lead).filter(year.holds("recorded_at")).order_by()
    months = _monthly(records)
    drawn_by_month: list[tuple[str, str, str, addresses.Query]] = [
        ("Decisions", "Every record, whatever was decided.", "all", {}),
        ("Refusals", "Decided not to share.", "refused", {"decided": Outcome.DO_NOT_SHARE.value}),
        ("Departures", "Decided otherwise than the guide suggested.", "departed", {"departures": "on"}),
        (
            "Emergencies",
            "Shared at once in an emergency, and recorded by the emergency route.",
            "emergency",
            {"emergency": "on"},
        ),
    ]
    found = []
    for title, about, count, query in drawn_by_month:
        chart = Chart(f"{title}, by month", about, ("Month", title))
        for month in year.months:
            queries = [{**query, **addresses.month(month)}]
            chart.add(f"{month:%b}", f"{month:%B %Y}", months.get(month, NOTHING)[count], queries=queries)
        found.append(chart)
    return [*found, bases(records, year.query), teams(records, year.query), times(records), overdue(lead, year)]


def _monthly(records: Records) -> dict[date, dict[str, int]]:
    rows = records.annotate(month=TruncMonth("recorded_at", tzinfo=LONDON)).values("month").annotate(**COUNTS)
    return {row["month"].date(): row for row in rows}


def bases(records: Records, query: addresses.Query) -> Chart:
    words = ("Lawful basis", "Shared", "Not shared", "Asked or took advice first")
    chart = Chart("Share or not, by lawful basis", "The bars are what was shared.", words)
    by = {row["lawful_basis"]: row for row in records.values("lawful_basis").annotate(**COUNTS)}
    for basis, row in sorted(by.items(), key=lambda item: -item[1]["shared"]):
        named = dict(LawfulBasis.choices).get(basis, basis) or "None named, such as in an emergency"
        queries = [{**query, "basis": basis, "decided": each} for each in DECIDED] if basis else []
        numbers = row["shared"], row["refused"], row["first"]
        chart.add(SHORT.get(basis, "Other"), str(named), *numbers, queries=queries)
    return chart


DECIDED = (SHARED, Outcome.DO_NOT_SHARE.value, FIRST)  # as the log's filter names them


SHORT = {
    "": "None",
    "vital_interests": "Life",
    "legal_obligation": "Legal duty",
    "public_task": "Public task",
    "recognised_interest": "Recognised",
    "consent": "Consent",
    "legitimate_interests": "Legitimate",
    "law_enforcement": "Enforcement",
    "not_needed": "Not needed",
}


def teams(records: Records, query: addresses.Query) -> Chart:
    columns = ("Team", "Departures", "Refusals", "Decisions")
    about = "If a team decides alike cases differently from the others, talk with it. The bars are its departures."
    chart = Chart("Teams compared", about, columns)
    for row in records.values("team__name", "team").annotate(**COUNTS).order_by("team__name"):
        name, here = row["team__name"] or "No team", {**query, "team": row["team"]}
        queries = [{**here, "departures": "on"}, {**here, "decided": Outcome.DO_NOT_SHARE.value}, here]
        numbers = row["departed"], row["refused"], row["all"]
        chart.add(name[:12], name, *numbers, queries=queries if row["team"] else [])
    return chart


def times(records: Records) -> Chart:
    about = "From the start of the guide to the record. Emergencies are recorded at once and not counted here."
    chart = Chart("Time to decide", about, ("Time", "Decisions"))
    took = records.filter(started_at__isnull=False).annotate(took=F("recorded_at") - F("started_at"))
    counts: Any = {
        f"time{place}": Count("pk", filter=Q(took__gte=least, took__lt=most))
        for place, (_, _, least, most) in enumerate(TIMES)
    }
    numbers = took.aggregate(**counts)
    for place, (short, words, _, _) in enumerate(TIMES):
        chart.add(short, words, numbers[f"time{place}"])
    return chart


def overdue(lead: Membership, year: Year) -> Chart:
    """Of the tasks opened in a year."""
    return followed(selectors.tasks_for(lead).filter(year.holds("opened_at")).order_by())


def followed(tasks: Any) -> Chart:
    now = timezone.now()
    counts: Any = {
        "overdue": Count("pk", filter=Q(closed_at=None, due_at__lt=now)),
        "late": Count("pk", filter=Q(closed_at__gt=F("due_at"))),
        "in_time": Count("pk", filter=Q(closed_at__lte=F("due_at"))),
    }
    chart = Chart(
        "What had to follow",
        "Tasks opened in these months. The bars are what is overdue now.",
        ("Task", "Overdue now", "Done late", "Done in time"),
    )
    for row in tasks.values("kind").annotate(**counts).order_by("-overdue", "kind"):
        words = FollowUpTask.Kind(row["kind"]).label
        chart.add(words.split(",")[0][:14], words, row["overdue"], row["late"], row["in_time"])
    return chart
