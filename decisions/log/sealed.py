"""When a record was sealed, beside when it says that it was recorded. NOT whether the seal holds: see the ledger."""

from datetime import timedelta

from decisions.models import DecisionRecord
from infoshare.days import clock_words
from infoshare.govuk.components import Row

AT_ONCE = timedelta(hours=1)  # a seal that comes later than this does not bear out the record's own time


def words(record: DecisionRecord) -> str:
    """Both times, and plainly so if they are apart."""
    at = clock_words(record.document.entry.at)
    said = f"Recorded {clock_words(record.recorded_at)}. Sealed {at}."
    if abs(record.document.entry.at - record.recorded_at) <= AT_ONCE:
        return said
    return f"{said} These times are far apart: the seal does not show that the record was there before {at}."


def rows(record: DecisionRecord) -> list[Row]:
    return [
        Row("Recorded", clock_words(record.recorded_at)),
        Row("Sealed", clock_words(record.document.entry.at)),
        Row("Receipt", record.document.receipt),
        Row("Fingerprint of the whole record (its SHA-256 hash)", record.document.content_hash),
    ]
