"""The one form by which a second person decides what a first one asked for."""

from typing import Any

from django import forms

from infoshare.govuk.forms import GovukForm, TextField

YES, NO = "yes", "no"


class DecideForm(GovukForm):
    decision = forms.ChoiceField(
        label="Do you agree?",
        choices=[(YES, "Yes"), (NO, "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree"},
    )
    because = TextField(
        label="If not, why?", help_text="Whoever asked will read this.", max_length=2000, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == NO and not cleaned.get("because", "").strip():
            self.add_error("because", "Enter why you do not agree")
        return cleaned

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["decision"] == YES)
