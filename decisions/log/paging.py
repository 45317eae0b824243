"""Keyset pages: 'older' and 'newer' by where the last page ended, so the last page is as quick as the first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import QueryDict

from decisions.models import DecisionRecord

PAGE = 25


@dataclass(frozen=True)
class Page:
    records: list[DecisionRecord]
    newer: str  # query strings for the neighbouring pages, empty where there is none
    older: str


def _edge(record: DecisionRecord) -> str:
    return f"{record.recorded_at.isoformat()}~{record.reference}"


def _parse(edge: str) -> tuple[datetime, str] | None:
    """None for a hand-made value: then the first page is shown."""
    moment, _, reference = edge.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, reference) if at.tzinfo and reference else None


def page(records: QuerySet[DecisionRecord], query: QueryDict) -> Page:
    older_than, newer_than = _parse(query.get("older", "")), _parse(query.get("newer", ""))
    if newer_than:
        at, reference = newer_than
        after = Q(recorded_at__gt=at) | Q(recorded_at=at, reference__gt=reference)
        rows = list(records.filter(after).order_by("recorded_at", "reference")[: PAGE + 1])
        more_newer, more_older = len(rows) > PAGE, True
        rows = rows[:PAGE][::-1]
    else:
        if older_than:
            at, reference = older_than
            records = records.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, reference__lt=reference))
        rows = list(records.order_by("-recorded_at", "-reference")[: PAGE + 1])
        more_newer, more_older = older_than is not None, len(rows) > PAGE
        rows = rows[:PAGE]
    newer = _query(query, "newer", rows[0]) if rows and more_newer else ""
    older = _query(query, "older", rows[-1]) if rows and more_older else ""
    return Page(rows, newer, older)


def _query(query: QueryDict, direction: str, record: DecisionRecord) -> str:
    """The same filters, from another edge."""
    kept = query.copy()
    for name in ("older", "newer"):
        kept.pop(name, None)
    kept[direction] = _edge(record)
    return "?" + kept.urlencode()
