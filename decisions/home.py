"""The first page after signing in: what the person can do, and what waits for them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from infoshare.accounts.context import first_place
from infoshare.accounts.requests import SignedInRequest
from infoshare.accounts.roles import Permission
from infoshare.days import clock_words
from infoshare.govuk.components import Task

from . import selectors
from .log.sentences import sentence
from .models import DecisionRecord, Draft

RECENT = 5


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    membership = request.membership
    if membership is None or not membership.may(Permission.DECIDE):
        return redirect(first_place(membership))
    records = selectors.records_for(membership).filter(author=membership.user).select_related("document__key")
    context = {
        "drafts": [_draft_task(draft) for draft in selectors.drafts_of(membership)],
        "records": [_record_task(record) for record in records[:RECENT]],
        "clocks": [_clock_task(record) for record in selectors.reasons_due(membership).select_related("document__key")],
    }
    return render(request, "decisions/home.html", context)


def _draft_task(draft: Draft) -> Task:
    """Nothing of the case but its reference: the list may be seen over a shoulder."""
    reference = draft.details.get("case_reference")
    text = f"Case {reference}" if reference else f"Started at {clock_words(draft.started_at)}"
    answers = len(draft.answers)
    hint = "1 answer" if answers == 1 else f"{answers} answers"
    return Task(text, "In progress", reverse("guide:draft", args=[draft.pk]), hint=hint, colour="blue")


def _record_task(record: DecisionRecord) -> Task:
    when = f"Recorded at {clock_words(record.recorded_at)}"
    return Task(sentence(record), "Recorded", reverse("log:record", args=[record.reference]), hint=when)


def _clock_task(record: DecisionRecord) -> Task:
    due = record.reasons_due_at
    hint = f"Complete the reasons by {clock_words(due)}" if due else ""
    overdue = due is not None and due < timezone.now()
    url = reverse("log:add", args=[record.reference])
    return Task(
        sentence(record), "Overdue" if overdue else "To do", url, hint=hint, colour="red" if overdue else "yellow"
    )
