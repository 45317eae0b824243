"""What comes to a record afterwards: later entries, and the note of each reading."""

from uuid import UUID

from django.utils import timezone

from decisions import contents, permissions
from decisions.models import Amendment, DecisionRecord, RecordRead
from infoshare.accounts.models import Membership

from .queueing import changed
from .sealing import once, sealed


def amend(*, record: DecisionRecord, by: Membership, text: str, key: UUID) -> Amendment:
    """Add a later entry. On an emergency the author's first entry completes the reasons."""
    permissions.check_may_add_to(by, record)

    def find() -> Amendment | None:
        found: Amendment | None = Amendment.objects.within(by.organisation).filter(idempotency_key=key).first()
        return found

    return once(find, lambda: _write_amendment(record, by, text, key))


def _write_amendment(record: DecisionRecord, by: Membership, text: str, key: UUID) -> Amendment:
    at = timezone.now()
    content = {**contents.head(reference=record.reference, by=by, at=at), "kind": "amendment", "text": text}
    amendment = Amendment(
        record=record,
        organisation=by.organisation,
        author=by.user,
        added_at=at,
        completes_reasons=record.reasons_due_at is not None and record.author_id == by.user_id,
        idempotency_key=key,
    )
    changed(record)
    return sealed(amendment, content)


def note_read(*, record: DecisionRecord, by: Membership) -> None:
    """Every reading of a record is part of its history."""
    RecordRead.objects.create(record=record, organisation=by.organisation, reader=by.user)
