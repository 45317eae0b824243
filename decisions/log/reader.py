"""Who reads: the membership of someone whose role opens some records."""

from django.core.exceptions import PermissionDenied

from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest
from infoshare.accounts.roles import Permission


def reader(request: SignedInRequest) -> Membership:
    membership = request.membership
    if membership and (membership.may(Permission.READ_ALL_RECORDS) or membership.may(Permission.READ_OWN_RECORDS)):
        return membership
    raise PermissionDenied("Your role does not allow you to read the decision log.")
