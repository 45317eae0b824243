"""What the tests of clocks, tasks and advice begin with."""

from datetime import timedelta
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from decisions import services
from decisions.models import DecisionRecord, Draft, FollowUpTask
from infoshare.accounts.models import Membership

TOLD = {
    "recipients": ["police", "childrens_social_care"],
    "recipient": "the police and children’s social care",
    "may_be_the_danger": "",
    "already_told": False,
    "happening": "He is barely conscious",
    "shared": "What he took",
}


def emergency(by: Membership) -> DecisionRecord:
    return services.record_emergency(by=by, told=TOLD, case_reference="4471", key=uuid4())


def run_down(task: FollowUpTask, left: timedelta = timedelta()) -> FollowUpTask:
    """As if the clock had run until only `left` is left, or less than nothing."""
    gone = task.due_at - timezone.now() - left
    moved = {name: F(name) - gone for name in ("opened_at", "remind_at", "due_at")}
    FollowUpTask.objects.filter(pk=task.pk).update(**moved)
    task.refresh_from_db()
    return task


def draft_of(task: FollowUpTask) -> Draft:
    task.refresh_from_db()
    assert task.draft is not None
    return task.draft
