"""The IG lead's desk, answering what is asked there, and the organisation's clocks."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from decisions import reading, selectors, services
from decisions.guide import asked as wording
from decisions.guide import held
from decisions.models import ESCALATES, AdviceRequest
from infoshare.accounts.requests import SignedInRequest, get_or_post, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import clock_words
from infoshare.govuk.components import Row

from . import lines
from .forms import ClocksForm, ReplyForm

SHOWN = 10
REVIEWS = 5


@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What waits for the IG lead, the most pressing first."""
    membership = membership_for(request, Permission.ADVISE)
    waiting = selectors.advice_asked(membership).filter(replied_at=None).select_related("team")
    running = selectors.tasks_for(membership).filter(closed_at=None, kind__in=ESCALATES).select_related("owner")
    reviews = selectors.to_review(membership)
    records = selectors.records_for(membership).select_related("document__key")
    context = {
        "advice": [lines.to_answer_line(each) for each in waiting[:SHOWN]],
        "advice_number": waiting.count(),
        "clocks": lines.lines(running[:SHOWN], own=False),
        "clocks_number": running.count(),
        "reviews": [lines.review_line(item) for item in reviews.select_related("record__document__key")[:REVIEWS]],
        "reviews_number": reviews.count(),
        "others_number": selectors.to_review_by_another(membership).count(),
        "records": [lines.record_line(record) for record in records[:5]],
    }
    return render(request, "desk/desk.html", context)


@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    """All advice that waits, and the latest that was given."""
    asked = selectors.advice_asked(membership_for(request, Permission.ADVISE)).select_related("team")
    context = {
        "waiting": [lines.to_answer_line(each) for each in asked.filter(replied_at=None)],
        "given": [lines.given_line(each) for each in asked.exclude(replied_at=None).order_by("-replied_at")[:SHOWN]],
    }
    return render(request, "desk/waiting.html", context)


@get_or_post
def advice(request: SignedInRequest, advice_id: UUID) -> HttpResponse:
    """The chosen answers, and the reply."""
    membership = membership_for(request, Permission.ADVISE)
    asked = selectors.advice_for(membership, advice_id)
    form = ReplyForm(request.POST if request.method == "POST" else held.take(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.reply(request=asked, by=membership, text=form.cleaned_data["text"])
        except ValidationError as error:
            form.add_error(None, error.messages[0])
            asked.refresh_from_db()
        else:
            messages.success(request, "Your advice has been given. The person who asked has been told.")
            return redirect("desk:desk")
    sitting = wording.sitting_of(asked)
    context = {
        "form": form,
        "asked": asked,
        "so_far": wording.so_far(sitting),
        "rows": wording.rows(sitting.ruleset, asked.answers),
        "due": clock_words(asked.due_at),
        "reply": _reply(asked),
    }
    return render(request, "desk/advice.html", context)


def _reply(asked: AdviceRequest) -> list[Row]:
    """What was answered, while it stands on the draft; afterwards it is read on the record."""
    given = asked.draft.details.get("advice", []) if asked.draft else []
    return reading.advice_rows([each for each in given if each["request"] == str(asked.pk)])


@get_or_post
def clocks(request: SignedInRequest) -> HttpResponse:
    membership = membership_for(request, Permission.SET_CLOCKS)
    now = selectors.clocks_of(membership.organisation)
    initial = {"emergency_working_days": now.emergency_working_days, "deputy": now.deputy_id}
    form = ClocksForm(membership, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        services.set_clocks(by=membership, **form.cleaned_data)
        messages.success(request, "The clocks have been saved.")
        return redirect("desk:clocks")
    return render(request, "desk/clocks.html", {"form": form})
