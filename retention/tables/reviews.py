"""Rows about reviews, their answers, and what cools off, in words."""

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.urls import reverse

from infoshare.days import clock_words
from infoshare.govuk.components import Cell, Cells, Row
from retention.models import Answer, ReviewTask, ScheduleItem
from retention.models.asked import AskedState
from retention.schedule import in_words

WORKLIST = ("Record", "Due since", "Team", "Whose", "Reminders")
WAITING = ("Record", "Answer", "Why", "Asked by")
COOLING = ("Record", "Answer", "Time left", "Agreed by")


def worklist(tasks: Iterable[ReviewTask]) -> list[Cells]:
    return [
        (
            Cell(task.record_id, url=reverse("retention:review", args=[task.pk])),
            in_words(task.due_on),
            task.team.name if task.team else "–",
            task.owner.name if task.owner else "Nobody’s yet",
            Cell(task.reminders, numeric=True),
        )
        for task in tasks
    ]


def answer_words(answer: Answer) -> str:
    if answer.kind == Answer.Kind.KEEP and answer.keep_until:
        until = in_words(answer.keep_until)
        return f"Keep it indefinitely; look again on {until}" if answer.indefinite else f"Keep it until {until}"
    if answer.kind == Answer.Kind.TRANSFER:
        return f"Pass it on to {answer.transferred_to}, then remove it here"
    return str(answer.get_kind_display())


def waiting(answers: Iterable[Answer], same: Mapping[str, int]) -> list[Cells]:
    return [
        (
            Cell(each.task.record_id, url=reverse("retention:decide_answer", args=[each.pk])),
            answer_words(each),
            each.reason + copied(each, same),
            each.asked_by.name,
        )
        for each in answers
    ]


def copied(answer: Answer, same: Mapping[str, int]) -> str:
    number = same.get(answer.reason, 1) - 1
    if number < 1:
        return ""
    return f" (the same words stand on {number} other answer{'s' if number > 1 else ''})"


def cooling(answers: Iterable[Answer], now: datetime) -> list[Cells]:
    return [
        (
            Cell(each.task.record_id, url=reverse("retention:review", args=[each.task_id])),
            answer_words(each),
            countdown(each, now),
            each.decided_by.name if each.decided_by else "–",
        )
        for each in answers
    ]


def answered(answer: Answer) -> str:
    """For whoever may object: what was answered, and how far it is."""
    how_far = "agreed by two people" if answer.decided_by else "waits for a second person"
    return f"{answer_words(answer)}: {how_far}"


def countdown(answer: Answer, now: datetime) -> str:
    """How long anybody can still object."""
    if answer.not_before is None:
        return "–"
    if answer.kind == Answer.Kind.TRANSFER and not answer.receipt:
        return "Waits for a receipt from whoever has it now" if answer.bundle_hash else "Waits to be passed on"
    left = (answer.not_before - now).total_seconds()
    if left <= 0:
        return "The time is over: it is carried out within minutes"
    hours = math.ceil(left / 3600)
    words = "1 hour" if hours == 1 else f"{hours} hours" if hours < 48 else f"{math.ceil(hours / 24)} days"
    return f"{words}, until {clock_words(answer.not_before)}"


def history(answers: Iterable[Answer]) -> list[str]:
    """Each earlier answer in one line."""
    return [_line(each) for each in answers]


def _line(answer: Answer) -> str:
    words = f"{answer_words(answer)}. {answer.reason} ({answer.asked_by.name}, {clock_words(answer.asked_at)})"
    if answer.state in (AskedState.WAITING, AskedState.APPROVED):
        return f"{words}. {answer.get_state_display()}"
    decided = f" by {answer.decided_by.name}" if answer.decided_by else ""
    because = f": {answer.ended_because}" if answer.ended_because else ""
    return f"{words}. {answer.get_state_display()}{decided}{because}"


def answer(found: Answer, item: ScheduleItem | None, same: Mapping[str, int]) -> list[Row]:
    rows = [
        Row("Record", found.task.record_id, url=reverse("retention:record", args=[found.task.record_id]), action="Why"),
        Row("Kind", item.get_category_display() if item else "–"),
        Row("Due since", in_words(found.task.due_on)),
        Row("Answer", answer_words(found)),
        Row("Why", found.reason + copied(found, same)),
        Row("Asked by", f"{found.asked_by.name}, {clock_words(found.asked_at)}"),
    ]
    kept = Row("Kept before", times(item.renewals if item else 0))
    return [*rows, kept] if found.kind == Answer.Kind.KEEP else rows


def times(renewals: int) -> str:
    return {0: "Never", 1: "Once", 2: "Twice"}.get(renewals, f"{renewals} times")


def offered(tasks: Iterable[ReviewTask], kinds: Mapping[str, str]) -> list[tuple[str, str]]:
    """Checkboxes for one answer to many: reference, kind and due day."""
    return [(str(t.pk), f"{t.record_id}: {kinds.get(t.record_id, '')}, due {in_words(t.due_on)}") for t in tasks]


def to_approve(answers: Iterable[Answer]) -> list[tuple[str, str]]:
    return [(str(each.pk), f"{each.task.record_id}: {answer_words(each)}. {each.reason}") for each in answers]


def overdue_by(due_on: date, today: date) -> str:
    days = (today - due_on).days
    return "due today" if days <= 0 else f"{days} day{'s' if days > 1 else ''} overdue"
