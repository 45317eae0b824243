"""What the sharing pages have in common: whose draft, how a form is saved and shown, where to go on. No page."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from decisions.guide import after, drafts, pages
from decisions.guide.saving import ELSEWHERE
from decisions.guide.sitting import Sitting
from decisions.guide.unfinished import Begun
from decisions.models import Draft
from decisions.partners import selectors
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest
from infoshare.days import london_today

from . import guidance, recipients
from .recipient_forms import RecipientForm
from .recipients import Offer
from .table import Recipient

Details = dict[str, Any]


def of_a_share(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view of a draft whose decision is to share; any other leads to the decision."""

    @wraps(view)
    def opened(request: SignedInRequest, the_draft: Draft, sitting: Sitting, **kwargs: Any) -> HttpResponse:
        if not after.shares(the_draft):
            return redirect("guide:recommendation", the_draft.pk)
        return view(request, the_draft, sitting, **kwargs)

    return pages.of_a_draft(opened)


def saved(the_draft: Draft, form: forms.Form, change: Callable[[Details], None]) -> bool:
    """Change the draft's details; where another tab saved something else, the form says so."""
    try:
        drafts.change_details(the_draft, change)
    except drafts.Conflict:
        the_draft.refresh_from_db()
        form.add_error(None, ELSEWHERE)
        return False
    return True


def page(
    request: SignedInRequest, name: str, the_draft: Draft, form: forms.Form, begun: Begun, **context: Any
) -> HttpResponse:
    if begun.typing:
        form.still_being_typed()  # type: ignore[attr-defined]
    status = 409 if ELSEWHERE in form.non_field_errors() else 200
    around = {"form": form, "draft": the_draft, "begun": begun, **context}
    return render(request, f"guide/sharing/{name}.html", around, status=status)


def onwards(the_draft: Draft, sitting: Sitting) -> str:
    """The next page; before it, for each recipient, what is still to be said of them."""
    for each in guidance.recipients_of(the_draft):
        if each.is_open:  # told in an emergency, and nobody said how
            return reverse("guide:recipient", args=[the_draft.pk, each.id])
        if not each.link and guidance.asks_link(sitting, each.kind):
            return reverse("guide:recipient_link", args=[the_draft.pk, each.id])
    return pages.after_decision(the_draft)


def offer(by: Membership, kind: str, sitting: Sitting) -> Offer:
    subject = str(sitting.given.get("subject", ""))
    return recipients.offered(selectors.directory(by), kind, london_today(), subject)


def chosen(by: Membership, form: RecipientForm, the_draft: Draft, sitting: Sitting, this: str = "") -> Recipient:
    """`this`: the id of the one in whose place it comes."""
    said = form.cleaned_data
    if said["partner"]:
        partner = selectors.partner_for(by, int(said["partner"]))
        return recipients.from_directory(partner, known_link(the_draft, sitting, partner.kind, this))
    return recipients.typed(said, by, known_link(the_draft, sitting, said["kind"]))


def add(details: Details, new: Recipient) -> None:
    """One more. Two tabs that add different ones both keep theirs; the same contact is not there twice."""
    there = details.setdefault("recipients", [])
    if not new.partner or new.partner not in [each.get("partner") for each in there]:
        there.append(asdict(new))


def known_link(the_draft: Draft, sitting: Sitting, kind: str, this: str = "") -> str:
    """What the guide was told of the recipient it asked about; another one of that kind is asked about afresh."""
    there = guidance.recipients_of(the_draft)
    others = [each.kind for each in there if each.id != this and not each.is_open]
    known = kind == sitting.given.get("recipient") and kind not in others
    return str(sitting.given.get(guidance.LINK, "")) if known else ""


def lines(the_draft: Draft) -> list[tuple[Recipient, str]]:
    """The recipients, each with what to do before anything is sent to them."""
    there = guidance.recipients_of(the_draft)
    today, now = london_today(), recipients.current(the_draft.organisation, there)
    return [(each, recipients.warning(each, now.get(each.partner or 0), today)) for each in there]
