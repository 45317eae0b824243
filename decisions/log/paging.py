"""Keyset pages: 'older' and 'newer' by where the last page ended, so the last page is as quick as the first.

The time alone is a condition of its own: with "earlier, or at the same time and …" PostgreSQL begins at the first page.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet
from django.http import QueryDict

from decisions.models import DecisionRecord
from decisions.references import WRITTEN

PAGE = 25


@dataclass(frozen=True)
class Page:
    records: list[DecisionRecord]
    newer: str  # query strings for the neighbouring pages, empty where there is none
    older: str


def edge(record: DecisionRecord) -> str:
    return f"{record.recorded_at.isoformat()}~{record.reference}"


def older_than(records: QuerySet[DecisionRecord], edge: str) -> QuerySet[DecisionRecord]:
    """Those that come after the record at `edge` in the list; all of them where there is no edge."""
    parsed = _parse(edge)
    if parsed is None:
        return records
    at, reference = parsed
    return records.filter(~Q(recorded_at=at, reference__gte=reference), recorded_at__lte=at)


def _parse(edge: str) -> tuple[datetime, str] | None:
    """None for a hand-made value: then the first page is shown."""
    moment, _, reference = edge.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        utc = at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None
    return (utc, reference) if utc and WRITTEN.fullmatch(reference) else None


def page(records: QuerySet[DecisionRecord], query: QueryDict) -> Page:
    newer_than = _parse(query.get("newer", ""))
    if newer_than:
        at, reference = newer_than
        newer = records.filter(~Q(recorded_at=at, reference__lte=reference), recorded_at__gte=at)
        rows = list(newer.order_by("recorded_at", "reference")[: PAGE + 1])
        more_newer, more_older = len(rows) > PAGE, True
        rows = rows[:PAGE][::-1]
    else:
        older = older_than(records, query.get("older", ""))
        rows = list(older.order_by("-recorded_at", "-reference")[: PAGE + 1])
        more_newer, more_older = older is not records, len(rows) > PAGE
        rows = rows[:PAGE]
    return Page(
        rows,
        newer=_query(query, "newer", rows[0]) if rows and more_newer else "",
        older=_query(query, "older", rows[-1]) if rows and more_older else "",
    )


def _query(query: QueryDict, direction: str, record: DecisionRecord) -> str:
    """The same filters, from another edge."""
    kept = query.copy()
    for name in ("older", "newer"):
        kept.pop(name, None)
    kept[direction] = edge(record)
    return "?" + kept.urlencode()
