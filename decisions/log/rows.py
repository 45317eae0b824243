"""A record as one line of a list."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from decisions import selectors
from decisions.models import DecisionRecord
from infoshare.days import clock_words
from infoshare.govuk.components import Cell

from .sentences import sentence, which

COLUMNS = ("What was decided", "Recorded", "Decision", "Reference")


def lines(records: Sequence[DecisionRecord]) -> list[tuple[object, ...]]:
    """With the clock of each emergency whose reasons are still to come, and a mark on what is restricted."""
    clocks, closed = selectors.clocks_running(records), selectors.restricted(records)
    return [line(record, clocks.get(record.pk), "Restricted" if record.pk in closed else "") for record in records]


def line(record: DecisionRecord, due: datetime | None = None, tag: str = "") -> tuple[object, ...]:
    url = reverse("log:record", args=[record.reference])
    decided = record.get_decided_display() + (" (not as suggested)" if record.departs else "")
    if due:
        decided += f". Reasons {'overdue since' if due <= timezone.now() else 'due by'} {clock_words(due)}"
    what = Cell(sentence(record), url, hint=which(record), tag=tag)
    return what, clock_words(record.recorded_at), decided, record.reference
