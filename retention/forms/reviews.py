"""The forms of disposal reviews: the answer to one, the same answer to many, an objection, a receipt."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from infoshare.govuk.forms import Choice, DateField, GovukForm, LineField, TextField
from retention.models import Answer
from retention.services.reviews import check_keep_until

from .holds import NO_NAMES


class AnswerForm(GovukForm):
    kind = forms.ChoiceField(
        label="What should happen?",
        choices=[
            (
                Answer.Kind.DESTROY,
                Choice("Destroy it", "After a second person agrees and the cooling-off days are over"),
            ),
            (Answer.Kind.KEEP, Choice("Keep it longer", reveals="keep_until indefinite")),
            (Answer.Kind.TRANSFER, Choice("Pass it on, then remove it here", reveals="transferred_to")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what should happen"},
    )
    keep_until = DateField(name="The day", label="When will somebody look again?", required=False)
    transferred_to = LineField(
        label="To whom?", help_text="The organisation, not a person.", max_length=200, required=False
    )
    indefinite = forms.BooleanField(
        label="Keep it indefinitely, as no end is in sight, and look again on that day", required=False
    )
    reason = TextField(label="Why?", help_text=NO_NAMES, max_length=2000, error_messages={"required": "Enter why"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        try:
            if kind and "keep_until" not in self.errors:
                check_keep_until(kind, cleaned.get("keep_until"))
        except ValidationError as error:
            self.add_error("keep_until", error)
        if kind == Answer.Kind.TRANSFER and not cleaned.get("transferred_to"):
            self.add_error("transferred_to", "Enter who will have the record")
        return cleaned


class ManyForm(AnswerForm):
    """One answer for the records ticked. What is left unticked stays for its own review: that is the objection."""

    records = forms.MultipleChoiceField(
        label="Which records?",
        help_text="Untick each one that needs its own answer.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one record"},
    )
    field_order = ("records", "kind", "keep_until", "transferred_to", "indefinite", "reason")

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["records"].choices = offered  # type: ignore[attr-defined]


class ApproveManyForm(GovukForm):
    answers = forms.MultipleChoiceField(
        label="Which do you agree with?",
        help_text="Open any that you do not agree with, and say why.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick those that you agree with"},
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = offered  # type: ignore[attr-defined]


class ObjectForm(GovukForm):
    because = TextField(
        label="Why must it stay?", help_text=NO_NAMES, max_length=1000, error_messages={"required": "Enter why"}
    )


class ReceiptForm(GovukForm):
    receipt = LineField(
        label="What is the reference of their receipt?",
        help_text="Nothing is removed before it is entered.",
        max_length=200,
    )
