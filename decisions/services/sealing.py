"""How a row with a sealed document is written: the document and its row, once however often it is asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Model

from decisions import contents, tokens
from decisions.models import DecisionRecord, RecordRecipient, SearchToken
from decisions.recipients import PEOPLE
from decisions.references import new_reference
from infoshare.accounts.models import Membership
from infoshare.ledger.services import seal, send_receipt

from .queueing import put_up


def seal_record(
    by: Membership, at: datetime, content: dict[str, Any], *, danger: bool = False, **columns: Any
) -> DecisionRecord:
    """The sealed document, headed by who and when, and the row with the plain columns that the log is searched by.

    `danger`: does it go to somebody who is or may be the danger?
    """
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
    put_up(sealed(record, {**head, **content}), unverified=_any_unverified(content), danger=danger)
    SearchToken.objects.bulk_create(tokens.of(record, content))
    send_receipt(record.document, to=by)
    return record


def _any_unverified(content: dict[str, Any]) -> bool:
    """Was somebody meant to get something whose address nobody had checked?"""
    recipients = (content.get("sharing") or {}).get("recipients", [])
    return any(not recipient.get("is_verified", True) for recipient in recipients)


def note_recipients(record: DecisionRecord, who: list[tuple[str, str]]) -> None:
    """Kind and organisation of each to whom something went, so that the record is found by them. Never a person."""
    RecordRecipient.objects.bulk_create(
        RecordRecipient(record=record, organisation=record.organisation, kind=kind, name="" if kind in PEOPLE else name)
        for kind, name in dict.fromkeys(who)
    )


Row = TypeVar("Row")
SealedRow = TypeVar("SealedRow", bound=Model)


def sealed(row: SealedRow, content: dict[str, Any]) -> SealedRow:
    """Write a row that is not there yet, with its document; the row's `sealed_columns` are sealed with it."""
    organisation = row.organisation  # type: ignore[attr-defined]
    row.document = seal(kind=content["kind"], organisation=organisation, content=content, row=row)  # type: ignore[attr-defined]
    row.save(force_insert=True)
    return row


def own_key(by: Membership, key: UUID) -> UUID:
    """The idempotency key of a form, which anyone may send, made one that no other person's row can have."""
    return uuid5(key, f"{by.organisation_id}:{by.user_id}")


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
