"""How a second person decides what a first one asked for. The constraint in the database is the last word."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from infoshare.accounts.models import Membership
from retention import permissions
from retention.models.asked import Asked, AskedState

Kind = TypeVar("Kind", bound=Asked)


class AlreadyDecided(Exception):
    """Somebody else decided this, or took it back, after the person had opened it."""


def decide(asked: Kind, *, by: Membership, approve: bool, because: str = "") -> Kind:
    """Approve or refuse, under a lock. Call it inside the transaction of what follows from it."""
    permissions.check_may_review(by, asked.organisation)
    locked: Kind = type(asked)._default_manager.select_for_update(of=("self",)).get(pk=asked.pk)
    if not locked.is_waiting:
        raise AlreadyDecided(locked)
    if locked.asked_by_id == by.user_id:
        raise PermissionDenied("Someone else has to decide this: you asked for it.")
    locked.state = AskedState.APPROVED if approve else AskedState.REFUSED
    locked.decided_by, locked.decided_at, locked.ended_because = by.user, timezone.now(), because
    locked.save(update_fields=["state", "decided_by", "decided_at", "ended_because"])
    return locked
