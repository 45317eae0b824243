"""What an IG lead watches over a year: counts, each a chart and its table. Small numbers are hidden.

Only of records that the person may know of. NOT a statistic of people: nothing here says whom a record is about.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
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

    def add(self, short: str, words: str, *numbers: int) -> None:
        """A line of the table; its first number is the bar."""
        self.bars.append((short, drawn(numbers[0])))
        self.rows.append((words, *(Cell(shown(number), numeric=True) for number in numbers)))


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

    def holds(self, column: str) -> Q:
        end = date(self.first.year + 1, self.first.month, 1)
        return Q(**{f"{column}__gte": _midnight(self.first), f"{column}__lt": _midnight(end)})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def charts(lead: Membership, year: Year) -> list[Chart]:
    records = selectors.records_for(lead).filter(year.holds("recorded_at")).order_by()
    months = _monthly(records)
    drawn_by_month: list[tuple[str, str, Callable[[dict[str, int]], int]]] = [
        ("Decisions", "Every record, whatever was decided.", lambda counts: counts["all"]),
        ("Refusals", "Decided not to share.", lambda counts: counts["refused"]),
        ("Departures", "Decided otherwise than the guide suggested.", lambda counts: counts["departed"]),
        ("Emergencies", "Recorded by the emergency route.", lambda counts: counts["emergency"]),
    ]
    found = []
    for title, about, number in drawn_by_month:
        chart = Chart(f"{title}, by month", about, ("Month", title))
        for month in year.months:
            chart.add(f"{month:%b}", f"{month:%B %Y}", number(months.get(month, dict.fromkeys(COUNTS, 0))))
        found.append(chart)
    return [*found, _bases(records), _teams(records), _times(records), _overdue(lead, year)]


def _monthly(records: Records) -> dict[date, dict[str, int]]:
    rows = records.annotate(month=TruncMonth("recorded_at", tzinfo=LONDON)).values("month").annotate(**COUNTS)
    return {row["month"].date(): row for row in rows}


def _bases(records: Records) -> Chart:
    words = ("Lawful basis", "Shared", "Not shared", "Asked or took advice first")
    chart = Chart("Share or not, by lawful basis", "The bars are what was shared.", words)
    by = {row["lawful_basis"]: row for row in records.values("lawful_basis").annotate(**COUNTS)}
    for basis, row in sorted(by.items(), key=lambda item: -item[1]["shared"]):
        named = dict(LawfulBasis.choices).get(basis, basis) or "None named, such as in an emergency"
        chart.add(SHORT.get(basis, "Other"), str(named), row["shared"], row["refused"], row["first"])
    return chart


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


def _teams(records: Records) -> Chart:
    columns = ("Team", "Departures", "Refusals", "Decisions")
    about = "Teams that decide alike cases differently from the others are worth a talk. The bars are departures."
    chart = Chart("Teams beside each other", about, columns)
    for row in records.values("team__name").annotate(**COUNTS).order_by("team__name"):
        name = row["team__name"] or "No team"
        chart.add(name[:12], name, row["departed"], row["refused"], row["all"])
    return chart


def _times(records: Records) -> Chart:
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


def _overdue(lead: Membership, year: Year) -> Chart:
    now = timezone.now()
    counts: Any = {
        "overdue": Count("pk", filter=Q(closed_at=None, due_at__lt=now)),
        "late": Count("pk", filter=Q(closed_at__gt=F("due_at"))),
        "in_time": Count("pk", filter=Q(closed_at__lte=F("due_at"))),
    }
    tasks: Any = selectors.tasks_for(lead).filter(year.holds("opened_at")).order_by()
    chart = Chart(
        "What had to follow",
        "Tasks opened in these months. The bars are what is overdue now.",
        ("Task", "Overdue now", "Done late", "Done in time"),
    )
    for row in tasks.values("kind").annotate(**counts).order_by("-overdue", "kind"):
        words = FollowUpTask.Kind(row["kind"]).label
        chart.add(words.split(",")[0][:14], words, row["overdue"], row["late"], row["in_time"])
    return chart
