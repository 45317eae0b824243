"""Every write of records: permission, re-check, write and seal in one transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from infoshare.accounts.models import Membership
from infoshare.days import london_date, working_days_later
from infoshare.ledger.services import seal

from . import contents, editions, permissions, selectors
from .guide import law_changes
from .guide.sitting import Sitting
from .models import Amendment, DecisionRecord, Draft, RecordRead
from .outcomes import SHARES, Outcome
from .references import new_reference


class NotReady(Exception):
    """The draft cannot be recorded yet. `page` says where the person has to go on."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


def record_decision(*, draft_id: UUID, by: Membership) -> DecisionRecord:
    """Seal a draft as a record and delete it. Doing so again gives the same record.

    The engine judges again, by the law of today: an outcome is never taken from a form. Raises NotReady or Http404.
    """
    permissions.check_may_decide(by)
    with transaction.atomic():
        draft = _lock(draft_id, by)
        if draft is None:
            record = selectors.record_of_draft(by, draft_id)
            if record is None:
                raise Http404("There is no such draft of yours.")
            return record
        at = timezone.now()  # one moment for both: what is judged by yesterday's law is not recorded today
        sitting = Sitting.of(draft, london_date(at))
        record = _write(draft, sitting, check_ready(draft, sitting), by, at)
        draft.delete()
    return record


def _lock(draft_id: UUID, by: Membership) -> Draft | None:
    mine = Draft.objects.within(by.organisation).filter(author=by.user, pk=draft_id)
    return mine.select_for_update(of=("self",)).select_related("organisation").first()


def check_ready(draft: Draft, sitting: Sitting) -> dict[str, Any]:
    """The person's decision, if everything is there and it was made on what the guide says now."""
    if law_changes.since(draft, sitting.day) or sitting.next_question is not None:
        raise NotReady("guide:draft")
    decision: dict[str, Any] = draft.details.get("decision", {})
    if decision.get("recommended") != sitting.outcome:
        raise NotReady("guide:decision")
    if decision["decided"] in SHARES and "sharing" not in draft.details:
        raise NotReady("guide:sharing")
    return decision


def _write(draft: Draft, sitting: Sitting, decision: dict[str, Any], by: Membership, at: datetime) -> DecisionRecord:
    shares = decision["decided"] in SHARES
    return _seal_record(
        by,
        at,
        {
            "kind": "decision",
            "case_reference": draft.details.get("case_reference", ""),
            "edition": contents.edition(sitting),
            "answers": contents.questions_and_answers(sitting),
            "recommendation": contents.recommendation(sitting),
            "decision": decision,
            "sharing": draft.details["sharing"] if shares else None,
        },
        route=DecisionRecord.Route.GUIDE,
        recommended=decision["recommended"],
        decided=decision["decided"],
        edition=sitting.ruleset.edition,
        idempotency_key=draft.pk,
    )


def record_emergency(*, by: Membership, told: dict[str, Any], case_reference: str, key: UUID) -> DecisionRecord:
    """Record at once what was shared in an emergency; the reasons follow. `key` makes a double click one record."""
    permissions.check_may_decide(by)
    return _once(lambda: selectors.record_of_draft(by, key), lambda: _write_emergency(by, told, case_reference, key))


def _write_emergency(by: Membership, told: dict[str, Any], case_reference: str, key: UUID) -> DecisionRecord:
    at = timezone.now()
    return _seal_record(
        by,
        at,
        {"kind": "emergency", "case_reference": case_reference, "emergency": told},
        route=DecisionRecord.Route.EMERGENCY,
        recommended=Outcome.SHARE_URGENTLY,
        decided=Outcome.SHARE_URGENTLY,
        edition=editions.current(on=london_date(at)).edition,
        idempotency_key=key,
        reasons_due_at=working_days_later(at, settings.EMERGENCY_REASONS_DUE_WORKING_DAYS),
    )


def _seal_record(by: Membership, at: datetime, content: dict[str, Any], **columns: Any) -> DecisionRecord:
    """The sealed document, headed by who and when, and the row with the plain columns that the log is searched by."""
    reference = new_reference()
    head = contents.head(reference=reference, by=by, at=at)
    return DecisionRecord.objects.create(
        reference=reference,
        organisation=by.organisation,
        team=by.team,
        author=by.user,
        recorded_at=at,
        document=seal(kind=content["kind"], organisation=by.organisation, content={**head, **content}),
        **columns,
    )


def amend(*, record: DecisionRecord, by: Membership, text: str, key: UUID) -> Amendment:
    """Add a later entry. On an emergency the author's first entry completes the reasons."""
    permissions.check_may_add_to(by, record)

    def find() -> Amendment | None:
        found: Amendment | None = Amendment.objects.within(by.organisation).filter(idempotency_key=key).first()
        return found

    return _once(find, lambda: _write_amendment(record, by, text, key))


def _write_amendment(record: DecisionRecord, by: Membership, text: str, key: UUID) -> Amendment:
    at = timezone.now()
    content = {**contents.head(reference=record.reference, by=by, at=at), "kind": "amendment", "text": text}
    return Amendment.objects.create(
        record=record,
        organisation=by.organisation,
        author=by.user,
        added_at=at,
        completes_reasons=record.reasons_due_at is not None and record.author_id == by.user_id,
        document=seal(kind="amendment", organisation=by.organisation, content=content),
        idempotency_key=key,
    )


Row = TypeVar("Row")


def _once(find: Callable[[], Row | None], write: Callable[[], Row]) -> Row:
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


def note_read(*, record: DecisionRecord, by: Membership) -> None:
    """Every reading of a record is part of its history."""
    RecordRead.objects.create(record=record, organisation=by.organisation, reader=by.user)
