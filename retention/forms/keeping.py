"""The form of another period for what is not a record. Its bounds come with the kind."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from infoshare.govuk.forms import GovukForm, TextField
from retention.keeping import Kept, usual
from retention.services import check_bounds


class PeriodForm(GovukForm):
    label_sizes: ClassVar[dict[str, str]] = {"days": "m", "mandate": "m", "reason": "m"}

    days = forms.IntegerField(
        label="Keep it for how many days?",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    mandate = TextField(
        label="What requires or allows this?",
        help_text="The law or the policy, so that a reader can look it up.",
        max_length=1000,
        error_messages={"required": "Enter the law or policy behind the period"},
    )
    reason = TextField(
        label="Why does the period change?",
        help_text="This stays in the history.",
        max_length=1000,
        error_messages={"required": "Enter why the period changes"},
    )

    def __init__(self, *args: Any, kind: Kept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        rule = usual()[kind]
        words = f"Enter a number of days from {rule.least} to {rule.most:,}"
        self.fields["days"].help_text = f"From {rule.least} to {rule.most:,}. A year has 365."
        self.fields["days"].error_messages |= {"required": words, "invalid": words}

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        try:
            check_bounds(self.kind, days)
        except ValidationError as error:
            raise forms.ValidationError(error.messages) from None
        return days
