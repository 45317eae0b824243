"""The reason for taking records out, and in which format."""

from typing import Any

from django import forms

from decisions.models import Export
from infoshare.govuk.forms import GovukForm, LineField

from .exports import MOST_ROWS

LISTS = (Export.Format.CSV, Export.Format.XLSX, Export.Format.JSON)


class ExportForm(GovukForm):
    query = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = LineField(
        label="Why do you export them?",
        help_text="Such as ‘Quarterly report to the board’. Never a person’s name. It is kept with your name.",
        max_length=500,
        error_messages={"required": "Enter why you export them"},
    )
    # Sent by the button that was pressed.
    format = forms.ChoiceField(choices=[(each.value, each.label) for each in LISTS])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].widget = forms.HiddenInput()

    def clean_format(self) -> Export.Format:
        return Export.Format(self.cleaned_data["format"])

    def check_size(self, count: int) -> None:
        if self.cleaned_data["format"] == Export.Format.XLSX and count > MOST_ROWS:
            self.add_error("reason", f"Excel takes up to {MOST_ROWS:,} records. Choose CSV, or narrow the filters")

    @property
    def noted(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("format", "reason")}
