"""What a verification found, as one IG lead may be told it.

A log may hold several organisations: of a finding about another one nobody is told more than that it is there. Of a
record that is closed to the lead they learn its place and day, which is enough to have it looked into, and no more.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from decisions.services import disposing
from decisions.visibility import closed_to
from infoshare.accounts.models import Membership
from infoshare.days import clock_words, day_words, london_date
from infoshare.govuk.components import Cell, Row
from infoshare.ledger.models import Certificate, LogEntry, Verification


def rows(last: Verification | None) -> list[Row]:
    if last is None or last.finished_at is None:
        return []
    what = "The whole log" if last.whole else "What was new, and a part of the rest"
    return [
        Row("When", clock_words(last.finished_at)),
        Row("What was read", f"{what}: {_read(last)}"),
        Row("Entries in the log", f"{last.size:,}"),
    ]


def _read(last: Verification) -> str:
    entries = "1 entry" if last.entries == 1 else f"{last.entries:,} entries"
    return f"{entries}, {last.documents:,} sealed document{'' if last.documents == 1 else 's'}"


def findings(last: Verification, lead: Membership) -> list[tuple[str, Cell]]:
    named = [UUID(finding["document"]) for finding in last.findings if finding["document"]]
    whose = Whose(lead, named)
    return [(finding["words"], _where(finding, whose)) for finding in last.findings]


class Whose:
    """Which of the documents that findings name are of the lead’s organisation, and which they may not read."""

    def __init__(self, lead: Membership, documents: Sequence[UUID]) -> None:
        entries = LogEntry.objects.within(lead.organisation).filter(document__in=documents)
        sealed = entries.order_by("-id").values_list("document", "at")
        self.days = {document: london_date(at) for document, at in sealed}
        certificates = Certificate.objects.within(lead.organisation).filter(document__in=documents)
        self.own = {*self.days, *certificates.values_list("pk", flat=True)}
        # Not by the rows' own organisation: it may be what was altered.
        self.closed = {
            document
            for model, path in disposing.SEALED.items()
            for closed in closed_to(lead)
            for document in model.objects.filter(document__in=documents, **{f"{path}__in": closed}).values_list(
                "document", flat=True
            )
        }


def _where(finding: dict[str, Any], whose: Whose) -> Cell:
    document = UUID(finding["document"]) if finding["document"] else None
    if document and document not in whose.own:
        return Cell("In another organisation’s records")
    place = f"place {finding['place']:,} in the log" if finding["place"] is not None else ""
    if document in whose.closed:
        day = f"sealed on {day_words(whose.days[document])}" if document in whose.days else ""
        return Cell(_joined("a record that you may not read", place, day))
    reference = finding["record"] if document else ""
    record = f"record {reference}" if reference else ""
    return Cell(_joined(record, place, f"document {document}" if document else ""), _address(reference))


def _joined(*parts: str) -> str:
    return capfirst(", ".join(part for part in parts if part) or "the log as a whole")


def _address(reference: str) -> str:
    """Of the record, unless its very reference was altered."""
    try:
        return reverse("log:record", args=[reference])
    except NoReverseMatch:
        return ""
