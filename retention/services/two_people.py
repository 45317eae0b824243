"""How a second person decides what a first one asked for. The constraint in the database is the last word.

A second person whom the first has just let in would be no second person: such access has to be some weeks old.
"""

from datetime import timedelta
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from infoshare.accounts.models import AccessEvent, Membership
from retention import permissions
from retention.models.asked import Asked, AskedState

Kind = TypeVar("Kind", bound=Asked)
LET_IN = (
    AccessEvent.Kind.PERSON_ADDED,
    AccessEvent.Kind.PERSON_INVITED,
    AccessEvent.Kind.MEMBERSHIP_CHANGED,
    AccessEvent.Kind.ACCESS_RESTORED,
)
DAYS = 30
OWN = "You asked for this. Another person has to decide it: a records administrator or an information-governance lead."
LET_IN_LATELY = (
    f"You and the person who asked cannot be the two: one of you gave the other their access or role less than {DAYS} "
    "days before this was asked for, or after. "
    "Somebody else has to decide it."
)


class AlreadyDecided(Exception):
    """Somebody else decided this, or took it back, after the person had opened it."""


def why_not(asked: Asked, by: Membership) -> str:
    """Why this person may not be the second one, in words for them; "" if they may."""
    if asked.asked_by_id == by.user_id:
        return OWN
    either = Q(by=asked.asked_by_id, person=by.user_id) | Q(by=by.user_id, person=asked.asked_by_id)
    lately = AccessEvent.objects.filter(either, kind__in=LET_IN, happened_at__gt=asked.asked_at - timedelta(days=DAYS))
    return LET_IN_LATELY if lately.exists() else ""


def decide(asked: Kind, *, by: Membership, approve: bool, because: str = "") -> Kind:
    """Approve or refuse, under a lock. Call it inside the transaction of what follows from it."""
    permissions.check_may_review(by, asked.organisation)
    locked: Kind = type(asked)._default_manager.select_for_update(of=("self",)).get(pk=asked.pk)
    if not locked.is_waiting:
        raise AlreadyDecided(locked)
    if refused := why_not(locked, by):
        raise PermissionDenied(refused)
    locked.state = AskedState.APPROVED if approve else AskedState.REFUSED
    locked.decided_by, locked.decided_at, locked.ended_because = by.user, timezone.now(), because
    locked.save(update_fields=["state", "decided_by", "decided_at", "ended_because"])
    return locked
