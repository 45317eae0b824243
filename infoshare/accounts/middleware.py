"""Which membership a signed-in person acts under, and that no signed-in page is kept by a browser or proxy."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from . import selectors
from .models import Membership
from .requests import ORGANISATION_KEY

LAST_SEEN = "last_seen"
NOTED_EVERY = 120  # seconds; so much earlier than SESSION_MINUTES a session may end

Next = Callable[[HttpRequest], HttpResponse]


def memberships(request: HttpRequest) -> list[Membership]:
    """The person's, the one they act under first: the one chosen in this session, else their oldest."""
    if not request.user.is_authenticated:
        return []
    chosen = request.session.get(ORGANISATION_KEY)
    return sorted(selectors.memberships_of(request.user), key=lambda mine: mine.organisation_id != chosen)


class MembershipMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mine = memberships(request)
        request.membership = mine[0] if mine else None  # type: ignore[attr-defined]
        request.works_in_several = len(mine) > 1  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Someone who works nowhere is told whom to ask, whatever page they open."""
        nowhere = request.user.is_authenticated and request.membership is None  # type: ignore[attr-defined]
        match = request.resolver_match
        if not nowhere or not getattr(view, "login_required", True) or (match and match.route.startswith("accounts/")):
            return None
        return render(request, "accounts/no_membership.html", {"ask": selectors.administrators()}, status=403)


class StaySignedInMiddleware:
    """Whoever works stays signed in. Noted every few minutes, as each note is a write to the database."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            if now - request.session.get(LAST_SEEN, 0) >= NOTED_EVERY:
                request.session[LAST_SEEN] = now
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
