"""Holds: the list, placing one after seeing what it covers, and lifting it by two people."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post
from infoshare.accounts.roles import Permission
from retention import covering, selectors, services
from retention.forms.deciding import DecideForm
from retention.forms.holds import HoldForm, LiftForm
from retention.models import Hold
from retention.tables import holds as tables
from retention.tables import records as record_tables

from .who import administrator, reviewer

SHOWN = 25


def reach(hold: Hold) -> dict[str, Any]:
    """What a hold covers: how many, and the first of them."""
    items = covering.covered(hold)
    return {
        "count": items[: selectors.COUNT_LIMIT + 1].count(),
        "covered": record_tables.due(items.select_related("rule_version")[:SHOWN]),
        "covered_columns": record_tables.DUE,
    }


@require_safe
def holds(request: SignedInRequest) -> HttpResponse:
    membership = reviewer(request)
    context = {
        "columns": tables.HOLDS,
        "holds": tables.holds(covering.holds(membership.organisation)),
        "may_set": membership.may(Permission.SET_RETENTION),
    }
    return render(request, "retention/holds.html", context)


@get_or_post
def place_hold(request: SignedInRequest) -> HttpResponse:
    """A form, then what it would cover, then the hold."""
    membership = administrator(request)
    services.adopt_defaults(membership.organisation)
    initial = {"scope": "record", "record": request.GET["record"]} if "record" in request.GET else None
    form = HoldForm(request.POST or None, initial=initial, organisation=membership.organisation)
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid() and step in ("preview", "save"):
        if step == "save":
            return _place(request, membership, form)
        return render(request, "retention/confirm_hold.html", {"form": form, "hold": form.hold, **reach(form.hold)})
    return render(request, "retention/place_hold.html", {"form": form})


def _place(request: SignedInRequest, by: Membership, form: HoldForm) -> HttpResponse:
    told = {name: form.cleaned_data[name] for name in ("scope", "mandate", "reason", "review_on")}
    hold = services.place_hold(organisation=by.organisation, by=by, **told, **form.what)
    messages.success(request, "The hold is in force. Nothing that it covers can be destroyed.")
    return redirect("retention:hold", hold.pk)


def _hold(membership: Membership, pk: int) -> Hold:
    found: Hold | None = covering.holds(membership.organisation).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def hold(request: SignedInRequest, pk: int) -> HttpResponse:
    membership = reviewer(request)
    found = _hold(membership, pk)
    context = {
        "hold": found,
        "rows": tables.hold(found),
        "lifting": selectors.waiting_lifting(found),
        "may_set": membership.may(Permission.SET_RETENTION),
        **reach(found),
    }
    return render(request, "retention/hold.html", context)


@get_or_post
def lift_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks only. What the hold covers is shown again, because it may have grown."""
    membership = administrator(request)
    found = _hold(membership, pk)
    if not found.in_force:
        raise Http404
    form = LiftForm(request.POST or None)
    if form.is_valid():
        try:
            with transaction.atomic():
                services.ask_to_lift(hold=found, by=membership, reason=form.cleaned_data["reason"])
        except IntegrityError:
            form.add_error(None, "Someone has already asked to lift this hold.")
        else:
            messages.success(request, "Your request waits for a second person. The hold stays until they agree.")
            return redirect("retention:hold", pk)
    return render(request, "retention/lift_hold.html", {"form": form, "hold": found, **reach(found)})


@get_or_post
def decide_lifting(request: SignedInRequest, pk: int) -> HttpResponse:
    membership = reviewer(request)
    lifting = selectors.lifting(membership.organisation, pk)
    if lifting is None:
        raise Http404
    form = DecideForm(request.POST or None)
    if form.is_valid():
        told = {"approve": form.agrees, "because": form.cleaned_data["because"]}
        try:
            services.decide_lifting(lifting=lifting, by=membership, **told)
        except services.AlreadyDecided:
            form.add_error(None, "This has been decided already.")
        else:
            said = "The hold is lifted. The next sweep looks at what it covered."
            messages.success(request, said if form.agrees else "The hold stays in force.")
            return redirect("retention:hold", lifting.hold_id)
    context = {
        "form": form,
        "rows": tables.lifting(lifting),
        "why_not": services.why_not(lifting, membership),
        "waiting": lifting.is_waiting,
        **reach(lifting.hold),
    }
    return render(request, "retention/decide_lifting.html", context)
