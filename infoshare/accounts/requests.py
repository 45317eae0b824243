"""What a view of ours is given, and how it asks for the membership the person acts under."""

from typing import Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.views.decorators.http import require_http_methods

from .models import Membership, User
from .roles import Permission

ORGANISATION_KEY = "organisation"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class SignedInRequest(HttpRequest):
    """A request that has passed the login requirement. `membership` is None for someone who works nowhere (yet)."""

    user: User
    membership: Membership | None


JSON: TypeAlias = dict[str, Any]


def membership_for(request: SignedInRequest, permission: Permission) -> Membership:
    """The membership acted under, if it allows `permission`; otherwise the person is told that they may not."""
    if request.membership is None or not request.membership.may(permission):
        raise PermissionDenied(f"Your role does not allow you to {permission.label}.")
    return request.membership
