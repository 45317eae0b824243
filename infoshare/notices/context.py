"""What the page header shows of notices: how many are unread."""

from django.http import HttpRequest

from . import selectors


def unread(request: HttpRequest) -> dict[str, int | None]:
    """None for somebody who is not signed in or works nowhere."""
    membership = getattr(request, "membership", None)
    return {"unread_notices": selectors.unread(membership).count() if membership else None}
