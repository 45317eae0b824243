"""What the organisation sets, and one's own calendar feed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from infoshare.accounts.requests import SignedInRequest, get_or_post
from retention import calendar, selectors, services
from retention.forms.settings import SettingsForm

from .who import administrator, reviewer


@get_or_post
def settings(request: SignedInRequest) -> HttpResponse:
    by = administrator(request)
    now = selectors.settings(by.organisation)
    form = SettingsForm(request.POST or None, organisation=by.organisation, settings=now)
    if form.is_valid():
        services.change_settings(organisation=by.organisation, by=by, **form.told)
        messages.success(request, "The settings are saved.")
        return redirect("retention:desk")
    return render(request, "retention/settings.html", {"form": form})


@get_or_post
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """Makes a new address when asked to; it can be read on this page once."""
    by = reviewer(request)
    address = ""
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("retention:calendar", args=[calendar.renew(by=by)]))
    return render(request, "retention/calendar.html", {"address": address})


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """For a calendar program, which cannot sign in: whoever has the address may read counts by day."""
    membership = calendar.membership_of(secret)
    if membership is None:
        raise Http404
    text = calendar.feed(membership.organisation, selectors.today(), timezone.now())
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
