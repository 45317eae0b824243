"""Who may know of a record, and stepping back from one."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from decisions import permissions, selectors, services
from decisions.models import DecisionRecord, Recusal, Restriction, VisibilityChange
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post
from infoshare.accounts.roles import Permission
from infoshare.days import clock_words

from . import not_yours
from .reader import reader
from .sentences import sentence
from .visibility_forms import LIFT, RECUSE, RESTRICT, RETURN, StepBackForm, VisibilityForm


@get_or_post
def visibility(request: SignedInRequest, reference: str) -> HttpResponse:
    """What keeps somebody out is first shown with who will still read it; nothing is written before that is agreed."""
    membership = reader(request)
    record = selectors.record_for(membership, reference)
    permissions.check_may_open_or_close(membership, record)
    form = VisibilityForm(membership, record, request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.POST.get("step") != "edit" and form.is_valid():
        try:
            if form.cleaned_data["deed"] in (RESTRICT, RECUSE) and request.POST.get("step") != "save":
                return render(request, "log/confirm_closing.html", _asked(form, record, membership))
            _do(record, membership, form.cleaned_data)
        except services.NobodyWouldRead:
            form.add_error("person" if form.cleaned_data["deed"] == RECUSE else "readers", last_lead(record))
        else:
            messages.success(request, "It has been changed, and counts from now on.")
            still_open = permissions.may_know_of(membership, record)
            return redirect("log:visibility", reference) if still_open else redirect("log:list")
    return render(request, "log/visibility.html", {"form": form, "record": record, **_now(record)})


def _asked(form: VisibilityForm, record: DecisionRecord, by: Membership) -> dict[str, Any]:
    """Who would still read it: found by doing it and taking it back, so that the page cannot differ from the deed."""
    said = form.cleaned_data
    with transaction.atomic():
        _do(record, by, said)
        left = selectors.readers(record)
        transaction.set_rollback(True)
    named = [] if said["deed"] == RECUSE else said["readers"]
    return {
        "form": form,
        "record": record,
        "sentence": sentence(record),
        "person": said["person"].user.name if said["deed"] == RECUSE else "",
        "left": left,
        "in_vain": [each.user.name for each in named if each not in left],
        "self": by not in left,
    }


def last_lead(record: DecisionRecord) -> str:
    """What to do first, and whom to ask."""
    names = " or ".join(each.name for each in not_yours.administrators_of(record.organisation))
    return (
        "It would leave no information-governance lead who can read this record and undo it. First ask "
        f"{names or 'your system administrator'} to give one more person the role of information-governance lead"
    )


def _do(record: DecisionRecord, by: Membership, said: dict[str, Any]) -> None:
    reason = said["reason"]
    if said["deed"] == RESTRICT:
        services.restrict(record=record, by=by, readers=[by, *said["readers"]], reason=reason)
    elif said["deed"] == LIFT:
        services.lift(record=record, by=by, reason=reason)
    elif said["deed"] == RECUSE:
        services.recuse(record=record, by=by, person=said["person"].user, reason=reason)
    elif said["deed"] == RETURN:
        services.end_recusal(record=record, by=by, person=said["back"].user, reason=reason)


def _now(record: DecisionRecord) -> dict[str, Any]:
    """How it stands, and how it came to."""
    restriction = Restriction.objects.within(record.organisation).filter(record=record).first()
    recused = Recusal.objects.within(record.organisation).filter(record=record).select_related("person")
    changes = VisibilityChange.objects.within(record.organisation).filter(record=record).select_related("by")
    return {
        "readers": sorted(reader.name for reader in restriction.readers.all()) if restriction else [],
        "recused": [each.person.name for each in recused],
        "columns": ("When", "Who", "What", "Why"),
        "table_rows": [(clock_words(each.at), each.by.name, _what(each), each.reason) for each in changes],
        "sentence": sentence(record),
    }


def _what(change: VisibilityChange) -> str:
    return f"{change.get_kind_display()} {', '.join(change.names)}".strip()


@get_or_post
def step_back(request: SignedInRequest, reference: str) -> HttpResponse:
    membership = reader(request)
    record = selectors.record_for(membership, reference)
    permissions.check_may_step_back(membership, record)
    form = StepBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.recuse(record=record, by=membership, person=membership.user, reason=reason)
        except services.NobodyWouldRead:
            form.add_error(None, last_lead(record))
        else:
            messages.success(request, "You have stepped back. This record is closed to you.")
            return redirect("log:list")
    left = [each for each in selectors.readers(record) if each.pk != membership.pk]
    leads = [each for each in left if each.may(Permission.REVIEW_RECORDS) and each.user_id != record.author_id]
    may_not = "" if leads else last_lead(record)
    context = {"form": form, "record": record, "sentence": sentence(record), "left": left, "may_not": may_not}
    return render(request, "log/step_back.html", context)
