"""What the guide's views have in common: which draft, before which law, and where to go next. No HTML here."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from decisions import selectors
from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import london_today

from . import after, drafts
from .sitting import Sitting

View = Callable[..., HttpResponse]


class GoneError(Exception):
    """There is no such draft of this person: it was never theirs, was deleted, or has become a record."""


def open_draft(request: SignedInRequest, draft_id: UUID) -> tuple[Draft, Sitting]:
    """The person's own draft before today's law. Says so when the guide changed meanwhile."""
    membership = membership_for(request, Permission.DECIDE)
    draft = selectors.draft_for(membership, draft_id)
    if draft is None:
        raise GoneError
    day = london_today()
    if changes := drafts.move_to_today(draft, day):
        messages.warning(request, changes.words)
    return draft, Sitting.of(draft, day)


def answers(number: int) -> str:
    return "1 answer" if number == 1 else f"{number} answers"


def next_page(draft: Draft, sitting: Sitting) -> str:
    """Where the person goes on: the next question, else the recommendation. The last look shows all answers again."""
    if question := sitting.next_question:
        return reverse("guide:step", args=[draft.pk, question.id])
    return reverse("guide:recommendation", args=[draft.pk])


def after_decision(draft: Draft) -> str:
    """The first page after the decision that is still open, else the last look."""
    step = after.first_open(draft)
    return reverse(step.page if step else "guide:record", args=[draft.pk])


def of_a_draft(view: View) -> View:
    """For a view of one's own draft, `view(request, draft, sitting, …)`. One that has become a record leads there."""

    @wraps(view)
    def opened(request: SignedInRequest, draft_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            draft, sitting = open_draft(request, draft_id)
            return view(request, draft, sitting, *args, **kwargs)
        except (GoneError, Draft.DoesNotExist):  # the latter: another tab recorded it while this one was saving
            record = selectors.record_of_draft(membership_for(request, Permission.DECIDE), draft_id)
            if record is None:
                raise Http404("There is no such draft of yours.") from None
            return redirect("log:record", record.reference)

    return opened
