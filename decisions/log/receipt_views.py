"""Checking a receipt: does the log still hold what its keeper once recorded?"""

from django.http import HttpResponse
from django.shortcuts import render

from decisions import selectors
from infoshare.accounts.requests import SignedInRequest, get_or_post
from infoshare.days import clock_words
from infoshare.govuk.components import Row
from infoshare.ledger import receipts
from infoshare.ledger.receipts import Answer, Checked

from .forms import ReceiptForm
from .reader import reader

HEADINGS = {
    Answer.HELD: "The log holds it",
    Answer.WAITING: "The log holds it",
    Answer.DISPOSED: "The record was disposed of. The log holds its entry",
    Answer.OTHER_DIGITS: "The last digits differ",
    Answer.ALTERED: "It is not as it was written",
    Answer.MISSING: "The log does not hold it",
}


@get_or_post
def check(request: SignedInRequest) -> HttpResponse:
    """Sent, never in an address. A record that is closed to the person is confirmed to them, but not named."""
    membership = reader(request)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        checked = receipts.check(membership.organisation, *form.cleaned_data["receipt"])
        entry = checked.entry
        record = selectors.records_for(membership).filter(document=entry.document).first() if entry else None
        context |= {
            "answer": checked.answer.value,
            "heading": HEADINGS[checked.answer],
            "rows": _rows(checked),
            "record": record,
        }
    return render(request, "log/receipt.html", context)


def _rows(checked: Checked) -> list[Row]:
    rows = []
    if checked.entry:
        rows.append(Row("Sealed", clock_words(checked.entry.at)))
    if checked.place is not None:
        rows.append(Row("Place in the log", f"{checked.place:,}"))
    if checked.certificate:
        rows.append(Row("Disposed of", clock_words(checked.certificate.made_at)))
    return rows
