"""Reminding of what is nearly due and telling others of what is overdue; each once, however often it is asked for.

The task's row is locked and marked in the transaction that posts the notices, so a repeated message finds it done.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from decisions import permissions, selectors
from decisions.models import ESCALATES, AdviceRequest, Clocks, FollowUpTask
from infoshare.accounts.models import Membership, Organisation, User
from infoshare.accounts.roles import Permission
from infoshare.accounts.selectors import people_who_may
from infoshare.days import clock_words
from infoshare.notices.kinds import Kind
from infoshare.notices.services import notify

from .follow_ups import address

NOT_WAIT = "The advice you asked for is late. If somebody may be harmed, do not wait for it."


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
        _tell(task.owner, task, f"{task.words} This has been {since}", "overdue")
        for person in watchers(task) if task.kind in ESCALATES else []:
            _tell(person, task, f"‘{task.get_kind_display()}’ has been {since}", "overdue")
    return True


def _take(tasks: QuerySet[FollowUpTask]) -> FollowUpTask | None:
    """Locked, if it is still open and nobody else is at it."""
    return (
        tasks.filter(closed_at=None).select_for_update(skip_locked=True, of=("self",)).select_related("owner").first()
    )


def escalate_advice(advice_id: UUID, now: datetime | None = None) -> bool:
    """Whether others were told now that nobody has answered in time. The one who asked is told not to wait."""
    now = now or timezone.now()
    with transaction.atomic():
        late = AdviceRequest.objects.filter(pk=advice_id, replied_at=None, escalated_at=None, due_at__lte=now)
        request = late.select_for_update(skip_locked=True, of=("self",)).select_related("author").first()
        if request is None:
            return False
        request.escalated_at = now
        request.save(update_fields=["escalated_at"])
        told: dict[str, Any] = {"organisation": request.organisation, "kind": Kind.ADVICE, "key": f"late:{request.pk}"}
        url = reverse("guide:ask", args=[request.draft_id]) if request.draft_id else reverse("home")
        notify(person=request.author, words=NOT_WAIT, url=url, urgent=True, **told)
        words, leads = (
            f"Advice has been overdue since {clock_words(request.due_at)}. Reply now.",
            advisers(request.organisation),
        )
        for person in with_deputy(leads, request.organisation):
            url = reverse("desk:waiting") if person in leads else reverse("notices:list")
            notify(person=person, words=words, url=url, urgent=True, **told)
    return True


def watchers(task: FollowUpTask) -> list[User]:
    """The IG leads who may know of the record, and the organisation's deputy; not the owner."""
    members = Membership.objects.within(task.organisation).select_related("user")
    leads = members.filter(user__in=advisers(task.organisation))
    may_know = [each.user for each in leads if task.record is None or permissions.may_know_of(each, task.record)]
    return [person for person in with_deputy(may_know, task.organisation) if person != task.owner]


def advisers(organisation: Organisation) -> list[User]:
    return list(people_who_may(Permission.ADVISE, organisation))


def with_deputy(people: list[User], organisation: Organisation) -> list[User]:
    deputy = selectors.clocks_of(organisation).deputy
    return [*people, *([deputy] if deputy and deputy.is_active and deputy not in people else [])]


def _tell(person: User, task: FollowUpTask, words: str, about: str) -> None:
    kind = Kind.EMERGENCY if task.kind == FollowUpTask.Kind.COMPLETE_REASONS else Kind.TASK
    key, organisation = f"{about}:{task.pk}", task.organisation
    notify(person=person, organisation=organisation, kind=kind, words=words, url=address(task), key=key, urgent=True)
