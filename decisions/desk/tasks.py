"""Follow-up tasks: a person's list, one task, closing it, and beginning on the reasons of an emergency."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from decisions import permissions, selectors, services
from decisions.guide import held
from decisions.models import ESCALATES, FollowUpTask
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import clock_words
from infoshare.govuk.components import Row

from . import lines
from .forms import CloseForm


def _member(request: SignedInRequest) -> Membership:
    """Anybody may have been given a task, whatever their role."""
    if request.membership is None:
        raise PermissionDenied(
            "You do not work for an organisation here yet. Ask your system administrator to add you."
        )
    return request.membership


@require_safe
def tasks(request: SignedInRequest) -> HttpResponse:
    """The person's own; for the IG lead also everybody's clocks that run."""
    membership = _member(request)
    context = {"own": lines.lines(selectors.tasks_of(membership)), "others": [], "watches": False}
    if membership.may(Permission.ADVISE):
        running = selectors.tasks_for(membership).filter(closed_at=None, kind__in=ESCALATES)
        others = running.exclude(owner=membership.user).select_related("owner")
        context |= {"others": lines.lines(others, own=False), "watches": True}
    return render(request, "tasks/list.html", context)


@get_or_post
def task(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    membership = _member(request)
    shown = selectors.task_for(membership, task_id)
    may_close = shown.closed_at is None and permissions.may_close(membership, shown)
    form = CloseForm(request.POST if request.method == "POST" else held.take(request))
    if request.method == "POST" and form.is_valid():
        services.close_task(task=shown, by=membership, outcome=form.cleaned_data["outcome"])
        messages.success(request, "The task is closed.")
        return redirect("tasks:task", task_id)
    own = shown.owner_id == membership.user_id
    context = {
        "task": shown,
        "rows": _rows(shown),
        "form": form,
        "may_close": may_close,
        "completes": own and shown.closed_at is None and shown.kind == FollowUpTask.Kind.COMPLETE_REASONS,
        "confirms": may_close and shown.record is not None and shown.kind == FollowUpTask.Kind.CONFIRM_RECEIPT,
        "own_draft": shown.draft if own else None,
        "may_read": shown.record is not None and permissions.may_know_of(membership, shown.record),
    }
    return render(request, "tasks/task.html", context)


def _rows(task: FollowUpTask) -> list[Row]:
    rows = [Row("Who does it", task.owner.name), Row("Due by", clock_words(task.due_at))]
    if task.escalated_at:
        rows.append(Row("Others told that it is overdue", clock_words(task.escalated_at)))
    if task.closed_at and task.closed_by:
        rows.append(Row("Done", f"{clock_words(task.closed_at)}, by {task.closed_by.name}"))
    return rows


@require_POST
def complete(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Into the guide, prefilled from what was recorded in the emergency."""
    membership = membership_for(request, Permission.DECIDE)
    shown = selectors.task_for(membership, task_id)
    if shown.closed_at is not None and shown.record:
        return redirect("log:record", shown.record.reference)
    if shown.kind != FollowUpTask.Kind.COMPLETE_REASONS or shown.record is None:
        raise Http404("This task has no reasons to complete.")
    draft = services.start_completing(record=shown.record, by=membership)
    return redirect("guide:draft", draft.pk)
