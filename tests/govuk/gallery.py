"""Every component and kind of field on one page, with its own addresses. Exists only in the tests."""

import copy
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates
from django.urls import include, path

from infoshare.govuk.components import Cell, Row, Task
from infoshare.govuk.forms import Choice, DateField, GovukForm, TextField

HERE = Path(__file__).parent


class Everything(GovukForm):
    label_sizes: ClassVar = {"who": "m"}

    who = forms.ChoiceField(
        label="Who will receive this?",
        help_text="The one who asked may not be the one who needs it.",
        widget=forms.RadioSelect,
        choices=[
            ("police", Choice("The police")),
            ("care", Choice("Children’s social care", hint="This includes the front door and the duty team")),
            ("other", Choice("Somebody else", reveals="other")),
            ("court", Choice("A court", under="Someone else")),
            ("press", Choice("The press", under="Someone else")),
            ("unsure", Choice("Not sure", divider="or")),
        ],
        error_messages={"required": "Choose who will receive this, or ‘Not sure’"},
    )
    other = forms.CharField(label="Who?", required=False)
    items = forms.MultipleChoiceField(
        label="What do they need?",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("attendance", "Attendance since September"),
            ("address", Choice("Address", hint="Leave it out if the danger lives elsewhere")),
            ("none", Choice("None of these", exclusive=True)),
        ],
        error_messages={"required": "Choose what they need, or ‘None of these’"},
    )
    reason = TextField(
        label="Why do you think so?",
        help_text="Say what you saw or heard.",
        max_length=200,
        error_messages={"required": "Say why you think so"},
    )
    born = DateField(label="When was the child born?", name="Date of birth", help_text="For example, 27 3 2016")
    channel = forms.ChoiceField(label="How will you send it?", choices=[("", "Choose one"), ("post", "By post")])
    email = forms.EmailField(label="Their e-mail address", error_messages={"required": "Enter an e-mail address"})
    password = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "off"}))
    letter = forms.FileField(label="Their letter", required=False)
    sure = forms.BooleanField(label="I have checked the address", error_messages={"required": "Check the address"})
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


class OneQuestion(GovukForm):
    heading_field = "danger"

    danger = forms.ChoiceField(
        label="Could the person who asked, or somebody close to them, be the danger?",
        help_text="A parent, a partner, a carer or a friend of one.",
        widget=forms.RadioSelect,
        choices=[
            ("yes", Choice("Yes, they could")),
            ("no", Choice("No, and I have checked who is calling", hint="Called back on a number I found myself")),
            ("unsure", Choice("Not sure")),
        ],
        error_messages={"required": "Choose whether they could be the danger, or ‘Not sure’"},
    )


def sample() -> dict[str, Any]:
    log = [
        [
            Cell("Attendance shared with children’s social care", "#main-content"),
            "Ade Example",
            "23 November 2026",
            Cell(3, numeric=True),
        ],
        [
            Cell("Nothing shared with a private investigator", "#main-content"),
            "Bo Example",
            "20 November 2026",
            Cell(0, numeric=True),
        ],
    ]
    return {
        "columns": ["Decision", "Who decided", "When", "Items"],
        "log": log,
        "rows": [Row("Who asked", "The school nurse", "#main-content"), Row("Case reference", "CR-1042")],
        "tasks": [
            Task("Tell the parent", "Not yet", "#main-content", hint="Only if it is safe", colour="blue"),
            Task("Complete the reasons", "Done"),
        ],
    }


@cache
def templates() -> DjangoTemplates:
    """The site's, but for the count of notices: there is no database behind the gallery."""
    options: dict[str, Any] = copy.deepcopy(settings.TEMPLATES[0])
    options.pop("BACKEND")
    options["OPTIONS"]["context_processors"].remove("infoshare.notices.context.unread")
    return DjangoTemplates({"NAME": "gallery", **options})


def show(request: HttpRequest, name: str, **values: Any) -> HttpResponse:
    request.user = SimpleNamespace(is_authenticated=True, name="Ade Example")  # type: ignore[assignment]
    request.membership = SimpleNamespace(  # type: ignore[attr-defined]
        organisation=SimpleNamespace(name="Example Borough Council"), may=lambda permission: False
    )
    page = templates().from_string((HERE / name).read_text())
    places = [
        {"text": "My work", "url": "#a", "current": True},
        {"text": "Decision log", "url": "#b", "current": False},
    ]
    return HttpResponse(page.render(sample() | {"navigation": places, "unread_notices": None} | values, request))


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    form = Everything(request.GET) if "errors" in request.GET else Everything()
    return show(request, "gallery.html", form=form)


@login_not_required
def question(request: HttpRequest) -> HttpResponse:
    form = OneQuestion(request.GET) if "errors" in request.GET else OneQuestion()
    return show(request, "question.html", form=form)


urlpatterns = [
    path("", gallery, name="home"),
    path("question/", question),
    path("sign-out/", gallery, name="account_logout"),
    path("accessibility/", gallery, name="accessibility"),
    path("emergency/", include(([path("", gallery, name="emergency")], "guide"))),
]
