"""A form of the guide whose answer is kept beside the questions': saved, or shown again with what is wrong."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest
from infoshare.govuk.forms import GovukForm

from . import drafts

ELSEWHERE = "This page was saved in another tab or on another device. Select Continue to keep this one"


def saved_part(draft: Draft, page: str, part: str) -> Any:
    return draft.details.get(page, {}).get(part)


def save_page(request: SignedInRequest, draft: Draft, page: str, form: GovukForm, kept: Callable[[], Any]) -> bool:
    """Was it sent, right and saved? If another tab was quicker, the form says so."""
    return _save(request, draft, form, lambda seen: drafts.save_details(draft, page, kept(), seen=seen))


def save_part(
    request: SignedInRequest, draft: Draft, page: str, part: str, form: GovukForm, kept: Callable[[], Any]
) -> bool:
    return _save(request, draft, form, lambda seen: drafts.save_part(draft, page, part, kept(), seen=seen))


def _save(request: SignedInRequest, draft: Draft, form: GovukForm, write: Callable[[str], None]) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        write(request.POST.get("seen", ""))
    except drafts.Conflict:
        draft.refresh_from_db()
        form.add_error(None, ELSEWHERE)
        return False
    return True


def show(request: SignedInRequest, template: str, form: GovukForm, context: dict[str, Any], saved: Any) -> HttpResponse:
    """409 where the form could not be saved because another tab was quicker."""
    if context["begun"].typing:
        form.still_being_typed()
    status = 409 if ELSEWHERE in form.non_field_errors() else 200
    around = {"form": form, "seen": drafts.fingerprint(saved), **context}
    return render(request, template, around, status=status)
