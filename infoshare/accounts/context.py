"""What the page header shows: where the person can go in their role."""

from django.http import HttpRequest
from django.urls import reverse

from .models import Membership
from .roles import Permission

# (permission that opens it, words, URL name); the order is the order on the page.
PLACES = (
    (Permission.DECIDE, "My work", "home"),
    (Permission.ADVISE, "Desk", "desk:desk"),
    (Permission.READ_OWN_RECORDS, "Records", "log:list"),
    (Permission.DECIDE, "Practice", "practice:list"),
    (Permission.READ_ALL_RECORDS, "Decision log", "log:list"),
    (Permission.READ_DIRECTORY, "Directory", "partners:list"),
    (Permission.REVIEW_RECORDS, "Reviews", "reviews"),
    (Permission.REVIEW_RECORDS, "Seal", "seal:page"),
    (Permission.READ_RULES, "Rules", "rules:list"),
    (Permission.REVIEW_RETENTION, "Retention", "retention:desk"),
    (Permission.ADMINISTER, "Administration", "administration:organisations"),
)


def places_of(membership: Membership | None) -> dict[str, str]:
    """Address → words, each address once."""
    if membership is None:
        return {}
    return {reverse(name): text for permission, text, name in PLACES if membership.may(permission)}


def first_place(membership: Membership | None) -> str:
    """Where the person's work begins."""
    return next(iter(places_of(membership)), reverse("home"))


def navigation(request: HttpRequest) -> dict[str, object]:
    """The places that the person's roles open, the present one marked."""
    membership = getattr(request, "membership", None)
    return {
        "navigation": [
            {"text": text, "url": url, "current": _is_at(request.path, url)}
            for url, text in places_of(membership).items()
        ],
        "membership": membership,
        "may_decide": membership is not None and membership.may(Permission.DECIDE),
        "works_in_several": getattr(request, "works_in_several", False),
    }


def _is_at(path: str, url: str) -> bool:
    return path == url if url == reverse("home") else path.startswith(url)
