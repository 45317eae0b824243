"""A record's pages: the record, its receipt, and adding to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from decisions import permissions, reading, selectors, services
from decisions.desk import lines
from decisions.guide import held, todo
from decisions.models import DecisionRecord, FollowUpTask, ReviewItem
from infoshare.accounts.requests import SignedInRequest
from infoshare.days import clock_words
from infoshare.govuk.components import Row

from .forms import AmendmentForm
from .reader import reader
from .sentences import sentence


@require_safe
def record(request: SignedInRequest, reference: str) -> HttpResponse:
    membership = reader(request)
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
        "todo": todo.recorded(content),
        "amendments": the_record.amendments.select_related("document__key", "author"),
        "reviews": selectors.reviews_of(the_record),
        "review_state": _review_state(the_record),
        "may_review": permissions.may_review(membership, the_record),
        "may_answer": the_record.author_id == membership.user_id,
        "reads": the_record.reads.select_related("reader")[:20],
        "may_add": permissions.may_add_to(membership, the_record),
        "tasks": lines.lines(selectors.tasks_on(the_record), own=the_record.author_id == membership.user_id),
        "reasons_tag": _reasons_tag(the_record),
    }
    return render(request, "log/record.html", context)


def _review_state(record: DecisionRecord) -> str:
    item = ReviewItem.objects.within(record.organisation).filter(record=record).first()
    return item.get_state_display() if item else ""


def _reasons_tag(record: DecisionRecord) -> str:
    """What stands beside an emergency whose clock still runs."""
    task = selectors.tasks_on(record).filter(kind=FollowUpTask.Kind.COMPLETE_REASONS).first()
    return f"Reasons due by {clock_words(task.due_at)}" if task else ""


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
    membership = reader(request)
    the_record = selectors.record_for(membership, reference)
    tasks = list(selectors.tasks_on(the_record).filter(owner=membership.user))
    context = {
        "record": the_record,
        "sentence": sentence(the_record),
        "todo": todo.recorded(the_record.document.content),
        "tasks": lines.lines(tasks),
        "reasons": next((task for task in tasks if task.kind == FollowUpTask.Kind.COMPLETE_REASONS), None),
    }
    return render(request, "log/recorded.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, reference: str) -> HttpResponse:
    membership = reader(request)
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
