"""The sharing pages: what and to whom, what could lead to someone, and who gets what. Thin."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from decisions.guide import after, drafts, unfinished
from decisions.guide.sitting import Sitting
from decisions.models import Draft
from decisions.outcomes import Outcome
from infoshare.accounts.requests import SignedInRequest, get_or_post, membership_for
from infoshare.accounts.roles import Permission

from . import guidance, items, marking
from .forms import FirstForm, ItemsForm, MarksForm, TableForm
from .opening import Details, add, chosen, lines, of_a_share, offer, onwards, page, saved

FEW = 4  # cells that nobody needs a key for


def texts(found: list[Details]) -> list[str] | None:
    return [item["text"] for item in found] or None


@get_or_post
@of_a_share
def items_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    """What, and until there is a recipient also to whom. Others are added on their own page."""
    there, was = guidance.recipients_of(the_draft), texts(the_draft.details.get("items", []))
    begun = unfinished.begun(request, the_draft, was)
    form = _first_form(request, sitting, begun.data, was) if not there else _items_form(begun.data, was)
    if request.method == "POST" and form.is_valid():
        by = membership_for(request, Permission.DECIDE)
        new = chosen(by, form, the_draft, sitting) if isinstance(form, FirstForm) else None

        def change(details: Details) -> None:
            _merge(details, form.cleaned_data["items"], request.POST.get("seen", ""))
            if new:
                add(details, new)

        if saved(the_draft, form, change):
            another = request.POST.get("step") == "another"
            return redirect("guide:recipients", the_draft.pk) if another else redirect(onwards(the_draft, sitting))
    if guidance.must(sitting):
        form.fields["items"].label = "What will you share?"
    seen = drafts.fingerprint(texts(the_draft.details.get("items", [])))
    return page(request, "items", the_draft, form, begun, seen=seen, lines=lines(the_draft))


def _items_form(typed: Any, was: list[str] | None) -> ItemsForm:
    return ItemsForm(typed, initial={"items": "\n".join(was or [])})


def _first_form(request: SignedInRequest, sitting: Sitting, typed: Any, was: list[str] | None) -> FirstForm:
    by, kind = membership_for(request, Permission.DECIDE), sitting.given.get("recipient", "")
    return FirstForm(offer(by, kind, sitting), typed, initial={"kind": kind, "items": "\n".join(was or [])})


def _merge(details: Details, new: list[str], seen: str) -> None:
    """The items, and beside a corrected one what was typed of it before."""
    was = details.get("items", [])
    drafts.refuse_conflict(texts(was), new, seen)
    details["items"] = items.merge(was, new)
    rows = details.get("sharing", {}).get("rows", {})
    for now, before in items.corrected(was, details["items"]).items():
        rows[now] = rows.get(before, {})


@get_or_post
@of_a_share
def marks_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    found, marked = the_draft.details.get("items", []), the_draft.details.get("marks", {})
    if not found:
        return redirect("guide:items", the_draft.pk)
    begun = unfinished.begun(request, the_draft, the_draft.details.get("marks"))
    form = MarksForm(found, begun.data, initial=MarksForm.initial_of(found, marked))
    if request.method == "POST" and form.is_valid():
        marks, seen = form.marks(), request.POST.get("seen", "")

        def change(details: Details) -> None:
            drafts.refuse_conflict(details.get("marks"), marks, seen)
            details["marks"] = marks

        if saved(the_draft, form, change):
            return redirect(onwards(the_draft, sitting))
    suggested = any(item["id"] not in marked and items.suggested(item["text"]) for item in found)
    seen_now = drafts.fingerprint(the_draft.details.get("marks"))
    return page(request, "marks", the_draft, form, begun, seen=seen_now, suggested=suggested)


@get_or_post
@of_a_share
def table_page(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    opened = after.first_open(the_draft)
    if opened and opened.page in ("guide:items", "guide:marks"):
        return redirect(onwards(the_draft, sitting))
    table, decided = guidance.table_of(the_draft, sitting), after.decided(the_draft)
    begun = unfinished.begun(request, the_draft, _said(the_draft.details))
    harm = the_draft.details.get("impact", {})
    form = TableForm(table, decided, begun.data, impact=harm, purpose=guidance.need(sitting))
    if request.method == "POST" and form.is_valid():
        said, seen = {"sharing": form.details(), "impact": form.impact()}, request.POST.get("seen", "")

        def change(details: Details) -> None:
            drafts.refuse_conflict(_said(details), said, seen)
            details.update(said)

        if saved(the_draft, form, change):
            return redirect(onwards(the_draft, sitting))
    context = {
        "table": table,
        "lines": lines(the_draft),
        "rows": form.rows(),
        "seen": drafts.fingerprint(_said(the_draft.details)),
        "outdated": table.problems(decided) if table.decided_on_every_cell and not form.is_bound else [],
        "limited": decided == Outcome.SHARE_LIMITED,
        "other_reasons": any(row["reason"].value() for row in form.rows()),
        "not_marked": not marking.matter(the_draft),
        "harm_to_others": form.says_more_of_harm or guidance.others_in_danger(sitting),
        "many": len(table.cells) > FEW,
    }
    return page(request, "table", the_draft, form, begun, **context)


def _said(details: Details) -> Details | None:
    """What the page of who gets what keeps: the table, and what harm it could do."""
    return {name: details[name] for name in ("sharing", "impact") if name in details} or None
