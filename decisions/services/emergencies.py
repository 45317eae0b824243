"""What was shared in an emergency is recorded at once; the reasons follow by the clock."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from decisions import editions, permissions, selectors
from decisions.models import DecisionRecord
from decisions.outcomes import Outcome
from infoshare.accounts.models import Membership
from infoshare.days import london_date, working_days_later

from .sealing import once, seal_record


def record_emergency(*, by: Membership, told: dict[str, Any], case_reference: str, key: UUID) -> DecisionRecord:
    """Record at once what was shared in an emergency; the reasons follow. `key` makes a double click one record."""
    permissions.check_may_decide(by)
    return once(lambda: selectors.record_of_draft(by, key), lambda: _write_emergency(by, told, case_reference, key))


def _write_emergency(by: Membership, told: dict[str, Any], case_reference: str, key: UUID) -> DecisionRecord:
    at = timezone.now()
    return seal_record(
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
