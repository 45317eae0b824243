"""How a row with a sealed document is written: the document and its row, once however often it is asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from decisions import contents
from decisions.models import DecisionRecord
from decisions.references import new_reference
from infoshare.accounts.models import Membership
from infoshare.ledger.services import seal


def seal_record(by: Membership, at: datetime, content: dict[str, Any], **columns: Any) -> DecisionRecord:
    """The sealed document, headed by who and when, and the row with the plain columns that the log is searched by."""
    reference = new_reference()
    head = contents.head(reference=reference, by=by, at=at)
    record = DecisionRecord(
        reference=reference,
        organisation=by.organisation,
        team=by.team,
        author=by.user,
        recorded_at=at,
        **columns,
    )
    content = {**head, **content}
    record.document = seal(kind=content["kind"], organisation=by.organisation, content=content, row=record)
    record.save(force_insert=True)
    return record


Row = TypeVar("Row")


def once(find: Callable[[], Row | None], write: Callable[[], Row]) -> Row:
    """Write a row that carries an idempotency key, unless it is there: the database decides between two at once."""
    if found := find():
        return found
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        if found := find():
            return found
        raise
