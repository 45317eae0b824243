"""The system administrator's pages. Thin: who may, form, deed, message, next page."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from infoshare.outbox.selectors import refused

from . import selectors, services, tables
from .forms import InvitationForm, MembershipForm, OrganisationForm, TeamForm
from .models import Membership, Organisation, Team
from .requests import SignedInRequest, get_or_post, membership_for
from .roles import Permission

P = ParamSpec("P")
Made = TypeVar("Made")
LIST = "administration:organisations"


def attempt(form: forms.Form, deed: Callable[P, Made], *args: P.args, **kwargs: P.kwargs) -> Made | None:
    """Do it, or put into the form why it cannot be done."""
    try:
        return deed(*args, **kwargs)
    except ValidationError as error:
        form.add_error(None, error)
    return None


def _page(*ids: int) -> str:
    """The address of an organisation or, with a second id, of a person in it."""
    return reverse("administration:organisation" if len(ids) == 1 else "administration:person", args=ids)


@require_safe
def organisations(request: SignedInRequest) -> HttpResponse:
    membership_for(request, Permission.ADMINISTER)
    rows = tables.organisations(selectors.organisations())
    return render(request, "accounts/organisations.html", {"columns": tables.ORGANISATIONS, "rows": rows})


@get_or_post
def add_organisation(request: SignedInRequest) -> HttpResponse:
    by = membership_for(request, Permission.ADMINISTER)
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (added := attempt(form, services.create_organisation, by=by, **form.profile())):
        messages.success(request, f"{added.name} has been added. Add its people next.")
        return redirect("administration:organisation", added.pk)
    context = {"form": form, "organisation": None, "back_url": reverse(LIST)}
    return render(request, "accounts/organisation_form.html", context)


@require_safe
def organisation(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    membership_for(request, Permission.ADMINISTER)
    shown = get_object_or_404(Organisation, pk=organisation_id)
    context = {
        "organisation": shown,
        "profile": tables.profile(shown),
        "teams": tables.teams(selectors.teams_of(shown)),
        "columns": tables.PEOPLE,
        "people": tables.people(selectors.people_of(shown), refused(shown.pk)),
        "back_url": reverse(LIST),
    }
    return render(request, "accounts/organisation.html", context)


@get_or_post
def change_organisation(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    by = membership_for(request, Permission.ADMINISTER)
    shown, back = get_object_or_404(Organisation, pk=organisation_id), _page(organisation_id)
    initial = OrganisationForm.initial_of(shown)
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    if (
        form.is_valid()
        and attempt(form, services.change_organisation, by=by, organisation=shown, **form.profile()) is not None
    ):
        messages.success(request, "The legal profile has been saved.")
        return redirect(back)
    return render(request, "accounts/organisation_form.html", {"form": form, "organisation": shown, "back_url": back})


@get_or_post
def add_team(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    by = membership_for(request, Permission.ADMINISTER)
    shown, back = get_object_or_404(Organisation, pk=organisation_id), _page(organisation_id)
    form = TeamForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (
        team := attempt(form, services.add_team, by=by, organisation=shown, name=form.cleaned_data["name"])
    ):
        messages.success(request, f"The team {team.name} has been added.")
        return redirect(back)
    context = {"form": form, "organisation": shown, "team": None, "back_url": back}
    return render(request, "accounts/team_form.html", context)


@get_or_post
def rename_team(request: SignedInRequest, organisation_id: int, team_id: int) -> HttpResponse:
    by = membership_for(request, Permission.ADMINISTER)
    team: Team = get_object_or_404(Team, pk=team_id, organisation=organisation_id)
    back = _page(organisation_id)
    form = TeamForm(request.POST if request.method == "POST" else None, initial={"name": team.name})
    if form.is_valid() and (
        renamed := attempt(form, services.rename_team, by=by, team=team, name=form.cleaned_data["name"])
    ):
        messages.success(request, f"The team is now called {renamed.name}.")
        return redirect(back)
    context = {"form": form, "organisation": team.organisation, "team": team, "back_url": back}
    return render(request, "accounts/team_form.html", context)


@get_or_post
def invite_person(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    by = membership_for(request, Permission.ADMINISTER)
    shown, back = get_object_or_404(Organisation, pk=organisation_id), _page(organisation_id)
    form = InvitationForm(request.POST if request.method == "POST" else None, organisation=shown)
    if form.is_valid() and (
        invited := attempt(form, services.invite_person, by=by, organisation=shown, **form.cleaned_data)
    ):
        messages.success(request, f"{invited.user.name} has been added. An e-mail to them is on its way.")
        return redirect(back)
    return render(request, "accounts/invite_person.html", {"form": form, "organisation": shown, "back_url": back})


def _member(organisation_id: int, membership_id: int) -> Membership:
    everyone = Membership.objects.select_related("user", "organisation", "team")
    found: Membership = get_object_or_404(everyone, pk=membership_id, organisation=organisation_id)
    return found


@get_or_post
def person(request: SignedInRequest, organisation_id: int, membership_id: int) -> HttpResponse:
    """One person's team and roles, and what else can be done about their access."""
    by = membership_for(request, Permission.ADMINISTER)
    shown, back = _member(organisation_id, membership_id), _page(organisation_id)
    data = request.POST if request.method == "POST" else None
    form = MembershipForm(data, organisation=shown.organisation, initial=MembershipForm.initial_of(shown))
    if (
        form.is_valid()
        and attempt(form, services.change_membership, by=by, membership=shown, **form.cleaned_data) is not None
    ):
        messages.success(request, f"The team and roles of {shown.user.name} have been saved.")
        return redirect(back)
    context = {
        "form": form,
        "membership_shown": shown,
        "standing": tables.standing(shown.user),
        "oneself": shown.user == by.user,
        "back_url": back,
    }
    return render(request, "accounts/person.html", context)


@require_POST
def resend_invitation(request: SignedInRequest, organisation_id: int, membership_id: int) -> HttpResponse:
    by = membership_for(request, Permission.ADMINISTER)
    shown = _member(organisation_id, membership_id)
    try:
        services.resend_invitation(by=by, membership=shown)
        messages.success(request, f"A new invitation to {shown.user.email} is on its way. Earlier ones no longer work.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("administration:person", organisation_id, membership_id)


@get_or_post
def stop_access(request: SignedInRequest, organisation_id: int, membership_id: int) -> HttpResponse:
    by = membership_for(request, Permission.ADMINISTER)
    shown, back = _member(organisation_id, membership_id), _page(organisation_id, membership_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, services.stop_access, by=by, person=shown.user) is not None:
        messages.success(request, f"{shown.user.name} can no longer sign in.")
        return redirect(back)
    elsewhere = selectors.memberships_of(shown.user).exclude(pk=shown.pk)
    context = {"form": form, "membership_shown": shown, "elsewhere": elsewhere, "back_url": back}
    return render(request, "accounts/stop_access.html", context)


@get_or_post
def restore_access(request: SignedInRequest, organisation_id: int, membership_id: int) -> HttpResponse:
    by = membership_for(request, Permission.ADMINISTER)
    shown, back = _member(organisation_id, membership_id), _page(organisation_id, membership_id)
    if request.method == "POST":
        services.restore_access(by=by, person=shown.user)
        messages.success(request, f"{shown.user.name} can sign in again.")
        return redirect(back)
    return render(request, "accounts/restore_access.html", {"membership_shown": shown, "back_url": back})
