"""The records administrator's pages. They show references, outcomes and dates, never what a record says."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission

from . import selectors, services, simulation, tables
from .forms import RuleForm, SimulationForm
from .models import RuleVersion
from .schedule import in_words


def _administrator(request: SignedInRequest) -> Membership:
    return membership_for(request, Permission.SET_RETENTION)


@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    organisation = _administrator(request).organisation
    services.adopt_defaults(organisation)
    after = _edge(request.GET.get("after", ""))
    items, more = selectors.due_page(organisation, after)
    today, last = selectors.today(), selectors.last_swept(organisation)
    context = {
        "counts": selectors.due_counts(organisation, today),
        "due": tables.due(items),
        "due_columns": tables.DUE,
        "first": "?" if after else "",
        "next": "?" + urlencode({"after": f"{items[-1].due_on}~{items[-1].record_id}"}) if more else "",
        "last": last,
        "stalled": last is not None and today - last > timedelta(days=services.DAYS_WITHOUT_A_PERSON),
        "runs": tables.runs(selectors.runs(organisation)),
        "run_columns": tables.RUNS,
        "rules": tables.rules(selectors.rules(organisation)),
        "rule_columns": tables.RULES,
    }
    return render(request, "retention/desk.html", context)


def _edge(text: str) -> tuple[date, str] | None:
    """The (due day, reference) that a page follows. None for a hand-made value: then the first page is shown."""
    day, _, reference = text.partition("~")
    try:
        return date.fromisoformat(day), reference
    except ValueError:
        return None


@require_POST
def run(request: SignedInRequest) -> HttpResponse:
    """Run the sweep now. The person who presses the button has looked at the date, so a long gap does not stop it."""
    membership = _administrator(request)
    done = services.sweep(organisation=membership.organisation, as_of=selectors.today(), started_by=membership)
    messages.success(request, f"The sweep looked at {in_words(done.as_of)} and flagged {done.flagged:,} as due.")
    return redirect("retention:desk")


@require_safe
def simulate(request: SignedInRequest) -> HttpResponse:
    organisation = _administrator(request).organisation
    day: date | None = selectors.today()
    form = SimulationForm(request.GET or None, initial={"as_of": day})
    if form.is_bound:
        day = form.cleaned_data["as_of"] if form.is_valid() else None
    effects = simulation.simulate(organisation, day) if day else []
    context = {
        "form": form,
        "day": in_words(day) if day else "",
        "effects": tables.effects(effects),
        "columns": tables.EFFECTS,
        "flagged": sum(effect.flagged for effect in effects),
    }
    return render(request, "retention/simulate.html", context)


def _version(request: SignedInRequest, pk: int) -> tuple[Membership, RuleVersion]:
    """The version in force of a rule of the person's own organisation; any other rule does not exist for them."""
    membership = _administrator(request)
    version = selectors.rules(membership.organisation).filter(rule=pk).first()
    if version is None:
        raise Http404
    return membership, version


@require_safe
def rule(request: SignedInRequest, pk: int) -> HttpResponse:
    _, version = _version(request, pk)
    history = version.rule.versions.select_related("made_by")
    context = {
        "version": version,
        "rows": tables.rule(version),
        "versions": tables.versions(history),
        "columns": tables.VERSIONS,
    }
    return render(request, "retention/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_rule(request: SignedInRequest, pk: int) -> HttpResponse:
    """Three steps on one address: fill in, see what it would do, save."""
    membership, version = _version(request, pk)
    initial = {"years": version.years, "mandate": version.mandate, "based_on": version.version}
    form = RuleForm(request.POST or None, initial=initial)
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid() and step in ("preview", "save"):
        if form.cleaned_data["based_on"] != version.version:
            return _overtaken(request, version, form)
        if step == "preview":
            return _preview(request, version, form)
        return _save(request, membership, version, form)
    return render(request, "retention/change_rule.html", {"version": version, "form": form})


def _preview(request: SignedInRequest, version: RuleVersion, form: RuleForm) -> HttpResponse:
    proposed = {name: form.cleaned_data[name] for name in ("years", "mandate", "reason")}
    context: dict[str, Any] = {
        "version": version,
        "form": form,
        "rows": tables.proposal(version, **proposed),
        "effect": simulation.preview(version, proposed["years"]),
    }
    return render(request, "retention/confirm_rule.html", context)


def _save(request: SignedInRequest, membership: Membership, version: RuleVersion, form: RuleForm) -> HttpResponse:
    try:
        services.change_rule(rule=version.rule, by=membership, **form.cleaned_data)
    except services.RuleChangedMeanwhile:
        return _overtaken(request, version, form)
    messages.success(request, "The rule is changed. Due dates follow in tonight’s sweep, or when you run it now.")
    return redirect("retention:rule", version.rule_id)


def _overtaken(request: SignedInRequest, version: RuleVersion, form: RuleForm) -> HttpResponse:
    """What the person typed stays on the page, with the rule as it is now."""
    version = selectors.rules(version.organisation).get(rule=version.rule_id)
    form.data = {**request.POST.dict(), "based_on": version.version}
    form.add_error(None, "Someone else changed this rule while you had it open. It is shown above as it is now.")
    context = {"version": version, "form": form, "rows": tables.rule(version)}
    return render(request, "retention/change_rule.html", context, status=409)
