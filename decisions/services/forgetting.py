"""What is not a record and whose time is over: drafts, practice, and notes of reads and exports.

Which rows those are is said here; how long each is kept, and when they go, is retention's. A draft goes only after its
author was warned, and never while a task or an adviser waits for it.
"""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from decisions.models import AdviceRequest, Draft, Export, FollowUpTask, PracticeSitting, RecordRead
from infoshare.accounts.models import Organisation
from infoshare.days import day_words
from infoshare.notices.kinds import Kind
from infoshare.notices.services import notify


def idle_drafts(organisation: Organisation, before: datetime) -> QuerySet[Draft]:
    """Nobody has saved them since, and nothing is left to do that needs them."""
    tasks = FollowUpTask.objects.filter(closed_at=None, draft=OuterRef("pk"))
    advice = AdviceRequest.objects.filter(replied_at=None, draft=OuterRef("pk"))
    drafts: QuerySet[Draft] = Draft.objects.within(organisation).filter(saved_at__lt=before)
    return drafts.filter(~Exists(tasks), ~Exists(advice))


def warn(draft: Draft, goes_on: date) -> None:
    """Tell the author from which day it may go. Call it with the draft locked."""
    Draft.objects.filter(pk=draft.pk).update(goes_on=goes_on)
    notify(
        person=draft.author,
        organisation=draft.organisation,
        kind=Kind.RETENTION,
        words=f"A draft of yours will be deleted on {day_words(goes_on)}. Keep it if you still need it.",
        url=reverse("guide:keep_draft", args=[draft.pk]),
        key=f"draft goes:{draft.pk}:{goes_on}",
    )


def practice_before(organisation: Organisation, before: datetime) -> QuerySet[PracticeSitting]:
    found: QuerySet[PracticeSitting] = PracticeSitting.objects.within(organisation).filter(saved_at__lt=before)
    return found


def exports_before(organisation: Organisation, before: datetime) -> QuerySet[Export]:
    found: QuerySet[Export] = Export.objects.within(organisation).filter(at__lt=before)
    return found


def reads_before(organisation: Organisation, before: datetime) -> QuerySet[RecordRead]:
    found: QuerySet[RecordRead] = RecordRead.objects.within(organisation).filter(read_at__lt=before)
    return found
