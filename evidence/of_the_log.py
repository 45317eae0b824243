"""The tables about the log itself: its records, counts of them, and their reviews. No text of any case."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet

from decisions.log import charts, exports
from decisions.log.columns import COLUMNS
from decisions.models import DecisionRecord, FollowUpTask, Review, ReviewItem
from decisions.outcomes import Outcome
from infoshare.days import LONDON
from infoshare.govuk.components import Cell

from .packs import Pack
from .tables import Table

State = ReviewItem.State
OPEN = (State.WAITING, State.ANSWERED, State.STALE, State.QUERIED)


def _records(pack: Pack) -> Iterator[list[str]]:
    return exports.each(pack.records)


def _counts(pack: Pack) -> Iterator[tuple[str, ...]]:
    """Each number as the charts show it."""
    yield "Records", "All", "Records", charts.shown(pack.count)
    for chart in _charts(pack):
        for words, *cells in chart.rows:
            for column, cell in zip(chart.columns[1:], cells, strict=True):
                assert isinstance(cell, Cell)
                yield chart.title, str(words), str(column), str(cell.text)


def _charts(pack: Pack) -> Iterator[charts.Chart]:
    records = pack.of_records
    yield _by(records, "decided", "Decisions", Outcome.choices)
    yield _by(records, "route", "Ways in", DecisionRecord.Route.choices)
    yield charts.bases(records, {})
    yield _departures(records)
    yield charts.teams(records, {})
    yield charts.times(records)
    yield charts.followed(
        FollowUpTask.objects.within(pack.organisation).filter(record__in=records.values("pk")).order_by()
    )
    items = ReviewItem.objects.within(pack.organisation).filter(record__in=records.values("pk"))
    yield _by(items, "state", "Reviews", State.choices)


def _by(rows: Any, column: str, title: str, choices: list[tuple[str, str]]) -> charts.Chart:
    """How many rows have each of the choices, none included."""
    chart = charts.Chart(title, "", (title, "Records"))
    found = dict(rows.order_by().values_list(column).annotate(number=Count("pk")))
    for value, words in choices:
        chart.add("", str(words), found.get(value, 0))
    return chart


def _departures(records: Any) -> charts.Chart:
    """By what the guide suggested: how many were decided otherwise."""
    chart = charts.Chart("Departures", "", ("What the guide suggested", "Decided otherwise", "Records"))
    found = {row["recommended"]: row for row in records.values("recommended").annotate(**charts.COUNTS)}
    for value, words in Outcome.choices:
        row = found.get(value, charts.NOTHING)
        chart.add("", str(words), row["departed"], row["all"])
    return chart


def _reviews(pack: Pack) -> Iterator[tuple[str, ...]]:
    """Those done, the oldest first; then the records whose review is not."""
    records = pack.of_records.values("pk")
    done: QuerySet[Review] = Review.objects.within(pack.organisation).filter(record__in=records)
    for review in done.select_related("record__review_item").order_by("reviewed_at", "pk").iterator(exports.CHUNK):
        at = review.reviewed_at.astimezone(LONDON).isoformat()
        yield review.record_id, "done", review.get_verdict_display(), review.signatory, at, _state(review.record)
    waiting: QuerySet[ReviewItem] = ReviewItem.objects.within(pack.organisation).filter(record__in=records)
    for item in waiting.filter(state__in=OPEN).order_by("recorded_at", "record").iterator(exports.CHUNK):
        yield item.record_id, "open", "", "", "", item.get_state_display()


def _state(record: DecisionRecord) -> str:
    item = getattr(record, "review_item", None)
    return str(item.get_state_display()) if item else ""


TABLES = (
    Table(
        "records.csv",
        "The decision log: each record of the period in one line, the newest first",
        {column.name: column.about for column in COLUMNS},
        _records,
    ),
    Table(
        "counts.csv",
        "Counts by decision, emergency or not, lawful basis, departure, team, time to decide, what was overdue, review",
        {
            "about": "What is counted",
            "of": "Of which kind",
            "column": "Which of them",
            "number": f"How many; a small number is given only as ‘{charts.HIDDEN}’",
        },
        _counts,
    ),
    Table(
        "reviews.csv",
        "Reviews of these records by the information-governance lead: those done, and those still open",
        {
            "reference": "Our reference of the record",
            "review": "done or open",
            "verdict": "What the reviewer said",
            "reviewer": "Who signed, as their name was then",
            "reviewed_at": "When, London time",
            "now": "Where the record’s review stands now",
        },
        _reviews,
    ),
)
