"""Which membership a signed-in person acts under, and that no signed-in page is kept by a browser or proxy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from .models import Membership
from .requests import ORGANISATION_KEY

Next = Callable[[HttpRequest], HttpResponse]


def acting_membership(request: HttpRequest) -> Membership | None:
    """The membership chosen in this session, else the person's first."""
    if not request.user.is_authenticated:
        return None
    mine = Membership.objects.filter(user=request.user).select_related("organisation", "team", "user")
    chosen = request.session.get(ORGANISATION_KEY)
    return mine.filter(organisation=chosen).first() or mine.order_by("pk").first()


class MembershipMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = acting_membership(request)  # type: ignore[attr-defined]
        return self.get_response(request)


class NoStoreMiddleware:
    """A page about a case must not be found in the cache of a shared computer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response
