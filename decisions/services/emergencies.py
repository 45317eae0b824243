"""What was shared in an emergency is recorded at once; the reasons follow by the clock."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from decisions import editions, permissions, selectors
from decisions.models import DecisionRecord, FollowUpTask
from decisions.outcomes import Outcome
from decisions.recipients import RecipientKind
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Permission
from infoshare.accounts.selectors import people_who_may
from infoshare.days import clock_words, london_date, working_days_later
from infoshare.notices.kinds import Kind
from infoshare.notices.services import notify

from .completing import RECIPIENT
from .follow_ups import open_task
from .sealing import note_recipients, once, own_key, seal_record

NOT_THE_DANGER = "No, and I have checked who they are"  # the one answer about ‘someone else’ that leaves no doubt


def record_emergency(*, by: Membership, told: dict[str, Any], case_reference: str, key: UUID) -> DecisionRecord:
    """Record at once what was shared in an emergency; the reasons follow. `key` makes a double click one record."""
    permissions.check_may_decide(by)
    key = own_key(by, key)
    return once(lambda: selectors.record_of_draft(by, key), lambda: _write_emergency(by, told, case_reference, key))


def _write_emergency(by: Membership, told: dict[str, Any], case_reference: str, key: UUID) -> DecisionRecord:
    at = timezone.now()
    days = selectors.clocks_of(by.organisation).emergency_working_days
    record = seal_record(
        by,
        at,
        {"kind": "emergency", "case_reference": case_reference, "emergency": told},
        route=DecisionRecord.Route.EMERGENCY,
        recommended=Outcome.SHARE_URGENTLY,
        decided=Outcome.SHARE_URGENTLY,
        edition=editions.current(on=london_date(at)).edition,
        idempotency_key=key,
        danger=told.get("may_be_the_danger", "") not in ("", NOT_THE_DANGER),
        reasons_due_at=working_days_later(at, days),
    )
    kinds = [RECIPIENT.get(each, RecipientKind.OTHER.value) for each in told.get("recipients", [])]
    note_recipients(record, [(kind, "") for kind in kinds])
    _start_the_clock(record, by)
    return record


def _start_the_clock(record: DecisionRecord, by: Membership) -> None:
    due = record.reasons_due_at
    assert due is not None
    open_task(
        record=record,
        draft=None,
        owner=by.user,
        kind=FollowUpTask.Kind.COMPLETE_REASONS,
        words="Complete the reasons for what you shared in an emergency.",
        due_at=due,
        key=f"reasons:{record.pk}",
    )
    words = f"An emergency was recorded. Its reasons are due by {clock_words(due)}."
    for lead in people_who_may(Permission.ADVISE, by.organisation).exclude(pk=by.user_id):
        notify(
            person=lead,
            organisation=by.organisation,
            kind=Kind.EMERGENCY,
            words=words,
            url=reverse("log:record", args=[record.reference]),
            key=f"emergency:{record.pk}",
            urgent=True,
        )
