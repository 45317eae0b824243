"""Which reviews are open and whose they are, which answers wait for a second person, and which cool off. Reads only."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Count, Model, QuerySet

from decisions.models import Recusal
from infoshare.accounts.models import Membership, Organisation, Team

from .models import Answer, ReviewTask, ScheduleItem
from .models.asked import AskedState

Row = TypeVar("Row", bound=Model)
PAGE = 25
MINE = "mine"


def open_reviews(organisation: Organisation) -> QuerySet[ReviewTask]:
    """Those due longest first."""
    tasks: QuerySet[ReviewTask] = ReviewTask.objects.within(organisation).filter(state=ReviewTask.State.OPEN)
    return tasks.exclude(answers__state__in=[AskedState.WAITING, AskedState.APPROVED]).order_by("due_on", "record_id")


def open_to(by: Membership, found: QuerySet[Row], path: str) -> QuerySet[Row]:
    """Without those about records from which the person stepped back or was kept."""
    kept_from = Recusal.objects.within(by.organisation).filter(person=by.user)
    return found.exclude(**{f"{path}__in": kept_from.values("record")})


def worklist(by: Membership, whose: str = "", team: int | None = None) -> QuerySet[ReviewTask]:
    tasks = open_to(by, open_reviews(by.organisation), "record").select_related("owner", "team")
    if whose == MINE:
        tasks = tasks.filter(owner=by.user)
    return tasks.filter(team=team) if team else tasks


def page(tasks: QuerySet[ReviewTask], after: tuple[date, str] | None) -> tuple[list[ReviewTask], bool]:
    """The reviews after the given (due day, reference), and whether there are more."""
    if after is not None:
        day, reference = after
        tasks = tasks.filter(due_on__gte=day).exclude(due_on=day, record_id__lte=reference)
    found = list(tasks[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def teams(organisation: Organisation) -> QuerySet[Team]:
    found: QuerySet[Team] = Team.objects.within(organisation)
    return found


def review(organisation: Organisation, pk: int) -> ReviewTask | None:
    found: QuerySet[ReviewTask] = ReviewTask.objects.within(organisation).select_related(
        "owner", "team", "organisation"
    )
    return found.filter(pk=pk).first()


def open_review(organisation: Organisation, item: ScheduleItem) -> ReviewTask | None:
    """The review that the record waits for now."""
    found: QuerySet[ReviewTask] = ReviewTask.objects.within(organisation).filter(record=item.pk, cycle=item.cycle)
    return found.filter(state=ReviewTask.State.OPEN).first()


def current_answer(organisation: Organisation, item: ScheduleItem) -> Answer | None:
    """What was answered and is neither carried out nor stopped."""
    going = _answers(organisation).filter(task__record=item.pk)
    return going.filter(state__in=[AskedState.WAITING, AskedState.APPROVED]).first()


def _answers(organisation: Organisation) -> QuerySet[Answer]:
    found: QuerySet[Answer] = Answer.objects.within(organisation).select_related("task", "asked_by", "decided_by")
    return found.order_by("pk")


def waiting(organisation: Organisation) -> QuerySet[Answer]:
    """Answers that need a second person, the oldest first."""
    return _answers(organisation).filter(state=AskedState.WAITING)


def cooling(organisation: Organisation) -> QuerySet[Answer]:
    """What is to go, the next first."""
    return _answers(organisation).filter(state=AskedState.APPROVED).order_by("not_before", "pk")


def answer(organisation: Organisation, pk: int) -> Answer | None:
    return _answers(organisation).filter(pk=pk).first()


def answers_for(organisation: Organisation, reference: str) -> QuerySet[Answer]:
    """Everything ever answered for one record, the newest first."""
    return _answers(organisation).filter(task__record=reference).order_by("-pk")


def same_words(organisation: Organisation, answers: Iterable[Answer]) -> dict[str, int]:
    """Reason → how many answers of the organisation carry exactly these words. Copied reasons are no reasons."""
    reasons = {each.reason for each in answers}
    counted = Answer.objects.within(organisation).filter(reason__in=reasons).values("reason")
    return {row["reason"]: row["number"] for row in counted.annotate(number=Count("pk"))}
