"""A record goes, with all that was added to it, and a certificate stays. Whether it may go, the database asks itself.

Only the worker's role may do this; it is retention that asks.
"""

from typing import Any
from uuid import UUID

from django.urls import reverse

from decisions.models import Amendment, Confirmation, DecisionRecord, Review, ReviewAnswer
from infoshare.ledger import services as ledger
from infoshare.ledger.models import Certificate, SealedDocument
from infoshare.notices.services import take_back

from .follow_ups import address

# Everything that was sealed about one record, by the way that leads from it to the record. A test holds it complete.
SEALED: dict[Any, str] = {
    DecisionRecord: "pk",
    Amendment: "record",
    Confirmation: "record",
    Review: "record",
    ReviewAnswer: "review__record",
}


def documents_of(record: DecisionRecord) -> list[UUID]:
    found: list[UUID] = []
    for model, path in SEALED.items():
        rows = model.objects.within(record.organisation).filter(**{path: record.pk})
        found += rows.order_by("pk").values_list("document_id", flat=True)
    return found


def documents(record: DecisionRecord) -> list[SealedDocument]:
    """The record's own first, each with its key."""
    found = SealedDocument.objects.within(record.organisation).select_related("key", "organisation")
    there = {each.pk: each for each in found.filter(pk__in=documents_of(record))}
    return [there[each] for each in documents_of(record)]


def dispose(*, record: DecisionRecord, asked: int, why: dict[str, Any]) -> Certificate:
    """Destroy a record as `asked`, the id of the approved answer to its review. `why` goes into the certificate.

    Raises what the database says if it may not: no second person, still cooling off, on hold. Notices that lead to the
    record go with it.
    """
    led_to = [reverse("log:record", args=[record.reference]), *(address(task) for task in record.tasks.all())]
    take_back(organisation=record.organisation, leading_to=led_to)
    return ledger.dispose(
        asked=asked,
        record=record.reference,
        document=record.document_id,
        documents=documents_of(record),
        organisation=record.organisation,
        why=why,
    )
