"""What may be added to a record: a later fact, a correction, a confirmation; and the day to look back to."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from decisions import quality
from decisions.models import Confirmation
from decisions.recipients import Channel
from infoshare.days import day_words, london_today
from infoshare.govuk.forms import Choice, DateField, GovukForm, LineField, TextField


class LateEntryForm(GovukForm):
    """A later fact or a correction. `texts` are the record's correctable parts as they now read."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    sort = forms.ChoiceField(
        label="What do you want to add?",
        choices=[
            ("late", Choice("Something we learnt later", "Or something that has happened since.", reveals="known_on")),
            ("missing", Choice("Something that is missing", "The record should have said it when it was made.")),
            ("correction", Choice("A correction", "Something the record says is wrong.", reveals="part")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to add"},
    )
    # The remark on the record's quality that it sees to.
    fills = forms.ChoiceField(choices=[("", ""), *((key, key) for key in quality.ALL)], required=False)
    known_on = DateField(label="When did you learn it?", name="When you learnt it", required=False)
    part = forms.ChoiceField(label="Which part is wrong?", required=False)
    text = TextField(
        label="What is to be added?",
        help_text="For a correction: the whole part as it should read. The first wording stays readable beside it.",
        max_length=10_000,
        error_messages={"required": "Enter what is to be added"},
    )
    why = TextField(
        label="Why are you adding this?",
        max_length=2000,
        error_messages={"required": "Enter why you are adding this"},
    )

    def __init__(self, parts: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fills"].widget = forms.HiddenInput()
        self.fields["part"].choices = [("", "Choose"), *parts.items()]  # type: ignore[attr-defined]

    def clean_known_on(self) -> date | None:
        day: date | None = self.cleaned_data["known_on"]
        if day and day > london_today():
            raise forms.ValidationError("When you learnt it must be today or in the past")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("sort") == "late" and "known_on" not in self.errors and not cleaned.get("known_on"):
            self.add_error("known_on", "Enter when you learnt it")
        if cleaned.get("sort") == "correction" and not cleaned.get("part"):
            self.add_error("part", "Choose which part is wrong")
        return cleaned

    @property
    def about(self) -> dict[str, str]:
        """What goes into the entry beside its text."""
        said = self.cleaned_data
        more = {
            "late": lambda: {"known_on": said["known_on"].isoformat()},
            "missing": lambda: {quality.FILLS: said["fills"]} if said["fills"] else {},
            "correction": lambda: {"part": said["part"]},
        }
        return {"sort": said["sort"], "why": said["why"], **more[said["sort"]]()}


class ConfirmationForm(GovukForm):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        label="What do you confirm?",
        choices=[
            (Confirmation.Kind.SENT, "It was sent"),
            (Confirmation.Kind.RECEIVED, "It arrived: they have told us"),
            (Confirmation.Kind.NOT_RECEIVED, "It did not arrive, or went astray"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you confirm"},
    )
    happened_on = DateField(
        label="When was it?", name="When it was", error_messages={"required": "Enter the day it was"}
    )
    whom = LineField(
        label="Who told you, or to whom was it sent?",
        max_length=200,
        error_messages={"required": "Enter who told you, or to whom it was sent"},
    )
    how = forms.ChoiceField(
        label="How?", choices=[("", "Choose"), *Channel.choices], error_messages={"required": "Choose how"}
    )
    note = TextField(label="Anything to add? (optional)", required=False, max_length=2000)

    def clean_kind(self) -> Confirmation.Kind:
        return Confirmation.Kind(self.cleaned_data["kind"])

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if day > london_today():
            raise forms.ValidationError("When it was must be today or in the past")
        return day

    @property
    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("whom", "how", "note")}


class DayForm(GovukForm):
    """A day on which the record stood already."""

    on = DateField(label="Show the record as it stood on", name="The day")

    def __init__(self, recorded_on: date, data: Any) -> None:
        super().__init__(data)
        self.recorded_on = recorded_on

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day < self.recorded_on:
            raise forms.ValidationError(
                f"The day must be {day_words(self.recorded_on)}, when it was recorded, or later"
            )
        if day > london_today():
            raise forms.ValidationError("The day must be today or in the past")
        return day
