"""The sharing pages: items, their marks, recipients, who gets what, and what that could do. Thin."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from decisions.guide import after, drafts, held, pages
from decisions.guide.sitting import Sitting
from decisions.models import Draft
from decisions.outcomes import Outcome
from decisions.partners import selectors
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import london_today

from . import guidance, items, recipients
from .forms import AD_HOC, ImpactForm, ItemsForm, LinkForm, MarksForm, RecipientForm, TableForm, ToldForm
from .table import Recipient

Details = dict[str, Any]
ELSEWHERE = "This page was saved in another tab or on another device. Select Continue to keep this one"


def of_a_share(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view of a draft whose decision is to share; any other leads to the decision."""

    @wraps(view)
    def opened(request: SignedInRequest, the_draft: Draft, sitting: Sitting, **kwargs: Any) -> HttpResponse:
        if not after.shares(the_draft):
            return redirect("guide:decision", the_draft.pk)
        return view(request, the_draft, sitting, **kwargs)

    return pages.of_a_draft(opened)


def typed(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else held.take(request)


def save(
    request: SignedInRequest, the_draft: Draft, form: forms.Form, change: Callable[[Details], None]
) -> HttpResponse | None:
    """Change the draft's details and go on; None where another tab saved something else, which the form then says."""
    try:
        drafts.change_details(the_draft, change)
    except drafts.Conflict:
        the_draft.refresh_from_db()
        form.add_error(None, ELSEWHERE)
        return None
    return redirect(pages.after_decision(the_draft))


def page(request: SignedInRequest, name: str, the_draft: Draft, form: forms.Form, **context: Any) -> HttpResponse:
    status = 409 if ELSEWHERE in form.non_field_errors() else 200
    return render(request, f"guide/sharing/{name}.html", {"form": form, "draft": the_draft, **context}, status=status)


def texts(found: list[Details]) -> list[str] | None:
    return [item["text"] for item in found] or None


@get_or_post
@of_a_share
def items_page(request: SignedInRequest, the_draft: Draft, _: Sitting) -> HttpResponse:
    saved = the_draft.details.get("items", [])
    form = ItemsForm(typed(request), initial={"items": "\n".join(texts(saved) or [])})
    if request.method == "POST" and form.is_valid():
        new, seen = form.cleaned_data["items"], request.POST.get("seen", "")

        def change(details: Details) -> None:
            was = details.get("items", [])
            drafts.refuse_conflict(texts(was), new, seen)
            details["items"] = items.merge(was, new)
            rows = details.get("sharing", {}).get("rows", {})
            for now, before in items.corrected(was, details["items"]).items():
                rows[now] = rows.get(before, {})

        if response := save(request, the_draft, form, change):
            return response
    seen_now = drafts.fingerprint(texts(the_draft.details.get("items", [])))
    return page(request, "items", the_draft, form, seen=seen_now)


@get_or_post
@of_a_share
def marks_page(request: SignedInRequest, the_draft: Draft, _: Sitting) -> HttpResponse:
    found, saved = the_draft.details.get("items", []), the_draft.details.get("marks", {})
    if not found:
        return redirect("guide:items", the_draft.pk)
    form = MarksForm(found, typed(request), initial=MarksForm.initial_of(found, saved))
    if request.method == "POST" and form.is_valid():
        marks, seen = form.marks(), request.POST.get("seen", "")

        def change(details: Details) -> None:
            drafts.refuse_conflict(details.get("marks"), marks, seen)
            details["marks"] = marks

        if response := save(request, the_draft, form, change):
            return response
    suggested = any(item["id"] not in saved and items.suggested(item["text"]) for item in found)
    seen_now = drafts.fingerprint(the_draft.details.get("marks"))
    return page(request, "marks", the_draft, form, seen=seen_now, suggested=suggested)


@get_or_post
@of_a_share
def recipients_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    by = membership_for(request, Permission.DECIDE)
    chosen = guidance.recipients_of(the_draft)
    form = _recipient_form(request, by, "" if chosen else sitting.given.get("recipient", ""))
    if request.method == "POST":
        if chosen and form.is_empty:
            return _after_recipients(the_draft)
        if form.is_valid():
            return _add(request, by, the_draft, sitting, form)
    today, now = london_today(), recipients.current(the_draft.organisation, chosen)
    lines = [(each, recipients.warning(each, now.get(each.partner or 0), today)) for each in chosen]
    outside = not form.fields["partner"].choices[1:]  # type: ignore[attr-defined]
    opened = outside or any(form.errors.get(name) for name in AD_HOC)
    return page(request, "recipients", the_draft, form, lines=lines, opened=opened, outside=outside)


def _after_recipients(the_draft: Draft) -> HttpResponse:
    """On, but first to whoever was told in an emergency and nobody said how."""
    left = next((each.id for each in guidance.recipients_of(the_draft) if each.is_open), None)
    return redirect("guide:recipient", the_draft.pk, left) if left else redirect(pages.after_decision(the_draft))


def _recipient_form(request: SignedInRequest, by: Membership, kind: str, **initial: Any) -> RecipientForm:
    groups = recipients.offered(selectors.directory(by), kind, london_today())
    return RecipientForm(groups, typed(request), initial={"kind": kind, **initial})


def _add(
    request: SignedInRequest, by: Membership, the_draft: Draft, sitting: Sitting, form: RecipientForm
) -> HttpResponse:
    """One more recipient. Two tabs that add different ones both keep theirs."""
    new = _chosen(by, form, the_draft, sitting)

    def change(details: Details) -> None:
        details.setdefault("recipients", []).append(asdict(new))

    drafts.change_details(the_draft, change)
    if not new.link and guidance.asks_link(sitting, new.kind):
        return redirect("guide:recipient_link", the_draft.pk, new.id)
    if request.POST.get("step") == "another":
        return redirect("guide:recipients", the_draft.pk)
    return redirect(pages.after_decision(the_draft))


def _chosen(by: Membership, form: RecipientForm, the_draft: Draft, sitting: Sitting) -> Recipient:
    said = form.cleaned_data
    if said["partner"]:
        partner = selectors.partner_for(by, int(said["partner"]))
        return recipients.from_directory(partner, _known_link(the_draft, sitting, partner.kind))
    return recipients.typed(said, by, _known_link(the_draft, sitting, said["kind"]))


def _known_link(the_draft: Draft, sitting: Sitting, kind: str, this: str = "") -> str:
    """What the guide was told of the recipient it asked about; another one of that kind is asked about afresh."""
    there = guidance.recipients_of(the_draft)
    others = [each.kind for each in there if each.id != this and not each.is_open]
    known = kind == sitting.given.get("recipient") and kind not in others
    return str(sitting.given.get(guidance.LINK, "")) if known else ""


@get_or_post
@of_a_share
def recipient_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting, recipient_id: str) -> HttpResponse:
    """Change somebody who is not in the directory, or say how somebody was told in an emergency."""
    by, recipient = membership_for(request, Permission.DECIDE), _recipient(the_draft, recipient_id)
    if recipient.partner:
        return redirect("guide:recipient_link", the_draft.pk, recipient_id)
    not_checked = not recipient.is_open and not recipient.verified_how
    initial = {**asdict(recipient), "how": recipient.verified_how, "not_checked": not_checked, "partner": ""}
    form = (ToldForm if recipient.is_open else RecipientForm)([], typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        link = recipient.link if recipient.verified_how else _known_link(the_draft, sitting, said["kind"], recipient_id)
        new = recipients.typed(said, by, link, recipient_id)
        _replace(the_draft, new)
        if not new.link and guidance.asks_link(sitting, new.kind):
            return redirect("guide:recipient_link", the_draft.pk, new.id)
        return _after_recipients(the_draft) if recipient.is_open else redirect("guide:recipients", the_draft.pk)
    return page(request, "recipient", the_draft, form, recipient=recipient)


@get_or_post
@of_a_share
def link_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting, recipient_id: str) -> HttpResponse:
    recipient = _recipient(the_draft, recipient_id)
    question = sitting.ruleset.question(guidance.LINK)
    form = LinkForm(question, typed(request), initial={"link": recipient.link})
    if request.method == "POST" and form.is_valid():
        _replace(the_draft, Recipient(**{**asdict(recipient), "link": form.cleaned_data["link"]}))
        return redirect("guide:recipients", the_draft.pk)
    return page(request, "link", the_draft, form, recipient=recipient)


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


