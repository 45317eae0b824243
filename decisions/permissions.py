"""May this person do this to that record? Builds on the roles of accounts; raises Django's PermissionDenied."""

from django.core.exceptions import PermissionDenied

from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Permission

from .models import DecisionRecord


def may_know_of(membership: Membership, record: DecisionRecord) -> bool:
    """May the person know that this record exists? If not, it is a 404 to them."""
    if record.organisation_id != membership.organisation_id:
        return False
    if membership.may(Permission.READ_ALL_RECORDS):
        return True
    return membership.may(Permission.READ_OWN_RECORDS) and record.author_id == membership.user_id


def check_may_decide(membership: Membership) -> None:
    if not membership.may(Permission.DECIDE):
        raise PermissionDenied("Your role does not allow you to record decisions.")


def may_add_to(membership: Membership, record: DecisionRecord) -> bool:
    return membership.may(Permission.ADD_TO_RECORDS) and may_know_of(membership, record)


def check_may_add_to(membership: Membership, record: DecisionRecord) -> None:
    if not may_add_to(membership, record):
        raise PermissionDenied("Your role does not allow you to add to this record.")
