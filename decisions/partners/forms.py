"""The forms of the directory: an entry, how it was verified, a search, a CSV file."""

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError

from decisions.recipients import PARTNER_KINDS, Channel, Entry, check_address
from infoshare.govuk.forms import GovukForm, LineField, TextField

from .csv_files import decode

MOST_BYTES = 500_000


class PartnerForm(GovukForm):
    """`version` is that of the entry on the page, so that two people cannot overwrite each other's change."""

    name = LineField(
        label="Organisation", max_length=200, error_messages={"required": "Enter the name of the organisation"}
    )
    kind = forms.ChoiceField(
        label="What kind of recipient is it?",
        choices=[("", "Choose"), *PARTNER_KINDS],
        error_messages={"required": "Choose what kind of recipient it is"},
    )
    role = LineField(
        label="Which role or team?",
        help_text="Such as ‘Duty social worker’. A role stays right when people leave.",
        max_length=200,
        error_messages={"required": "Enter the role or team"},
    )
    channel = forms.ChoiceField(
        label="How is it sent?",
        choices=[("", "Choose"), *Channel.choices],
        error_messages={"required": "Choose how it is sent"},
    )
    address = LineField(
        label="Exact address",
        help_text="The e-mail address, telephone number, name in the system or postal address.",
        max_length=300,
        error_messages={"required": "Enter the address it goes to"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("channel") and cleaned.get("address"):
            try:
                check_address(cleaned["channel"], cleaned["address"])
            except ValidationError as error:
                self.add_error("address", error)
        return cleaned

    def entry(self) -> Entry:
        return cast(Entry, {field: self.cleaned_data[field] for field in Entry.__annotations__})


HOW = "How did you check that this address is theirs?"
HOW_HINT = (
    "Such as ‘Rang the number on their website and asked for the safeguarding lead’. "
    "A number or address they sent you is not a check."
)


class VerifyForm(GovukForm):
    how = LineField(label=HOW, help_text=HOW_HINT, max_length=500, error_messages={"required": "Enter how you checked"})
    version = forms.IntegerField(widget=forms.HiddenInput)


class RetireForm(GovukForm):
    why = LineField(label="Why is it no longer used? (optional)", max_length=500, required=False)


class SearchForm(GovukForm):
    words = LineField(label="Organisation, role or address", max_length=100, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any"), *PARTNER_KINDS], required=False)
    retired = forms.BooleanField(label="Show retired contacts too", required=False)


class ImportForm(GovukForm):
    """A file, or its text: what was read from a file stays in the box, where it can be put right."""

    file = forms.FileField(label="CSV file", required=False, widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))
    text = TextField(label="Or paste its text here, or correct it", max_length=MOST_BYTES, required=False)
    label_sizes: ClassVar[dict[str, str]] = {"file": "s", "text": "s"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload and upload.size > MOST_BYTES:
            self.add_error("file", "Split the file: it may be 500 kB at most")
        elif upload:
            cleaned["text"] = decode(upload.read())
        if not self.errors and not (cleaned.get("text") or "").strip():
            self.add_error("file", "Choose a CSV file, or paste its text")
        return cleaned
