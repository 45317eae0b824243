"""Views of the way in that django-allauth does not have: accepting an invitation, choosing one's organisation."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from . import invitations, selectors
from .context import first_place
from .forms import ChooseOrganisationForm, FirstPasswordForm
from .requests import ORGANISATION_KEY, SignedInRequest, get_or_post


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@get_or_post
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password; then the sign-in page. Whoever was signed in on this device is signed out."""
    person = invitations.person_for(token)
    form = FirstPasswordForm(request.POST if request.method == "POST" else None)
    if person and form.is_valid():
        try:
            person = invitations.accept(token=token, password=form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error)
        else:
            logout(request)
    if person is None:
        return render(request, "accounts/invitation_ended.html", {"form": form}, status=410)
    if form.is_valid():
        messages.success(request, "Your password is set. Sign in with it now.")
        return redirect("account_login")
    return render(request, "accounts/accept_invitation.html", {"form": form, "person": person})


@get_or_post
def choose_organisation(request: SignedInRequest) -> HttpResponse:
    mine = list(selectors.memberships_of(request.user))
    here = {"organisation": request.membership.organisation_id} if request.membership else {}
    form = ChooseOrganisationForm(request.POST if request.method == "POST" else None, memberships=mine, initial=here)
    if form.is_valid():
        chosen = int(form.cleaned_data["organisation"])
        request.session[ORGANISATION_KEY] = chosen
        return redirect(first_place(next(each for each in mine if each.organisation_id == chosen)))
    return render(request, "accounts/choose_organisation.html", {"form": form})
