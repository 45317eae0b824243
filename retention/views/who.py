"""Who asks for a page of retention: their membership, or a refusal that says what their role may not do."""

from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission


def administrator(request: SignedInRequest) -> Membership:
    """Who sets retention: the records administrator."""
    return membership_for(request, Permission.SET_RETENTION)


def reviewer(request: SignedInRequest) -> Membership:
    """Who reviews: records administrators and IG leads."""
    return membership_for(request, Permission.REVIEW_RETENTION)
