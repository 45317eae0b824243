"""What comes to a record afterwards: later entries, and the note of each reading."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from decisions import contents, permissions
from decisions.models import Amendment, Confirmation, DecisionRecord, FollowUpTask, RecordRead
from infoshare.accounts.models import Membership

from .closing import close_all
from .queueing import changed
from .sealing import once, own_key, sealed


def amend(
    *, record: DecisionRecord, by: Membership, text: str, key: UUID, about: dict[str, str] | None = None
) -> Amendment:
    """Add a later entry.

    `about` says what kind of entry it is (`sort`), `why` it is added, when it was `known_on`, the `part` it corrects.
    """
    permissions.check_may_add_to(by, record)
    key = own_key(by, key)

    def find() -> Amendment | None:
        found: Amendment | None = Amendment.objects.within(by.organisation).filter(idempotency_key=key).first()
        return found

    return once(find, lambda: _write(record, by, {**(about or {}), "kind": "amendment", "text": text}, key))


def add_advice(*, record: DecisionRecord, by: Membership, entry: dict[str, Any], key: UUID) -> Amendment:
    """Advice that came after the draft it was asked for had become a record. Part of the adviser's deed."""
    return _write(record, by, {"kind": "advice", "text": entry["text"], "advice": [entry]}, key)


def _write(record: DecisionRecord, by: Membership, said: dict[str, Any], key: UUID) -> Amendment:
    at = timezone.now()
    content = {**contents.head(reference=record.reference, by=by, at=at), **said}
    amendment = Amendment(
        record=record,
        organisation=by.organisation,
        author=by.user,
        added_at=at,
        idempotency_key=key,
    )
    changed(record)
    return sealed(amendment, content)


def note_read(*, record: DecisionRecord, by: Membership, how: RecordRead.How = RecordRead.How.PAGE) -> None:
    """Every reading of a record is part of its history."""
    RecordRead.objects.create(record=record, organisation=by.organisation, reader=by.user, how=how)


NOTE_READS = """
INSERT INTO decisions_recordread (record_id, organisation_id, reader_id, read_at, how)
SELECT found.reference, %s, %s, %s, %s FROM ({}) found
"""


def note_reads(*, records: QuerySet[DecisionRecord], by: Membership, how: RecordRead.How) -> None:
    """The same of many at once: a hundred thousand in an export are one statement."""
    try:
        sql, values = records.order_by().values("reference").query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(NOTE_READS.format(sql), [by.organisation_id, by.user_id, timezone.now(), how.value, *values])


def confirm(
    *,
    record: DecisionRecord,
    by: Membership,
    kind: Confirmation.Kind,
    happened_on: date,
    key: UUID,
    said: dict[str, str],
) -> Confirmation:
    """That something was sent or arrived. `said` holds `whom`, `how` and a `note`."""
    permissions.check_may_add_to(by, record)
    key = own_key(by, key)

    def find() -> Confirmation | None:
        found: Confirmation | None = Confirmation.objects.within(by.organisation).filter(idempotency_key=key).first()
        return found

    def write() -> Confirmation:
        at = timezone.now()
        made = Confirmation(
            record=record,
            organisation=by.organisation,
            author=by.user,
            added_at=at,
            kind=kind,
            happened_on=happened_on,
            idempotency_key=key,
        )
        head = contents.head(reference=record.reference, by=by, at=at)
        if kind == Confirmation.Kind.RECEIVED:
            close_all(record.tasks.filter(kind=FollowUpTask.Kind.CONFIRM_RECEIPT), by)
        return sealed(made, {**head, "kind": "confirmation", "what": kind.value, **said})

    return once(find, write)
