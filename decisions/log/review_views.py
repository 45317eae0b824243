"""The IG lead's queue, a verdict on one record, the author's answer, and how the organisation keeps its log."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from decisions import parts, permissions, quality, reading, selectors, services, signing
from decisions.desk import lines
from decisions.guide import held
from decisions.models import RecordRead, Review, ReviewItem
from decisions.visibility import settings_of
from infoshare.accounts.requests import SignedInRequest, get_or_post, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import clock_words, end_of_day
from infoshare.govuk.components import Cell

from . import counting, not_yours
from .reader import reader
from .review_forms import AnswerForm, LogSettingsForm, ReviewForm
from .sentences import age, sentence

COLUMNS = ("What was decided", "Why first", "Waiting", "Recorded")
SHOWN = 50


@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    membership = membership_for(request, Permission.REVIEW_RECORDS)
    waiting = selectors.to_review(membership)
    shown = waiting.select_related("record__document__key")[:SHOWN]
    context = {
        "columns": COLUMNS,
        "table_rows": [_line(item) for item in shown],
        "count": counting.capped(waiting),
        "shown": SHOWN,
        "settings": settings_of(membership.organisation),
        **not_yours.waiting(membership),
    }
    return render(request, "log/reviews.html", context)


def _line(item: ReviewItem) -> tuple[object, ...]:
    record, url = item.record, reverse("log:review", args=[item.record_id])
    why = " · ".join([*item.mark_words, *([item.get_state_display()] if item.state != "waiting" else [])])
    at = record.recorded_at
    return Cell(sentence(record), url), why or "Taken by chance", age(at), clock_words(at)


@get_or_post
def review(request: SignedInRequest, reference: str) -> HttpResponse:
    membership = membership_for(request, Permission.REVIEW_RECORDS)
    record = selectors.record_for(membership, reference)
    if had := parts.of(membership, record):
        return render(request, "log/not_yours.html", not_yours.told(record, had), status=403)
    permissions.check_may_review_record(membership, record)
    seen = signing.content_hash(record)
    remark = quality.ALL.get(request.GET.get("about", ""))
    asks = {"verdict": Review.Verdict.QUERY, "comment": remark.asks} if remark else {}
    initial = {"seen": seen, **asks}
    tasks = list(selectors.tasks_on(record))
    pressing = sum(task.due_at <= end_of_day(timezone.now()) for task in tasks)
    form = ReviewForm(request.POST if request.method == "POST" else held.take(request), initial=initial)
    form.warn_of(pressing)
    if request.method == "POST" and form.is_valid():
        try:
            services.review(record=record, by=membership, **form.cleaned_data)
        except services.ChangedMeanwhile:
            form.say_it_changed(seen)
        else:
            messages.success(request, "Your review stands on the record.")
            return redirect("reviews")
    services.note_read(record=record, by=membership, how=RecordRead.How.REVIEW)
    reviews = selectors.reviews_of(record)
    context = {
        "form": form,
        "record": record,
        "sentence": sentence(record),
        "reviews": reviews,
        "reason_rows": reading.reason_rows(record.document.content),
        "tasks": lines.lines(tasks, own=False),
        "pressing": pressing,
    }
    return render(request, "log/review.html", context)


@get_or_post
def answer(request: SignedInRequest, reference: str, review_id: int) -> HttpResponse:
    membership = reader(request)
    record = selectors.record_for(membership, reference)
    the_review = get_object_or_404(Review.objects.within(membership.organisation), pk=review_id, record=record)
    if not permissions.may_answer(membership, the_review):
        raise Http404("There is nothing of yours to answer.")
    form = AnswerForm(request.POST if request.method == "POST" else held.take(request))
    if request.method == "POST" and form.is_valid():
        services.answer_review(review=the_review, by=membership, text=form.cleaned_data["text"])
        messages.success(request, "Your answer stands on the record, and the reviewer has been told.")
        return redirect("log:record", reference)
    return render(request, "log/answer.html", {"form": form, "record": record, "review": the_review})


@get_or_post
def log_settings(request: SignedInRequest) -> HttpResponse:
    membership = membership_for(request, Permission.REVIEW_RECORDS)
    now = settings_of(membership.organisation)
    form = LogSettingsForm(request.POST if request.method == "POST" else None, initial=LogSettingsForm.initial_of(now))
    if request.method == "POST" and form.is_valid():
        services.set_log(by=membership, **form.cleaned_data)
        messages.success(request, "Saved. It counts from now on.")
        return redirect("reviews")
    return render(request, "log/settings.html", {"form": form, "settings": now})
