"""Periods for what is not a record: asked for by one person within the bounds, decided by another."""

from django.core.exceptions import ValidationError
from django.db import transaction

from infoshare.accounts.models import Membership, Organisation
from retention import periods, permissions, telling
from retention.keeping import Kept, usual
from retention.models import KeptChange, RetentionSettings
from retention.models.asked import AskedState

from .rules import adopt_defaults
from .two_people import decide


@transaction.atomic
def propose_period(
    *, organisation: Organisation, by: Membership, kind: Kept, days: int, mandate: str, reason: str
) -> KeptChange:
    """Ask for another period. One that waited is replaced."""
    permissions.check_may_set_retention(by, organisation)
    check_bounds(kind, days)
    adopt_defaults(organisation)
    RetentionSettings.objects.select_for_update().get(organisation=organisation)
    waiting = periods.waiting_changes(organisation).filter(kind=kind)
    waiting.update(state=AskedState.CANCELLED, ended_because="A newer proposal replaced it.")
    telling.second_person_needed(by)
    asked = {"kind": kind, "days": days, "mandate": mandate, "reason": reason}
    made: KeptChange = KeptChange.objects.create(organisation=organisation, asked_by=by.user, **asked)
    return made


def check_bounds(kind: Kept, days: int) -> None:
    rule = usual()[kind]
    if rule.fixed:
        raise ValidationError("This period is not your organisation’s to set.")
    if not rule.least <= days <= rule.most:
        raise ValidationError(f"Enter a number of days from {rule.least} to {rule.most:,}")


@transaction.atomic
def decide_period(*, change: KeptChange, by: Membership, approve: bool, because: str = "") -> KeptChange:
    """Approved, it counts from the next sweep on."""
    return decide(change, by=by, approve=approve, because=because)
