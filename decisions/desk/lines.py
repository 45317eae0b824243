"""One line of a list for each thing that waits. Nothing of a case but its reference: lists are seen over shoulders."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from decisions.guide.sitting import Sitting
from decisions.log.sentences import sentence
from decisions.models import AdviceRequest, DecisionRecord, Draft, FollowUpTask, ReviewItem
from infoshare.days import clock_words, day_words, london_today
from infoshare.govuk.components import Task


def task_line(task: FollowUpTask, *, own: bool = True) -> Task:
    """Where the person goes on: their draft if there is one, else the task's page."""
    draft_id = task.draft_id if own else None
    url = reverse("guide:draft", args=[draft_id]) if draft_id else reverse("tasks:task", args=[task.pk])
    words = task.words if own else f"{task.owner.name}."
    if words == f"{task.title}.":
        words = ""
    record = f" Record {task.record_id}." if own and task.record_id else ""  # tells two of one kind apart
    hint = f"{words} Due by {clock_words(task.due_at)}.{record}".strip()
    if task.due_at <= timezone.now():
        return Task(task.title, "Overdue", url, hint=hint, colour="red")
    return Task(task.title, "To do", url, hint=hint, colour="yellow")


def draft_name(draft: Draft) -> str:
    reference = draft.details.get("case_reference")
    return f"Case {reference}" if reference else f"Started at {clock_words(draft.started_at)}"


def draft_line(draft: Draft) -> Task:
    text = draft_name(draft)
    url, number = reverse("guide:draft", args=[draft.pk]), len(draft.answers)
    hint = "1 answer" if number == 1 else f"{number} answers"
    if draft.goes_on:
        hint += f". It will be deleted on {day_words(draft.goes_on)} unless you keep it"
        return Task(text, "Ends soon", reverse("guide:keep_draft", args=[draft.pk]), hint=hint, colour="orange")
    if Sitting.of(draft, london_today()).next_question is None:
        return Task(text, "Ready to decide", url, hint=hint, colour="green")
    return Task(text, "In progress", url, hint=hint, colour="blue")


def record_line(record: DecisionRecord) -> Task:
    when = f"Recorded at {clock_words(record.recorded_at)}"
    return Task(sentence(record), "Recorded", reverse("log:record", args=[record.reference]), hint=when)


def review_line(item: ReviewItem) -> Task:
    """For the reviewer: why this one first."""
    why = " · ".join(item.mark_words) or "Taken by chance"
    url = reverse("log:review", args=[item.record_id])
    return Task(sentence(item.record), item.get_state_display(), url, hint=why, colour="blue")


def asked_line(request: AdviceRequest, draft: Draft) -> Task:
    """For the one who asked."""
    text, url = f"Advice: {draft_name(draft)}", reverse("guide:ask", args=[draft.pk])
    if request.replied_at:
        return Task(text, "Answered", url, hint=f"Answered at {clock_words(request.replied_at)}", colour="green")
    return Task(text, "Waiting", url, hint=f"Asked at {clock_words(request.asked_at)}", colour="grey")


def to_answer_line(request: AdviceRequest) -> Task:
    """For the adviser: from which team, by when; not who, and not about whom."""
    text = f"Somebody in {request.team.name} asks" if request.team else "Somebody asks"
    url, hint = reverse("desk:advice", args=[request.pk]), f"Due by {clock_words(request.due_at)}"
    if request.due_at <= timezone.now():
        return Task(text, "Overdue", url, hint=hint, colour="red")
    return Task(text, "Waiting", url, hint=hint, colour="yellow")


def given_line(request: AdviceRequest) -> Task:
    given = f"Answered at {clock_words(request.replied_at)}" if request.replied_at else ""
    return Task("Advice given", "Answered", reverse("desk:advice", args=[request.pk]), hint=given)


def lines(tasks: Iterable[FollowUpTask], *, own: bool = True) -> list[Task]:
    return [task_line(task, own=own) for task in tasks]
