"""A record's pages: the record, now or on an earlier day; its receipt; adding to it; confirming."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from decisions import corrections, editions, parts, permissions, quality, reading, selectors, services
from decisions.desk import lines
from decisions.guide import held, todo
from decisions.models import LEADS_TURN, DecisionRecord, FollowUpTask, RecordRead, Restriction, ReviewItem
from decisions.outcomes import SHARES
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post
from infoshare.accounts.roles import Permission
from infoshare.days import clock_words, day_words, london_date
from infoshare.govuk.components import Row

from . import not_yours, sealed
from .entries import Later
from .reader import reader
from .record_forms import ConfirmationForm, DayForm, LateEntryForm
from .sentences import sentence
from .words import words_of

SHOWN_READS = 20
READS_ON_A_PAGE = 100


@require_safe
def record(request: SignedInRequest, reference: str) -> HttpResponse:
    membership = reader(request)
    the_record = selectors.record_for(membership, reference)
    services.note_read(record=the_record, by=membership)
    form, day = _day(request.GET, the_record)
    return render(request, "log/record.html", _told(the_record, membership, form, day))


def _day(query: QueryDict, record: DecisionRecord) -> tuple[DayForm, date | None]:
    """The day to look back to; None for now, and while the form is wrong."""
    form = DayForm(london_date(record.recorded_at), query if "on_day" in query else None)
    return form, form.cleaned_data["on"] if form.is_valid() else None


def _told(record: DecisionRecord, membership: Membership, form: DayForm, day: date | None) -> dict[str, Any]:
    content, later = record.document.content, Later(record, day)
    may_add = permissions.may_add_to(membership, record)
    return {
        "record": record,
        "form": form,
        "day": day and day_words(day),
        "parts": reading.parts(content, sent=later.sent),
        "words": words_of(record),
        "law": reading.law(content),
        "answer_rows": reading.answer_rows(content),
        "law_heading": reading.law_heading(departs=record.departs),
        "seal_rows": _seal_rows(record),
        "sealed": sealed.words(record),
        "sentence": sentence(record),
        "todo": todo.recorded(content),
        "later": later,
        "knowledge_columns": ("When", "What", "Who", "Written down"),
        "confirmation_columns": ("What", "When", "Who or to whom", "How", "Note", "Confirmed by"),
        **_review(record, membership),
        "may_open_or_close": permissions.may_open_or_close(membership, record),
        "editions": [name for name in editions.names() if name != record.edition] if content.get("answers") else [],
        "restricted": Restriction.objects.within(record.organisation).filter(record=record).exists(),
        "may_answer": record.author_id == membership.user_id,
        "reads": record.reads.select_related("reader")[:SHOWN_READS],
        "more_reads": max(record.reads.count() - SHOWN_READS, 0),
        "may_add": may_add,
        "remarks": _remarks(record, content, later) if may_add and not day else [],
        "tasks": lines.lines(selectors.tasks_on(record), own=record.author_id == membership.user_id),
        "reasons_tag": _reasons_tag(record),
    }


def _remarks(record: DecisionRecord, content: dict[str, Any], later: Later) -> list[quality.Remark]:
    return quality.remarks(record, content, [each.document.content for each in later.amendments])


def _review(record: DecisionRecord, membership: Membership) -> dict[str, Any]:
    """Where it stands, and for a lead whether it is theirs to review; if it waits for somebody else, for whom."""
    item = ReviewItem.objects.within(record.organisation).filter(record=record).first()
    had = parts.of(membership, record) if membership.may(Permission.REVIEW_RECORDS) else []
    waits = item is not None and item.state in LEADS_TURN
    return {
        "review_state": item.get_state_display() if item else "",
        "may_review": permissions.may_review(membership, record),
        "not_yours": not_yours.told(record, had) if had and waits else None,
    }


def _reasons_tag(record: DecisionRecord) -> str:
    """What stands beside an emergency whose clock still runs."""
    task = selectors.tasks_on(record).filter(kind=FollowUpTask.Kind.COMPLETE_REASONS).first()
    return f"Reasons due by {clock_words(task.due_at)}" if task else ""


def _seal_rows(record: DecisionRecord) -> list[Row]:
    edition = record.document.content.get("edition")
    rows = sealed.rows(record)
    if edition:
        rows.append(Row("Guide", f"Edition {edition['edition']}, fingerprint {edition['content_hash']}"))
    return rows


@require_safe
def reads(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everybody who ever read it, in pages. Says nothing of what the record holds."""
    the_record = selectors.record_for(reader(request), reference)
    page = Paginator(the_record.reads.select_related("reader"), READS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "record": the_record,
        "page": page,
        "columns": ("Who", "When", "How"),
        "table_rows": [
            (each.reader.name, clock_words(each.read_at), each.get_how_display() or "on its page") for each in page
        ],
        "newer": f"?page={page.number - 1}" if page.has_previous() else "",
        "older": f"?page={page.number + 1}" if page.has_next() else "",
    }
    return render(request, "log/reads.html", context)


