"""What was posted after a sign-in had expired: held encrypted, for that person and page alone, for half an hour.

Not for drafts in general: those are saved as they are answered. A form says whose it is by the token of `{% holder %}`.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.db.models import QuerySet
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from decisions.models import HeldAnswer
from infoshare.accounts.models import User
from infoshare.accounts.requests import SignedInRequest

FIELD = "holder"
COOKIE = "held"
KEPT_FOR = timedelta(minutes=30)
PAGE_OPEN_FOR = timedelta(hours=24)
SALT = "guide.held"
NOT_HELD = {FIELD, "csrfmiddlewaretoken", "page"}


def token(user: User, path: str) -> str:
    """What a form carries so that a later, signed-out post can still be told whose it is."""
    return signing.dumps([user.pk, path], salt=SALT)


def too_old() -> QuerySet[HeldAnswer]:
    """Of anybody."""
    return HeldAnswer.objects.filter(held_at__lt=timezone.now() - KEPT_FOR)


def hold(request: HttpRequest, page: str = "") -> HeldAnswer | None:
    """Keep what was posted, if the page says truthfully whose it is; forget everything held for too long.

    `page` is the address it belongs to, where that is not the one it was sent to.
    """
    too_old().delete()
    try:
        user_id, path = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=PAGE_OPEN_FOR)
    except signing.BadSignature:
        return None
    if request.user.is_authenticated and request.user.pk != user_id:
        return None
    if path != (page or request.path) or not User.objects.filter(pk=user_id, is_active=True).exists():
        return None
    typed = request.POST.copy()
    for name in NOT_HELD:
        typed.pop(name, None)
    HeldAnswer.objects.filter(user_id=user_id, path=path).delete()
    held = HeldAnswer(user_id=user_id, path=path).shut(typed.urlencode())
    held.save(force_insert=True)
    return held


def take(request: SignedInRequest) -> QueryDict | None:
    """What this person posted to this page from this browser while signed out; handed out once."""
    if COOKIE not in request.COOKIES:
        return None
    held = HeldAnswer.objects.filter(user=request.user, path=request.path).first()
    if held is None:
        return None
    typed = held.open()
    held.delete()
    return None if held.held_at < timezone.now() - KEPT_FOR else QueryDict(typed)


def waits(request: HttpRequest) -> bool:
    """Does this browser have anything to get back? For the sign-in page, which says no more than that."""
    held_id = _id(request)
    fresh = timezone.now() - KEPT_FOR
    return held_id is not None and HeldAnswer.objects.filter(pk=held_id, held_at__gte=fresh).exists()


def _id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.COOKIES[COOKIE])
    except (KeyError, ValueError):
        return None


def remember(response: HttpResponse, held: HeldAnswer) -> None:
    """This browser, and no other, may have it back."""
    age, secure = int(KEPT_FOR.total_seconds()), settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, str(held.pk), max_age=age, httponly=True, samesite="Lax", secure=secure)


class HoldExpiredPosts:
    """Stands before the login requirement: it would answer the post with a redirect and drop what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        expired = request.method == "POST" and not request.user.is_authenticated and FIELD in request.POST
        held = hold(request) if expired else None
        response = self.get_response(request)
        if held is not None:
            remember(response, held)
        return response


@receiver(user_logged_in, dispatch_uid="guide.held")
def forget_what_another_person_typed(request: HttpRequest | None, user: User, **_: Any) -> None:
    """On a shared computer the next person's sign-in deletes what the last one left."""
    if request is not None and (held_id := _id(request)):
        HeldAnswer.objects.filter(pk=held_id).exclude(user=user).delete()
