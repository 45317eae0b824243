"""Reminding of what is nearly due and telling others of what is overdue; each once, however often it is asked for.

The task's row is locked and marked in the transaction that posts the notices, so a repeated message finds it done.
"""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from decisions import permissions, selectors
from decisions.models import ESCALATES, Clocks, FollowUpTask
from infoshare.accounts.models import Membership, User
from infoshare.accounts.roles import Permission
from infoshare.accounts.selectors import people_who_may
from infoshare.days import clock_words
from infoshare.notices.kinds import Kind
from infoshare.notices.services import notify

from .follow_ups import address


def set_clocks(*, by: Membership, emergency_working_days: int, deputy: User | None) -> Clocks:
    """Counts for emergencies from now on: a clock that runs keeps the time it was given."""
    permissions.check_may(by, Permission.SET_CLOCKS)
    with transaction.atomic():
        clocks = selectors.clocks_of(by.organisation)
        clocks.emergency_working_days, clocks.deputy = emergency_working_days, deputy
        clocks.full_clean()
        if deputy and not Membership.objects.within(by.organisation).filter(user=deputy).exists():
            raise ValidationError({"deputy": "Choose somebody who works for this organisation"})
        clocks.save()
    return clocks


def remind(task_id: UUID, now: datetime | None = None) -> bool:
    """Whether the owner was reminded now: false where that is done, too early, or no longer needed."""
    now = now or timezone.now()
    with transaction.atomic():
        task = _take(FollowUpTask.objects.filter(pk=task_id, reminded_at=None, remind_at__lte=now))
        if task is None:
            return False
        task.reminded_at = now
        task.save(update_fields=["reminded_at"])
        if task.due_at > now:
            _tell(task.owner, task, f"{task.words} It is due by {clock_words(task.due_at)}.", "reminder")
    return True


def escalate(task_id: UUID, now: datetime | None = None) -> bool:
    """Whether others were told now that the task is overdue."""
    now = now or timezone.now()
    with transaction.atomic():
        task = _take(FollowUpTask.objects.filter(pk=task_id, escalated_at=None, due_at__lte=now))
        if task is None:
            return False
        task.escalated_at = now
        task.save(update_fields=["escalated_at"])
        since = f"overdue since {clock_words(task.due_at)}."
        _tell(task.owner, task, f"{task.words} This is {since}", "overdue")
        for person in watchers(task) if task.kind in ESCALATES else []:
            _tell(person, task, f"‘{task.get_kind_display()}’ is {since}", "overdue")
    return True


def _take(tasks: QuerySet[FollowUpTask]) -> FollowUpTask | None:
    """Locked, if it is still open and nobody else is at it."""
    return (
        tasks.filter(closed_at=None).select_for_update(skip_locked=True, of=("self",)).select_related("owner").first()
    )


def watchers(task: FollowUpTask) -> list[User]:
    """The IG leads who may know of the record, and the organisation's deputy; not the owner."""
    advisers = people_who_may(Permission.ADVISE, task.organisation)
    members = Membership.objects.within(task.organisation).filter(user__in=advisers).select_related("user")
    leads = [each.user for each in members if task.record is None or permissions.may_know_of(each, task.record)]
    deputy = selectors.clocks_of(task.organisation).deputy
    people = [*leads, *([deputy] if deputy and deputy.is_active and deputy not in leads else [])]
    return [person for person in people if person != task.owner]


def _tell(person: User, task: FollowUpTask, words: str, about: str) -> None:
    kind = Kind.EMERGENCY if task.kind == FollowUpTask.Kind.COMPLETE_REASONS else Kind.TASK
    key, organisation = f"{about}:{task.pk}", task.organisation
    notify(person=person, organisation=organisation, kind=kind, words=words, url=address(task), key=key, urgent=True)