@require_safe
def recorded(request: SignedInRequest, reference: str) -> HttpResponse:
    """The receipt, for the author."""
    membership = reader(request)
    the_record = selectors.record_for(membership, reference)
    tasks = list(selectors.tasks_on(the_record).filter(owner=membership.user))
    content = the_record.document.content
    sets = todo.recorded_sets(content) or {}
    context = {
        "record": the_record,
        "sentence": sentence(the_record),
        "another": bool(content.get("answers")) and the_record.decided in SHARES,
        "sets": sets,
        "care": todo.take_care(sets.get("warnings", [])),
        "to_tell": [] if Later(the_record).confirmations else _to_tell(content),
        "todo": todo.recorded(content),
        "tasks": lines.lines(tasks),
        "lead_told": selectors.has_adviser(membership),
        "reasons": next((task for task in tasks if task.kind == FollowUpTask.Kind.COMPLETE_REASONS), None),
    }
    return render(request, "log/recorded.html", context)


def _to_tell(content: dict[str, Any]) -> list[tuple[dict[str, Any], bool]]:
    """Each, and whether to ring them first."""
    return [(each, reading.rings_first(content, each)) for each in reading.to_tell(content)]


@get_or_post
def add(request: SignedInRequest, reference: str) -> HttpResponse:
    membership = reader(request)
    the_record = selectors.record_for(membership, reference)
    permissions.check_may_add_to(membership, the_record)
    form = _late_form(request, the_record)
    if form.initial.get("part"):
        services.note_read(record=the_record, by=membership, how=RecordRead.How.CORRECTION)
    if request.method == "POST" and form.is_valid():
        text, key = form.cleaned_data["text"], form.cleaned_data["key"]
        services.amend(record=the_record, by=membership, text=text, key=key, about=form.about)
        messages.success(request, "Added to the record.")
        return redirect("log:record", reference)
    remark = quality.ALL.get(request.GET.get("fills", ""))
    context = {"form": form, "record": the_record, "sentence": sentence(the_record), "remark": remark}
    return render(request, "log/add.html", context | _stays_reviewer(membership, the_record))


def _late_form(request: SignedInRequest, record: DecisionRecord) -> LateEntryForm:
    """With `?part=` a correction of that part, which stands in the box as it now reads; `?fills=` what is missing."""
    content = record.document.content
    parts = corrections.correctable(content)
    sent, part = request.POST if request.method == "POST" else held.take(request), request.GET.get("part", "")
    if part not in parts:
        remark = quality.ALL.get(request.GET.get("fills", ""))
        return LateEntryForm(parts, sent, initial={"sort": "missing", "fills": remark.key} if remark else None)
    entries = [each.document.content for each in selectors.amendments_of(record)]
    text = corrections.newest(content, entries, part)
    return LateEntryForm(parts, sent, initial={"sort": "correction", "part": part, "text": text})


@get_or_post
def confirm(request: SignedInRequest, reference: str) -> HttpResponse:
    membership = reader(request)
    the_record = selectors.record_for(membership, reference)
    permissions.check_may_add_to(membership, the_record)
    form = ConfirmationForm(request.POST if request.method == "POST" else held.take(request))
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("kind", "happened_on", "key")}
        services.confirm(record=the_record, by=membership, said=form.said, **fields)
        messages.success(request, "Confirmed on the record.")
        return redirect("log:record", reference)
    context = {"form": form, "record": the_record, "sentence": sentence(the_record)}
    return render(request, "log/confirm.html", context | _stays_reviewer(membership, the_record))


def _stays_reviewer(membership: Membership, record: DecisionRecord) -> dict[str, bool]:
    """Whoever may review it now will have had a part in it once they add something."""
    return {"would_lose_review": permissions.may_review(membership, record)}
