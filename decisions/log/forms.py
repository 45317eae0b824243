"""The small forms of the log: a case reference, words to look for, a view's name, a receipt. Filters: filters.py."""

from uuid import UUID

from django import forms

from infoshare.govuk.forms import GovukForm, LineField
from infoshare.ledger import receipts


class SaveViewForm(GovukForm):
    name = LineField(
        label="Name of this view",
        help_text="Such as ‘Refusals this term’. Never a person’s name.",
        max_length=60,
        error_messages={"required": "Enter a name for this view"},
    )


class CaseForm(GovukForm):
    case_reference = LineField(
        label="Case or record reference",
        help_text="Enter the whole of it.",
        max_length=60,
    )


class TextSearchForm(GovukForm):
    """`query` are the log's filters; `after` and `searched` say how far an earlier go came."""

    text = LineField(
        label="Words to look for",
        help_text="In reasons, items, purposes, what was told in an emergency, and what was added later.",
        min_length=3,
        max_length=100,
        error_messages={
            "required": "Enter the words to look for",
            "min_length": "Enter at least 3 letters: fewer stand in nearly every record",
        },
    )
    query = forms.CharField(widget=forms.HiddenInput, required=False)
    after = forms.CharField(widget=forms.HiddenInput, required=False)
    searched = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class ReceiptForm(GovukForm):
    receipt = LineField(
        label="Receipt",
        help_text="From the page or the e-mail that came when it was recorded. Spaces do not matter.",
        max_length=200,
        error_messages={"required": "Enter the receipt"},
    )

    def clean_receipt(self) -> tuple[UUID, str]:
        try:
            return receipts.read(self.cleaned_data["receipt"])
        except receipts.NotAReceipt:
            raise forms.ValidationError(
                "A receipt has five groups joined by hyphens, then four groups of four letters and numbers. "
                "Copy the whole of it"
            ) from None
