"""A record as one line of a list."""

from django.urls import reverse

from decisions.models import DecisionRecord
from infoshare.days import clock_words
from infoshare.govuk.components import Cell

from .sentences import sentence

COLUMNS = ("What was decided", "Recorded", "Decision", "Reference")


def line(record: DecisionRecord) -> tuple[object, ...]:
    url = reverse("log:record", args=[record.reference])
    decided = record.get_decided_display() + (" (not as suggested)" if record.departs else "")
    return Cell(sentence(record), url), clock_words(record.recorded_at), decided, record.reference
