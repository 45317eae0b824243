"""The directory's pages: everybody who decides may look; IG leads keep it. Thin: who may, form, deed, next page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from decisions import services
from decisions.guide import held
from decisions.models import Partner
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import london_today

from . import csv_files, selectors, tables
from .forms import ImportForm, PartnerForm, RetireForm, SearchForm, VerifyForm

SHOWN = 100
CHANGED_MEANWHILE = (
    "Somebody changed this entry meanwhile. What it says now is shown below: {now}. Save again to keep yours"
)


@require_safe
def directory(request: SignedInRequest) -> HttpResponse:
    membership = membership_for(request, Permission.READ_DIRECTORY)
    form = SearchForm(request.GET)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {"words": "", "kind": "", "retired": False}
    everything = selectors.directory(membership, retired=wanted["retired"])
    found = selectors.search(everything, wanted["words"], wanted["kind"])
    context = {
        "form": form,
        "columns": tables.COLUMNS,
        "lines": tables.lines(found[:SHOWN], london_today()),
        "number": found.count(),
        "shown": SHOWN,
        "searching": any(wanted.values()),
        "may_keep": membership.may(Permission.KEEP_DIRECTORY),
    }
    return render(request, "partners/list.html", context)


@require_safe
def partner(request: SignedInRequest, partner_id: int) -> HttpResponse:
    membership = membership_for(request, Permission.READ_DIRECTORY)
    shown = selectors.partner_for(membership, partner_id)
    return render(request, "partners/partner.html", _told(membership, shown, RetireForm()))


def _told(membership: Membership, shown: Partner, retire_form: RetireForm) -> dict[str, Any]:
    standing = shown.standing(london_today())
    return {
        "partner": shown,
        "rows": tables.rows(shown),
        "standing": standing,
        "colour": tables.COLOURS[standing],
        "history": tables.history(shown.events.select_related("by")),
        "history_columns": ("Who", "When", "What"),
        "may_keep": membership.may(Permission.KEEP_DIRECTORY),
        "retire_form": retire_form,
    }


@get_or_post
def add(request: SignedInRequest) -> HttpResponse:
    by = membership_for(request, Permission.KEEP_DIRECTORY)
    form = PartnerForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add_partner(by=by, entry=form.entry())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{added} is in the directory, not verified. Check it, then verify it here.")
            return redirect("partners:partner", added.pk)
    return render(request, "partners/form.html", {"form": form, "partner": None, "back_url": reverse("partners:list")})


@get_or_post
def change(request: SignedInRequest, partner_id: int) -> HttpResponse:
    by, shown = _kept(request, partner_id)
    initial = {**services.entry_of(shown), "version": shown.version}
    form = PartnerForm(_typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        shown.version = form.cleaned_data["version"] or 0
        if response := _change(request, by, shown, form):
            return response
    context = {"form": form, "partner": shown, "back_url": reverse("partners:partner", args=[partner_id])}
    return render(request, "partners/form.html", context)


def _change(request: SignedInRequest, by: Membership, shown: Partner, form: PartnerForm) -> HttpResponse | None:
    """None where it could not be done; the form then says why and keeps what was typed."""
    try:
        changed = services.change_partner(by=by, partner=shown, entry=form.entry())
    except services.Stale as stale:
        now = stale.partner
        form.add_error(None, CHANGED_MEANWHILE.format(now=f"{now}, {now.get_channel_display()}, {now.address}"))
        _send_again(form, now)
        return None
    except ValidationError as error:
        form.add_error(None, error)
        return None
    again = "" if changed.verified_on else " Verify it before anyone relies on it."
    messages.success(request, f"Saved.{again}")
    return redirect("partners:partner", changed.pk)


@get_or_post
def verify(request: SignedInRequest, partner_id: int) -> HttpResponse:
    by, shown = _kept(request, partner_id)
    form = VerifyForm(_typed(request), initial={"version": shown.version})
    if request.method == "POST" and form.is_valid():
        shown.version = form.cleaned_data["version"]
        try:
            services.verify_partner(by=by, partner=shown, how=form.cleaned_data["how"])
        except services.Stale:
            form.add_error(None, "Somebody changed this entry meanwhile. Check it as it is now, then verify it")
            _send_again(form, selectors.partner_for(by, partner_id))
        else:
            messages.success(request, f"{shown} is verified.")
            return redirect("partners:partner", partner_id)
    shown = selectors.partner_for(by, partner_id)
    return render(request, "partners/verify.html", {"form": form, "partner": shown, "rows": tables.rows(shown)})


@require_POST
def retire(request: SignedInRequest, partner_id: int) -> HttpResponse:
    by, shown = _kept(request, partner_id)
    form = RetireForm(request.POST)
    if not form.is_valid():
        return render(request, "partners/partner.html", _told(by, shown, form), status=422)
    services.retire_partner(by=by, partner=shown, why=form.cleaned_data["why"])
    messages.success(request, f"{shown} is retired and is no longer offered. You can bring it back below.")
    return redirect("partners:partner", partner_id)


@require_POST
def restore(request: SignedInRequest, partner_id: int) -> HttpResponse:
    by, shown = _kept(request, partner_id)
    try:
        services.restore_partner(by=by, partner=shown)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{shown} is in use again.")
    return redirect("partners:partner", partner_id)


@get_or_post
def import_file(request: SignedInRequest) -> HttpResponse:
    """First a dry run: what would be added, or what is wrong and where. Then the deed, from the same text."""
    by = membership_for(request, Permission.KEEP_DIRECTORY)
    form, plan = ImportForm(_typed(request), request.FILES or None), csv_files.Plan()
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        plan = csv_files.read(text, london_today())
        if not plan.problems and request.POST.get("step") == "import":
            number = services.import_partners(by=by, entries=[(line.entry, line.stated) for line in plan.lines])
            messages.success(
                request, f"{tables.contacts(number)} added to the directory, not verified. Check each, then verify it."
            )
            return redirect("partners:list")
        form = ImportForm({"text": text})
        if plan.problems:
            form.add_error("text", f"Put right what is listed below ({len(plan.problems)}). Nothing was imported")
    new = [line for line in plan.lines if not services.same_as(by, line.entry).exists()]
    context = {"form": form, "there": len(plan.lines) - len(new), "new": tables.contacts(len(new)) if new else ""}
    context |= {"columns": tables.PREVIEW, "preview": tables.preview(new)}
    context |= {"problem_columns": tables.PROBLEM, "problems": tables.problems(plan.problems)}
    return render(request, "partners/import.html", context)


@require_safe
def sample(request: SignedInRequest) -> HttpResponse:
    membership_for(request, Permission.KEEP_DIRECTORY)
    headers = {"Content-Disposition": 'attachment; filename="directory-sample.csv"'}
    return HttpResponse("\ufeff" + csv_files.SAMPLE, content_type="text/csv; charset=utf-8", headers=headers)


def _send_again(form: forms.Form, now: Partner) -> None:
    """What was typed stays; sent again, it is of the entry as it is now."""
    form.data = {**form.data.dict(), "version": str(now.version)}  # type: ignore[attr-defined]


def _kept(request: SignedInRequest, partner_id: int) -> tuple[Membership, Partner]:
    by = membership_for(request, Permission.KEEP_DIRECTORY)
    return by, selectors.partner_for(by, partner_id)


def _typed(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else held.take(request)
