"""Holds: placed by one person at once, lifted by two. Placing waits for disposals under way, and they for it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from infoshare.accounts.models import Membership, Organisation
from retention import locks, permissions, telling
from retention.models import Hold, Lifting, Scope

from .two_people import decide


@transaction.atomic
def place_hold(
    *, organisation: Organisation, by: Membership, scope: Scope, mandate: str, reason: str, review_on: date, **what: Any
) -> Hold:
    """In force when this returns: no disposal can be under way that did not see it. `what` names what it covers."""
    permissions.check_may_set_retention(by, organisation)
    locks.shut_out_disposals(organisation)
    hold: Hold = Hold.objects.create(
        organisation=organisation,
        scope=scope,
        mandate=mandate,
        reason=reason,
        review_on=review_on,
        placed_by=by.user,
        **what,
    )
    return hold


def ask_to_lift(*, hold: Hold, by: Membership, reason: str) -> Lifting:
    permissions.check_may_set_retention(by, hold.organisation)
    asked: Lifting = Lifting.objects.create(hold=hold, organisation=hold.organisation, asked_by=by.user, reason=reason)
    telling.second_person_needed(by)
    return asked


@transaction.atomic
def decide_lifting(*, lifting: Lifting, by: Membership, approve: bool, because: str = "") -> Lifting:
    decided = decide(lifting, by=by, approve=approve, because=because)
    if approve:
        Hold.objects.filter(pk=decided.hold_id).update(lifted_at=timezone.now(), settled=False)
    return decided