def _replace(the_draft: Draft, recipient: Recipient) -> None:
    def change(details: Details) -> None:
        kept = details.get("recipients", [])
        details["recipients"] = [asdict(recipient) if each["id"] == recipient.id else each for each in kept]

    drafts.change_details(the_draft, change)


@get_or_post
@of_a_share
def impact_page(request: SignedInRequest, the_draft: Draft, _: Sitting) -> HttpResponse:
    form = ImpactForm(typed(request), initial=the_draft.details.get("impact"))
    if request.method == "POST" and form.is_valid():
        said, seen = form.cleaned_data, request.POST.get("seen", "")

        def change(details: Details) -> None:
            drafts.refuse_conflict(details.get("impact"), said, seen)
            details["impact"] = said

        if response := save(request, the_draft, form, change):
            return response
    return page(request, "impact", the_draft, form, seen=drafts.fingerprint(the_draft.details.get("impact")))


@get_or_post
@of_a_share
def table_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    opened = after.first_open(the_draft)
    if opened and opened.page in ("guide:items", "guide:marks", "guide:recipients"):
        return redirect(opened.page, the_draft.pk)
    table, decided = guidance.table_of(the_draft, sitting), after.decided(the_draft)
    form = TableForm(table, decided, typed(request))
    if request.method == "POST" and form.is_valid():
        said, seen = form.details(), request.POST.get("seen", "")

        def change(details: Details) -> None:
            drafts.refuse_conflict(details.get("sharing"), said, seen)
            details["sharing"] = said

        if response := save(request, the_draft, form, change):
            return response
    context = {
        "table": table,
        "rows": form.rows(),
        "seen": drafts.fingerprint(the_draft.details.get("sharing")),
        "outdated": table.problems(decided) if table.decided_on_every_cell and not form.is_bound else [],
        "limited": decided == Outcome.SHARE_LIMITED,
    }
    return page(request, "table", the_draft, form, **context)
