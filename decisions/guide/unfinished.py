"""What is being typed and not saved yet: kept in its draft, encrypted with it and gone with it.

Not what was posted after the sign-in had expired: that is held.py's, which has no draft to keep it in.
"""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest

from . import drafts, held


@dataclass(frozen=True)
class Begun:
    """What a form begins with: what was just posted, what was held while signed out, or what was being typed."""

    data: QueryDict | None
    was_held: bool = False
    typing: bool = False


def begun(request: SignedInRequest, draft: Draft, saved: Any, *, formerly: str = "") -> Begun:
    """`saved` is what the draft has of this page: what was typed before that was saved is of no use any more.

    `formerly`: the page on which the same fields stood in an earlier version.
    """
    if request.method == "POST":
        return Begun(request.POST)
    if posted := held.take(request):
        return Begun(posted, was_held=True)
    pages = draft.details.get("typed", {})
    typed = pages.get(page_of(request.path), pages.get(formerly))
    if typed is None or typed["seen"] != drafts.fingerprint(saved):
        return Begun(None)
    return Begun(_query(typed["fields"]), typing=True)


def page_of(path: str) -> str:
    """What stands after the draft's id in a page's address."""
    return path.strip("/").split("/", 2)[-1]


def _query(fields: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in fields.items():
        query.setlist(name, values)
    return query
