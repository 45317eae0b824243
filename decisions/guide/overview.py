"""The way through one draft at a glance: its parts with what is done, and the history of its answers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.engine import ask
from decisions.engine.ruleset import Section
from decisions.models import Draft
from infoshare.accounts.requests import SignedInRequest
from infoshare.days import clock_words
from infoshare.govuk.components import Task

from . import after, drafts
from .pages import of_a_draft
from .sitting import Sitting
from .wording import answer_words

COLUMNS = ["Question", "Earlier answer", "What happened", "When"]
WHY = {drafts.CHANGED: "Changed", drafts.NOT_ASKED: "No longer applied"}


@require_safe
@of_a_draft
def overview(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    context = {
        "draft": the_draft,
        "principles": list(principles(the_draft, sitting)),
        "rest": list(rest(the_draft, sitting)),
        "past": len(the_draft.details.get("history", [])),
    }
    return render(request, "guide/overview.html", context)


def principles(draft: Draft, sitting: Sitting) -> Iterator[Task]:
    """A line for each section of the rule set."""
    remaining = ask.remaining(sitting.judgement)
    for section in sitting.ruleset.sections:
        yield _section(draft, sitting, section, remaining)


def _section(draft: Draft, sitting: Sitting, section: Section, remaining: frozenset[str]) -> Task:
    questions = [q for q in sitting.ruleset.questions if q.section == section.id]
    answered = sum(q.id in sitting.given for q in questions)
    hint = {0: "", 1: "1 answer"}.get(answered, f"{answered} answers")
    following = sitting.next_question
    if following and following.section == section.id:
        return Task(section.title, "Next", reverse("guide:step", args=[draft.pk, following.id]), hint, "blue")
    if any(q.id in remaining for q in questions):
        return Task(section.title, "May be needed", hint=hint, colour="grey")
    if answered:
        return Task(section.title, "Done", f"{reverse('guide:check', args=[draft.pk])}#{section.id}", hint)
    return Task(section.title, "Not needed" if questions else "Comes at the end")


def rest(draft: Draft, sitting: Sitting) -> Iterator[Task]:
    """A line for each page that follows the questions; a link once it can be opened."""
    answered = sitting.next_question is None
    ready = sitting.outcome is not None
    decided = bool(after.decided(draft))
    yield _page(draft, "Read the recommendation and decide", "guide:recommendation", opens=ready, done=decided)
    for step in after.steps(draft):
        yield _page(draft, step.title, step.page, opens=answered and decided, done=step.done(draft))
    complete = answered and decided and after.first_open(draft) is None
    yield _page(draft, "Check it all and record it", "guide:record", opens=complete, done=False)


def _page(draft: Draft, title: str, page: str, *, opens: bool, done: bool) -> Task:
    if not opens:
        return Task(title, "Cannot start yet")
    url = reverse(page, args=[draft.pk])
    return Task(title, "Done", url) if done else Task(title, "To do", url, colour="blue")


@require_safe
@of_a_draft
def history(request: SignedInRequest, the_draft: Draft, sitting: Sitting) -> HttpResponse:
    """Which answers were changed or set aside, the latest first."""
    past = reversed(the_draft.details.get("history", []))
    lines = [line for entry in past if (line := _line(sitting, entry))]
    return render(request, "guide/history.html", {"draft": the_draft, "columns": COLUMNS, "lines": lines})


def _line(sitting: Sitting, entry: dict[str, Any]) -> list[str] | None:
    """None for a question that today's edition does not have."""
    question = next((q for q in sitting.ruleset.questions if q.id == entry["question"]), None)
    if question is None:
        return None
    when = clock_words(datetime.fromisoformat(entry["at"]))
    return [question.text, answer_words(question, entry["answer"]), WHY[entry["why"]], when]
