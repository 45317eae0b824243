"""The recipients of a draft: the list, one of them changed, who could see what they get, and one taken away. Thin."""

from dataclasses import asdict, replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from decisions.guide import drafts, unfinished
from decisions.guide.sitting import Sitting
from decisions.models import Draft
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post, membership_for
from infoshare.accounts.roles import Permission

from . import guidance, recipients
from .opening import Details, add, chosen, known_link, lines, of_a_share, offer, onwards, page
from .recipient_forms import CHECK_OF, LinkForm, RecipientForm, ToldForm
from .recipients import Offer
from .table import Recipient


@get_or_post
@of_a_share
def recipients_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    by, there = membership_for(request, Permission.DECIDE), guidance.recipients_of(the_draft)
    kept = [each.id for each in there]
    begun = unfinished.begun(request, the_draft, kept)
    kind = "" if there else sitting.given.get("recipient", "")
    form = RecipientForm(offer(by, kind, sitting), begun.data, initial={"kind": kind})
    if request.method == "POST":
        if there and form.is_empty:
            return redirect(onwards(the_draft, sitting))
        if form.is_valid():
            new = chosen(by, form, the_draft, sitting)
            drafts.change_details(the_draft, lambda details: add(details, new))
            another = request.POST.get("step") == "another"
            return redirect("guide:recipients", the_draft.pk) if another else redirect(onwards(the_draft, sitting))
    seen = drafts.fingerprint(kept)
    return page(request, "recipients", the_draft, form, begun, seen=seen, lines=lines(the_draft))


@get_or_post
@of_a_share
def recipient_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting, recipient_id: str) -> HttpResponse:
    """Change who it is, from the directory or typed; or say how somebody was told in an emergency."""
    by, recipient = membership_for(request, Permission.DECIDE), _recipient(the_draft, recipient_id)
    begun = unfinished.begun(request, the_draft, asdict(recipient))
    kind, offered = (ToldForm, Offer()) if recipient.is_open else (RecipientForm, offer(by, recipient.kind, sitting))
    form = kind(offered, begun.data, initial=kind.initial_of(recipient, offered))
    if request.method == "POST" and form.is_valid():
        new = _changed(by, form, the_draft, sitting, recipient)
        _replace(the_draft, new, recipient_id)
        asks = not new.link and guidance.asks_link(sitting, new.kind)
        on = asks or recipient.is_open
        return redirect(onwards(the_draft, sitting)) if on else redirect("guide:recipients", the_draft.pk)
    return page(request, "recipient", the_draft, form, begun, seen=_seen(recipient), recipient=recipient)


def _changed(by: Membership, form: RecipientForm, the_draft: Draft, sitting: Sitting, was: Recipient) -> Recipient:
    """The same one with other particulars; or another contact, of whom nothing is decided yet."""
    said = form.cleaned_data
    if said["partner"]:
        new = chosen(by, form, the_draft, sitting, was.id)
        return replace(new, id=was.id, link=was.link) if new.partner == was.partner else new
    other = any(said[name] != getattr(was, name) for name in CHECK_OF)
    if other and not (was.partner or was.is_open):
        link = ""  # nobody was asked who could see or hear it there
    elif was.verified_how and not was.partner:
        link = was.link
    else:
        link = known_link(the_draft, sitting, said["kind"], was.id)
    return recipients.typed(said, by, link, "" if was.partner else was.id)


@get_or_post
@of_a_share
def link_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting, recipient_id: str) -> HttpResponse:
    recipient = _recipient(the_draft, recipient_id)
    begun = unfinished.begun(request, the_draft, asdict(recipient))
    form = LinkForm(sitting.ruleset.question(guidance.LINK), begun.data, initial={"link": recipient.link})
    if request.method == "POST" and form.is_valid():
        _replace(the_draft, replace(recipient, link=form.cleaned_data["link"]), recipient_id)
        return redirect("guide:recipients", the_draft.pk) if recipient.link else redirect(onwards(the_draft, sitting))
    return page(request, "link", the_draft, form, begun, seen=_seen(recipient), recipient=recipient)


@require_POST
@of_a_share
def remove_recipient(request: SignedInRequest, the_draft: Draft, _: Sitting, recipient_id: str) -> HttpResponse:
    def change(details: Details) -> None:
        details["recipients"] = [each for each in details.get("recipients", []) if each["id"] != recipient_id]

    drafts.change_details(the_draft, change)
    return redirect("guide:recipients", the_draft.pk)


def _recipient(the_draft: Draft, recipient_id: str) -> Recipient:
    found = next((each for each in guidance.recipients_of(the_draft) if each.id == recipient_id), None)
    if found is None:
        raise Http404("There is no such recipient in this draft.")
    return found


def _seen(recipient: Recipient) -> str:
    return drafts.fingerprint(asdict(recipient))


def _replace(the_draft: Draft, new: Recipient, recipient_id: str) -> None:
    """In the place of the one of this id. A contact that is there already is not there twice."""

    def change(details: Details) -> None:
        kept = [asdict(new) if each["id"] == recipient_id else each for each in details.get("recipients", [])]
        details["recipients"] = [each for each in kept if not _again(each, new)]

    drafts.change_details(the_draft, change)


def _again(each: Details, new: Recipient) -> bool:
    return bool(new.partner) and each.get("partner") == new.partner and each["id"] != new.id
