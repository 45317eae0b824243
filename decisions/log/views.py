"""The log, a record, its receipt, and adding to it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from decisions import permissions, reading, selectors, services
from decisions.guide import held
from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest
from infoshare.accounts.roles import Permission
from infoshare.days import clock_words
from infoshare.govuk.components import Cell, Row

from . import paging
from .forms import AmendmentForm, FilterForm
from .sentences import sentence

COLUMNS = ("What was decided", "Recorded", "Decision", "Reference")


def _reader(request: SignedInRequest) -> Membership:
    """The membership of someone who may read some records."""
    membership = request.membership
    if membership and (membership.may(Permission.READ_ALL_RECORDS) or membership.may(Permission.READ_OWN_RECORDS)):
        return membership
    raise PermissionDenied("Your role does not allow you to read the decision log.")


@require_safe
def log(request: SignedInRequest) -> HttpResponse:
    membership = _reader(request)
    form = FilterForm(membership, selectors.records_for(membership), request.GET)
    page = paging.page(form.filtered().select_related("document", "author"), request.GET)
    context = {
        "form": form,
        "page": page,
        "columns": COLUMNS,
        "table_rows": [_line(record) for record in page.records],
        "caption": "Newest first",
        "filtered": any(form.is_valid() and form.cleaned_data[name] for name in form.fields),
        "everyone": membership.may(Permission.READ_ALL_RECORDS),
    }
    return render(request, "log/list.html", context)


def _line(record: DecisionRecord) -> tuple[object, ...]:
    url = reverse("log:record", args=[record.reference])
    decided = record.get_decided_display() + (" (not as recommended)" if record.departs else "")
    return Cell(sentence(record), url), clock_words(record.recorded_at), decided, record.reference


@require_safe
def record(request: SignedInRequest, reference: str) -> HttpResponse:
    membership = _reader(request)
    the_record = selectors.record_for(membership, reference)
    services.note_read(record=the_record, by=membership)
    content = the_record.document.content
    context = {
        "record": the_record,
        "parts": reading.parts(content),
        "law": reading.law(content),
        "answer_rows": reading.answer_rows(content),
        "seal_rows": _seal_rows(the_record),
        "sentence": sentence(the_record),
        "amendments": the_record.amendments.select_related("document", "author"),
        "reads": the_record.reads.select_related("reader")[:20],
        "may_add": permissions.may_add_to(membership, the_record),
        "reasons_open": selectors.reasons_due(membership).filter(pk=the_record.pk).exists(),
        "reasons_tag": f"Reasons due by {clock_words(the_record.reasons_due_at)}" if the_record.reasons_due_at else "",
    }
    return render(request, "log/record.html", context)


def _seal_rows(record: DecisionRecord) -> list[Row]:
    content = record.document.content
    edition = content.get("edition")
    rows = [
        Row("Recorded", clock_words(record.recorded_at)),
        Row("Receipt", record.document.receipt),
        Row("Hash of the whole record (SHA-256)", record.document.content_hash),
    ]
    if edition:
        rows.append(Row("Guide", f"Edition {edition['edition']}, hash {edition['content_hash']}"))
    return rows


@require_safe
def recorded(request: SignedInRequest, reference: str) -> HttpResponse:
    """The receipt, for the author."""
    membership = _reader(request)
    the_record = selectors.record_for(membership, reference)
    return render(request, "log/recorded.html", {"record": the_record, "sentence": sentence(the_record)})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, reference: str) -> HttpResponse:
    membership = _reader(request)
    the_record = selectors.record_for(membership, reference)
    permissions.check_may_add_to(membership, the_record)
    form = AmendmentForm(request.POST if request.method == "POST" else held.take(request))
    if request.method == "POST" and form.is_valid():
        key: UUID = form.cleaned_data["key"]
        services.amend(record=the_record, by=membership, text=form.cleaned_data["text"], key=key)
        messages.success(request, "Added to the record.")
        return redirect("log:record", reference)
    context = {"form": form, "record": the_record, "sentence": sentence(the_record)}
    return render(request, "log/add.html", context)
