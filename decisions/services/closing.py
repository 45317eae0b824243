"""Closing tasks as part of another deed, in its transaction. For a person closing one: follow_ups.close_task."""

from django.db.models import QuerySet
from django.utils import timezone

from decisions.models import FollowUpTask
from infoshare.accounts.models import Membership, User


def close_all(tasks: QuerySet[FollowUpTask], by: Membership) -> None:
    """Those still open are closed: the deed itself has done what they ask."""
    for task in tasks.filter(closed_at=None).select_for_update():
        close(task, by.user)


def close(task: FollowUpTask, by: User) -> None:
    task.closed_at, task.closed_by = timezone.now(), by
    task.save(update_fields=["closed_at", "closed_by", "entry"])
