"""The worklist, one review and its answer, and the same answer to many."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post
from retention import covering, permissions, selectors, services, worklists
from retention.forms.reviews import AnswerForm, ManyForm
from retention.models import Answer, ReviewTask, ScheduleItem, State
from retention.tables import records as record_tables
from retention.tables import reviews as tables

from .desk import edge, next_page
from .who import reviewer


@require_safe
def worklist(request: SignedInRequest) -> HttpResponse:
    by = reviewer(request)
    whose, team = request.GET.get("whose", ""), _number(request.GET.get("team", ""))
    after = edge(request.GET.get("after", ""))
    tasks, more = worklists.page(worklists.worklist(by, whose, team), after)
    narrowed = "&" + urlencode({"whose": whose, "team": team or ""})
    context = {
        "columns": tables.WORKLIST,
        "tasks": tables.worklist(tasks),
        "teams": worklists.teams(by.organisation),
        "whose": whose,
        "team": team,
        "first": "?" + narrowed if after else "",
        "next": next_page(tasks[-1].due_on, tasks[-1].record_id) + narrowed if more else "",
    }
    return render(request, "retention/worklist.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def task_of(by: Membership, pk: int) -> ReviewTask:
    task = worklists.review(by.organisation, pk)
    if task is None or permissions.is_kept_from(by, task.record_id):
        raise Http404
    return task


@get_or_post
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """One record's review: why it is due, what was answered before, and the answer."""
    by = reviewer(request)
    task = task_of(by, pk)
    item = selectors.item(by.organisation, task.record_id)
    if item is None:
        raise Http404
    is_open = item.state == State.DUE and item.cycle == task.cycle
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and is_open and form.is_valid() and _answered(request, by, task, form):
        return redirect("retention:review", pk)
    return render(request, "retention/review.html", _shown(by, task, item, form, is_open))


def _shown(by: Membership, task: ReviewTask, item: ScheduleItem, form: AnswerForm, is_open: bool) -> dict[str, Any]:
    the_record = DecisionRecord.objects.within(by.organisation).filter(pk=task.record_id).first()
    answers = list(worklists.answers_for(task.organisation, task.record_id))
    current = next((each for each in answers if each.state in ("waiting", "approved")), None)
    return {
        "task": task,
        "item": item,
        "form": form,
        "open": is_open,
        "why_due": record_tables.why(item),
        "kind": item.get_category_display(),
        "longer": record_tables.sum_lines(selectors.would_keep_longer(item, selectors.today())),
        "here": record_tables.here(item, covering.holds_on(item).exists()),
        "overdue": tables.overdue_by(task.due_on, selectors.today()),
        "renewals": tables.times(item.renewals),
        "history": tables.history(answers),
        "current": current,
        "countdown": tables.countdown(current, timezone.now()) if current else "",
        "passing_on": bool(current and current.kind == Answer.Kind.TRANSFER and current.state == "approved"),
        "may_take": the_record is not None and permissions.may_take_bundle(by, the_record),
    }


def _answered(request: SignedInRequest, by: Membership, task: ReviewTask, form: AnswerForm) -> bool:
    try:
        services.answer_review(task=task, by=by, **form.cleaned_data)
    except services.AlreadyDecided:
        form.add_error(None, "Someone else has answered this review.")
        return False
    except ValidationError as error:
        form.add_error("keep_until", error)
        return False
    messages.success(request, "Your answer waits for a second person. Nothing happens until they agree.")
    return True


@require_POST
def take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the review one's own."""
    by = reviewer(request)
    services.take_review(task=task_of(by, pk), by=by)
    messages.success(request, "This review is yours now.")
    return redirect("retention:review", pk)


@get_or_post
def many(request: SignedInRequest) -> HttpResponse:
    """One answer for a page of reviews; each that needs its own is unticked."""
    by = reviewer(request)
    shown, _ = worklists.page(worklists.worklist(by), None)
    kinds = {
        item.pk: item.get_category_display()
        for item in ScheduleItem.objects.within(by.organisation).filter(pk__in=[task.record_id for task in shown])
    }
    offered = tables.offered(shown, kinds)
    initial = {"records": [value for value, _ in offered]}
    form = ManyForm(request.POST or None, offered=offered, initial=initial)
    if form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "records"}
        chosen = set(form.cleaned_data["records"])
        number = services.answer_many(tasks=[t for t in shown if str(t.pk) in chosen], by=by, **told)
        messages.success(
            request,
            f"{number} answers wait for a second person." if number != 1 else "1 answer waits for a second person.",
        )
        return redirect("retention:worklist")
    return render(request, "retention/many.html", {"form": form, "offered": offered})
