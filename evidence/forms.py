"""The period, the reason, and whether the text of the records comes along."""

from datetime import date
from typing import Any

from django import forms

from infoshare.days import london_today
from infoshare.govuk.forms import DateField, GovukForm, LineField

MOST_WITH_TEXT = 5_000


class PackForm(GovukForm):
    query = forms.CharField(widget=forms.HiddenInput, required=False)
    since = DateField(label="From", name="‘From’")
    until = DateField(label="To", name="‘To’")
    reason = LineField(
        label="Why do you make it?",
        help_text="Such as ‘The regulator asked on 4 May’. Never a person’s name. It is kept with your name.",
        max_length=500,
        error_messages={"required": "Enter why you make it"},
    )
    with_text = forms.BooleanField(
        label="Include what the records say",
        help_text="Only if you were asked for it. Whoever has the file can then read every case in it.",
        required=False,
    )

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if day > london_today():
            raise forms.ValidationError("‘To’ must be today or in the past")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "‘To’ must be the same day as ‘From’, or later")
        return cleaned

    def check_size(self, count: int) -> None:
        if self.cleaned_data["with_text"] and count > MOST_WITH_TEXT:
            self.add_error(
                "with_text", f"At most {MOST_WITH_TEXT:,} records can come with their text. Make the period shorter"
            )

    def say_wait(self) -> None:
        self.add_error("with_text", "A record is just getting its place in the log. Try again in a minute")
