"""What may be added to a record, and the name of a saved view. The filters are in filters.py."""

from uuid import uuid4

from django import forms

from infoshare.govuk.forms import GovukForm, LineField, TextField


class SaveViewForm(GovukForm):
    name = LineField(
        label="Name of this view",
        help_text="Such as ‘Refusals this term’. Never a person’s name.",
        max_length=60,
        error_messages={"required": "Enter a name for this view"},
    )


class AmendmentForm(GovukForm):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = TextField(
        label="What do you want to add?",
        help_text="The record stays as it is. What you add stands below it with your name and the time.",
        max_length=10_000,
        error_messages={"required": "Enter what you want to add"},
    )
