"""Disposal reviews: one person answers, another agrees, and what is to go cools off first. Nothing is removed here."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership
from retention import permissions, selectors, telling
from retention.models import Answer, ReviewTask, ScheduleItem, State
from retention.models.asked import AskedState
from retention.schedule import add_whole_years

from .dates import work_out
from .two_people import AlreadyDecided, decide

# However long a record is kept, somebody looks at it again within this time.
YEARS_UNTIL_NEXT_LOOK = 10


@transaction.atomic
def answer_review(
    *,
    task: ReviewTask,
    by: Membership,
    kind: Answer.Kind,
    reason: str,
    keep_until: date | None = None,
    indefinite: bool = False,
    transferred_to: str = "",
) -> Answer:
    """One of the three answers, for a second person to look at."""
    permissions.check_may_review(by, task.organisation)
    permissions.check_not_kept_from(by, task.record_id)
    item = _locked(task)
    if item.state != State.DUE or item.cycle != task.cycle:
        raise AlreadyDecided(task)
    check_keep_until(kind, keep_until)
    answer: Answer = Answer.objects.create(
        task=task,
        organisation=task.organisation,
        kind=kind,
        reason=reason,
        keep_until=keep_until if kind == Answer.Kind.KEEP else None,
        indefinite=indefinite and kind == Answer.Kind.KEEP,
        transferred_to=transferred_to,
        asked_by=by.user,
    )
    _move(item, State.ANSWERED)
    telling.second_person_needed(by)
    return answer


def check_keep_until(kind: Answer.Kind, keep_until: date | None) -> None:
    if kind != Answer.Kind.KEEP:
        return
    today = selectors.today()
    if keep_until is None or not today < keep_until <= add_whole_years(today, YEARS_UNTIL_NEXT_LOOK):
        raise ValidationError(f"Enter a day within the next {YEARS_UNTIL_NEXT_LOOK} years.")


@transaction.atomic
def decide_answer(*, answer: Answer, by: Membership, approve: bool, because: str = "") -> Answer:
    """Agreed: what is kept waits again at once; what is to go cools off. Not agreed: the review is open again."""
    permissions.check_not_kept_from(by, answer.task.record_id)
    item = _locked(answer.task)
    decided = decide(answer, by=by, approve=approve, because=because)
    if not approve:
        _move(item, State.DUE)
        _tell_asker(decided)
    elif decided.kind == Answer.Kind.KEEP:
        _keep(item, decided)
    else:
        _cool_off(item, decided)
    return decided


def _keep(item: ScheduleItem, answer: Answer) -> None:
    ReviewTask.objects.filter(pk=answer.task_id).update(state=ReviewTask.State.ENDED)
    Answer.objects.filter(pk=answer.pk).update(state=AskedState.DONE)
    ScheduleItem.objects.filter(pk=item.pk).update(
        state=State.WAITING,
        kept_until=answer.keep_until,
        indefinite=answer.indefinite,
        renewals=F("renewals") + 1,
        cycle=F("cycle") + 1,
        revision=0,
    )
    work_out(item)


def _cool_off(item: ScheduleItem, answer: Answer) -> None:
    days = selectors.settings(item.organisation).cooling_days
    answer.not_before = timezone.now() + timedelta(days=days)
    answer.save(update_fields=["not_before"])
    _move(item, State.APPROVED)
    record = DecisionRecord.objects.within(item.organisation).select_related("author").get(pk=item.pk)
    telling.will_go(record, answer, reverse("retention:record", args=[item.pk]))


@transaction.atomic
def object_to(*, answer: Answer, by: Membership, because: str) -> None:
    """Stop an answer that waits or cools off. Whoever may know of the record may object: its author as well."""
    permissions.check_may_object(by, answer.task)
    item = _locked(answer.task)
    if cancel(item, answer.pk, f"{by.user.name} objected: {because}"):
        _tell_asker(answer)


def _tell_asker(answer: Answer) -> None:
    url = reverse("retention:review", args=[answer.task_id])
    telling.not_agreed(answer.asked_by, answer.organisation, url, f"answer:{answer.pk}")


def cancel(item: ScheduleItem, answer_pk: int, because: str, state: State = State.DUE) -> bool:
    """End an answer that nobody has carried out; the review is open again. False if there was none to end."""
    open_answers = Answer.objects.filter(pk=answer_pk, state__in=[AskedState.WAITING, AskedState.APPROVED])
    if not open_answers.update(state=AskedState.CANCELLED, ended_because=because):
        return False
    _move(item, state)
    return True


def _locked(task: ReviewTask) -> ScheduleItem:
    found = ScheduleItem.objects.within(task.organisation).select_for_update(of=("self",))
    item: ScheduleItem = found.select_related("organisation").get(pk=task.record_id)
    return item


def _move(item: ScheduleItem, state: State) -> None:
    item.state = state
    item.save(update_fields=["state"])


def take_review(*, task: ReviewTask, by: Membership) -> None:
    permissions.check_may_review(by, task.organisation)
    ReviewTask.objects.filter(pk=task.pk).update(owner=by.user)


def answer_many(*, tasks: list[ReviewTask], by: Membership, **told: Any) -> int:
    """The same answer to several; how many it was given to. One that somebody else has just answered is passed over."""
    number = 0
    for task in tasks:
        try:
            answer_review(task=task, by=by, **told)
            number += 1
        except AlreadyDecided:
            continue
    return number


def approve_many(*, answers: list[Answer], by: Membership) -> int:
    """How many were still there to agree with."""
    number = 0
    for answer in answers:
        try:
            decide_answer(answer=answer, by=by, approve=True)
            number += 1
        except AlreadyDecided:
            continue
    return number
