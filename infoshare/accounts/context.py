"""What the page header shows: where the person can go in their role."""

from django.http import HttpRequest
from django.urls import reverse

from .roles import Permission

# (permission that opens it, words, URL name); the order is the order on the page.
PLACES = (
    (Permission.DECIDE, "My work", "home"),
    (Permission.READ_OWN_RECORDS, "My records", "log:list"),
    (Permission.READ_ALL_RECORDS, "Decision log", "log:list"),
    (Permission.SET_RETENTION, "Retention", "retention:desk"),
    (Permission.ADMINISTER, "Administration", "administration:organisations"),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """The places that the person's roles open, each once, the present one marked."""
    membership = getattr(request, "membership", None)
    places: dict[str, dict[str, object]] = {}
    for permission, text, name in PLACES:
        if membership is not None and membership.may(permission):
            url = reverse(name)
            current = request.path == url if url == reverse("home") else request.path.startswith(url)
            places[url] = {"text": text, "url": url, "current": current}
    return {"navigation": list(places.values()), "membership": membership}
