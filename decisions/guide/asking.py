"""Asking for advice without saying whom it is about: what would be sent, the one button, and the replies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from decisions import reading, selectors, services
from decisions.models import AdviceRequest, Draft
from infoshare.accounts.requests import SignedInRequest, get_or_post, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import clock_words

from . import asked
from .pages import of_a_draft
from .sitting import Sitting


@get_or_post
@of_a_draft
def ask(request: SignedInRequest, draft: Draft, sitting: Sitting) -> HttpResponse:
    membership = membership_for(request, Permission.DECIDE)
    if request.method == "POST":
        services.ask_advice(draft=draft, sitting=sitting, by=membership)
        messages.success(request, "Your information-governance lead has your answers. We tell you when they reply.")
        return redirect("guide:ask", draft.pk)
    waiting: AdviceRequest | None = draft.advice.filter(replied_at=None).first()
    answers = asked.chosen_answers(sitting.ruleset, sitting.given)
    context = {
        "draft": draft,
        "rows": asked.rows(sitting.ruleset, answers),
        "waiting": clock_words(waiting.asked_at) if waiting else "",
        "changed": waiting is not None and waiting.answers != answers,
        "somebody": selectors.has_adviser(membership),
        "replies": reading.advice_rows(draft.details.get("advice", [])),
    }
    return render(request, "guide/ask.html", context)
