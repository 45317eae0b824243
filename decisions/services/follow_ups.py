"""Tasks that follow a decision: opened once per key in the transaction of the deed, and closed by somebody."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from decisions import permissions
from decisions.models import DecisionRecord, Draft, FollowUpTask
from infoshare.accounts.models import Membership, User
from infoshare.notices.kinds import Kind as NoticeKind
from infoshare.notices.services import notify

from .adding import amend
from .closing import close

REMINDED_BEFORE = timedelta(hours=3)


def open_task(
    *,
    record: DecisionRecord | None,
    draft: Draft | None,
    owner: User,
    kind: str,
    words: str,
    due_at: datetime,
    key: str,
    tell: bool = False,
) -> FollowUpTask:
    """The task with this key, new or already there. `words` hold no personal data.

    `tell` the owner now, where somebody else's deed gives it to them; a reminder comes before it is due in any case.
    """
    about = record or draft
    assert about is not None, "a task is about a record or a draft"
    now = timezone.now()
    given = {
        "record": record,
        "draft": draft,
        "owner": owner,
        "kind": FollowUpTask.Kind(kind),
        "words": words,
        "opened_at": now,
        "due_at": due_at,
        "remind_at": _remind_at(now, due_at),
    }
    task, new = FollowUpTask.objects.get_or_create(organisation=about.organisation, key=key, defaults=given)
    if new and tell:
        notify(
            person=owner,
            organisation=about.organisation,
            kind=NoticeKind.TASK,
            words=words,
            url=address(task),
            key=f"task:{task.pk}",
        )
    return task


def _remind_at(opened: datetime, due: datetime) -> datetime:
    """Three hours before it is due, but never in the first half of the time given."""
    return due - min(REMINDED_BEFORE, max((due - opened) / 2, timedelta()))


def address(task: FollowUpTask) -> str:
    return reverse("tasks:task", args=[task.pk])


def close_task(*, task: FollowUpTask, by: Membership, outcome: str = "") -> FollowUpTask:
    """Close it, once. What was done, if it is said, becomes an entry on the record."""
    with transaction.atomic():
        tasks: QuerySet[FollowUpTask] = FollowUpTask.objects.within(by.organisation).select_for_update(of=("self",))
        locked = tasks.select_related("record").get(pk=task.pk)
        permissions.check_may_close(by, locked)
        if locked.closed_at is None:
            if outcome and locked.record:
                locked.entry = amend(record=locked.record, by=by, text=outcome, key=locked.pk)
            close(locked, by.user)
    return locked
