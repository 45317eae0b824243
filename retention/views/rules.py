"""Rules: the list, one rule with its history, a change seen before it is asked for, and its approval."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post
from infoshare.accounts.roles import Permission
from retention import periods, selectors, services, simulation
from retention.forms.deciding import DecideForm
from retention.forms.rules import RuleForm
from retention.models import RuleProposal, RuleVersion
from retention.tables import keeping as others
from retention.tables import rules as tables

from .who import administrator, reviewer

FIELDS = ("years", "adopted", "mandate", "reason")


@require_safe
def rules(request: SignedInRequest) -> HttpResponse:
    organisation = reviewer(request).organisation
    services.adopt_defaults(organisation)
    context = {
        "columns": tables.RULES,
        "rules": tables.rules(selectors.rules(organisation)),
        "others_columns": others.OTHERS,
        "others": others.others(periods.periods(organisation)),
    }
    return render(request, "retention/rules.html", context)


def _version(membership: Membership, pk: int) -> RuleVersion:
    """The version in force of a rule of the person's own organisation; any other rule does not exist for them."""
    version = selectors.rules(membership.organisation).filter(rule=pk).first()
    if version is None:
        raise Http404
    return version


@require_safe
def rule(request: SignedInRequest, pk: int) -> HttpResponse:
    membership = reviewer(request)
    version = _version(membership, pk)
    waiting = selectors.waiting_proposal(version)
    context = {
        "version": version,
        "rows": tables.rule(version),
        "waiting": waiting,
        "proposed": tables.proposed(version, waiting) if waiting else [],
        "may_change": membership.may(Permission.SET_RETENTION),
        "columns": tables.VERSIONS,
        "versions": tables.versions(version.rule.versions.select_related("made_by", "approved_by")),
    }
    return render(request, "retention/rule.html", context)


@get_or_post
def change_rule(request: SignedInRequest, pk: int) -> HttpResponse:
    """A form, then a preview of what it changes, then the request to a second person. Nothing changes here."""
    membership = administrator(request)
    version = _version(membership, pk)
    initial = {
        "adopted": "yes" if version.adopted else "no",
        "years": version.years,
        "mandate": version.mandate,
        "based_on": version.version,
    }
    form = RuleForm(request.POST or None, initial=initial)
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid() and step in ("preview", "save"):
        if form.cleaned_data["based_on"] != version.version:
            return _overtaken(request, version, form)
        if step == "preview":
            return _preview(request, version, form)
        return _ask(request, membership, version, form)
    return _form(request, version, form)


def _form(request: SignedInRequest, version: RuleVersion, form: RuleForm, **more: Any) -> HttpResponse:
    rows = more.pop("rows", [])
    return render(request, "retention/change_rule.html", {"version": version, "form": form, "rows": rows}, **more)


def _preview(request: SignedInRequest, version: RuleVersion, form: RuleForm) -> HttpResponse:
    asked = {name: form.cleaned_data[name] for name in FIELDS}
    context = {
        "version": version,
        "form": form,
        "rows": tables.proposal(version, **asked),
        "effect": simulation.preview(version, asked["years"], asked["adopted"]),
    }
    return render(request, "retention/confirm_rule.html", context)


def _ask(request: SignedInRequest, by: Membership, version: RuleVersion, form: RuleForm) -> HttpResponse:
    try:
        services.propose_rule(rule=version.rule, by=by, **form.cleaned_data)
    except services.RuleChangedMeanwhile:
        return _overtaken(request, version, form)
    except ValidationError as error:
        form.add_error(None, error)
        return _form(request, version, form)
    messages.success(request, "The change waits for a second person. The rule stays as it is until they agree.")
    return redirect("retention:rule", version.rule_id)


def _overtaken(request: SignedInRequest, version: RuleVersion, form: RuleForm) -> HttpResponse:
    """What the person typed stays on the page, with the rule as it is now."""
    version = selectors.rules(version.organisation).get(rule=version.rule_id)
    form.data = {**request.POST.dict(), "based_on": version.version}
    form.add_error(None, "Someone else changed this rule while you had it open. It is shown above as it is now.")
    return _form(request, version, form, rows=tables.rule(version), status=409)


@get_or_post
def decide_rule(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person sees what changes, as of now, and decides."""
    membership = reviewer(request)
    proposal = selectors.proposal(membership.organisation, pk)
    if proposal is None:
        raise Http404
    version = _version(membership, proposal.rule_id)
    form = DecideForm(request.POST or None)
    if form.is_valid() and _decided(request, membership, proposal, form):
        return redirect("retention:rule", version.rule_id)
    context = {
        "form": form,
        "heading": f"Change the rule: {version.name}",
        "rows": tables.proposed(version, proposal),
        "effect": simulation.preview(version, proposal.years, proposal.adopted),
        "why_not": services.why_not(proposal, membership),
        "waiting": proposal.is_waiting,
    }
    return render(request, "retention/decide_rule.html", context)


def _decided(request: SignedInRequest, by: Membership, proposal: RuleProposal, form: DecideForm) -> bool:
    try:
        services.decide_proposal(proposal=proposal, by=by, approve=form.agrees, because=form.cleaned_data["because"])
    except services.AlreadyDecided:
        form.add_error(None, "This has been decided already.")
        return False
    except services.RuleChangedMeanwhile:
        form.add_error(None, "The rule changed after this was asked for. Ask for it again from the rule’s page.")
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    told = "The rule is changed. Due dates follow in the next sweep." if form.agrees else "The rule stays as it is."
    messages.success(request, told)
    return True
