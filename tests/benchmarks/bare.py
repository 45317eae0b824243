"""Bare views to measure the guide's against: as little as a signed-in Django page can do. Also their addresses."""

from uuid import UUID

from crispy_forms.utils import render_crispy_form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import include, path
from django.utils import timezone

from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest
from infoshare.govuk.forms import GovukForm, LineField

PAGE = Template("""{% extends "base.html" %}{% block title %}Bare{% endblock %}
{% block content %}<form method="post">{% csrf_token %}{{ drawn }}</form>{% endblock %}""")


class OneField(GovukForm):
    text = LineField(label="Text")


def read_and_write(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """One read, one write, a redirect."""
    assert request.membership is not None
    draft = Draft.objects.within(request.membership.organisation).get(pk=draft_id)
    Draft.objects.filter(pk=draft.pk).update(saved_at=timezone.now())
    return redirect("home")


def one_field(request: SignedInRequest) -> HttpResponse:
    drawn = render_crispy_form(OneField())
    return HttpResponse(PAGE.render(RequestContext(request, {"drawn": drawn})))


urlpatterns = [
    path("bare/<uuid:draft_id>/", read_and_write),
    path("bare/", one_field),
    path("", include("infoshare.urls")),
]
