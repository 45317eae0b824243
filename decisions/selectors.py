"""Reads of drafts and records. Each starts from a membership: nobody sees another organisation's rows."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from infoshare.accounts.models import Membership, Organisation, User
from infoshare.accounts.roles import Permission, roles_with
from infoshare.accounts.selectors import people_who_may

from . import parts
from .models import (
    LEADS_TURN,
    AdviceRequest,
    Amendment,
    Clocks,
    Confirmation,
    DecisionRecord,
    Draft,
    FollowUpTask,
    Recusal,
    Restriction,
    Review,
    ReviewItem,
)
from .visibility import open_to, visible_to


def drafts_of(membership: Membership) -> QuerySet[Draft]:
    """A draft is its author's alone, within the organisation acted for."""
    return Draft.objects.within(membership.organisation, author=membership.user)


def draft_for(membership: Membership, draft_id: UUID) -> Draft | None:
    try:
        draft: Draft = drafts_of(membership).get(pk=draft_id)
    except Draft.DoesNotExist:
        return None
    draft.organisation, draft.author = membership.organisation, membership.user  # the same: no need to read them again
    return draft


def records_for(membership: Membership) -> QuerySet[DecisionRecord]:
    """The records this person may know of: their own or the organisation's, but for restrictions and recusals."""
    return visible_to(membership)


def record_for(membership: Membership, reference: str) -> DecisionRecord:
    records = records_for(membership).select_related("organisation", "team", "author", "document__key")
    record = records.filter(reference=reference).first()
    if record is None:
        raise Http404("There is no such record.")
    return record


def record_of_draft(membership: Membership, draft_id: UUID) -> DecisionRecord | None:
    """The record that a draft became, for someone who submits it again or goes back to it."""
    became = Q(idempotency_key=draft_id) | Q(amendments__idempotency_key=draft_id)
    return records_for(membership).filter(became, author=membership.user).first()


def to_review(membership: Membership) -> QuerySet[ReviewItem]:
    """The lead's turn: not of the records they had a part in."""
    return parts.without(_waiting_for_review(membership), membership, "record")


def to_review_by_another(membership: Membership) -> QuerySet[ReviewItem]:
    """What waits for a lead who had no part in it, as this one had."""
    return _waiting_for_review(membership).filter(record__in=parts.records(membership))


def _waiting_for_review(membership: Membership) -> QuerySet[ReviewItem]:
    """What is most at risk first, the longest waiting first among equals."""
    queue: QuerySet[ReviewItem] = ReviewItem.objects.within(membership.organisation).filter(state__in=LEADS_TURN)
    return open_to(queue, membership, "record").order_by("-risk", "recorded_at", "record")


def reviewers(organisation: Organisation, references: Collection[str]) -> dict[str, list[User]]:
    """For each of some records that wait for review, who may review it: nobody, where each had a part in it."""
    found: dict[str, list[User]] = {reference: [] for reference in references}
    for lead in _leads(organisation):
        for reference in to_review(lead).filter(record__in=references).values_list("record", flat=True):
            found[reference].append(lead.user)
    return found


def shut_out(record: DecisionRecord) -> list[User]:
    """The leads who could review a restricted record if they were let in: no part in it, and not recused."""
    here = record.organisation
    if not Restriction.objects.within(here).filter(record=record).exists():
        return []
    recused = set(Recusal.objects.within(here).filter(record=record).values_list("person", flat=True))
    readers = set(Restriction.readers.through.objects.filter(restriction=record.pk).values_list("user", flat=True))
    away = recused | readers
    return [each.user for each in _leads(here) if each.user_id not in away and not parts.of(each, record)]


def readers(record: DecisionRecord) -> list[Membership]:
    """Everybody who may read a record now: its author, the leads, the team where teams read, but for the kept out."""
    may = Q(roles__overlap=roles_with(Permission.READ_ALL_RECORDS)) | Q(user=record.author_id)
    here: QuerySet[Membership] = Membership.objects.within(record.organisation)
    asked = here.filter(may | Q(team__isnull=False, team=record.team_id), user__is_active=True)
    asked = asked.select_related("user", "organisation").order_by("user__name")
    return [each for each in asked if visible_to(each).filter(pk=record.pk).exists()]


def _leads(organisation: Organisation) -> QuerySet[Membership]:
    role = roles_with(Permission.REVIEW_RECORDS)
    leads: QuerySet[Membership] = Membership.objects.within(organisation).filter(roles__overlap=role)
    return leads.filter(user__is_active=True).select_related("user", "organisation").order_by("user__name")


def reviews_of(record: DecisionRecord) -> QuerySet[Review]:
    """Every review of a record with its answer, in the order they were given."""
    reviews: QuerySet[Review] = Review.objects.within(record.organisation).filter(record=record)
    return reviews.select_related("document__key", "answer__document__key")


def tasks_on(record: DecisionRecord) -> QuerySet[FollowUpTask]:
    """What is still open on a record, for somebody who may read it."""
    tasks: QuerySet[FollowUpTask] = record.tasks.filter(closed_at=None)
    return tasks.select_related("owner")


def clocks_running(records: Iterable[DecisionRecord]) -> dict[str, datetime]:
    """Reference → when the reasons are due, for the emergencies among them whose clock runs."""
    running = FollowUpTask.objects.filter(
        record__in=[record.pk for record in records], kind=FollowUpTask.Kind.COMPLETE_REASONS, closed_at=None
    )
    return dict(running.values_list("record", "due_at"))


def restricted(records: Iterable[DecisionRecord]) -> set[str]:
    """The references of those among them that only named readers may know of."""
    found = Restriction.objects.filter(record__in=[record.pk for record in records])
    return set(found.values_list("record", flat=True))


def tasks_of(membership: Membership) -> QuerySet[FollowUpTask]:
    """The person's own open tasks, the most pressing first."""
    mine: QuerySet[FollowUpTask] = FollowUpTask.objects.within(membership.organisation)
    return mine.filter(owner=membership.user, closed_at=None)


def tasks_for(membership: Membership) -> QuerySet[FollowUpTask]:
    """Their own; for the IG lead those on records they may know of; for the deputy those that were escalated."""
    tasks: QuerySet[FollowUpTask] = FollowUpTask.objects.within(membership.organisation)
    seen = Q(owner=membership.user)
    if membership.may(Permission.ADVISE):
        seen |= Q(record=None) | Q(record__in=visible_to(membership))
    if Clocks.objects.within(membership.organisation).filter(deputy=membership.user).exists():
        seen |= Q(escalated_at__isnull=False)
    return tasks.filter(seen)


def task_for(membership: Membership, task_id: UUID) -> FollowUpTask:
    task = tasks_for(membership).select_related("record", "draft", "owner", "closed_by").filter(pk=task_id).first()
    if task is None:
        raise Http404("There is no such task.")
    return task


def clocks_of(organisation: Organisation) -> Clocks:
    """The organisation's own, else the usual ones (not saved)."""
    return Clocks.objects.within(organisation).first() or Clocks(organisation=organisation)


def tasks_to_remind_of(now: datetime) -> QuerySet[FollowUpTask, UUID]:
    """Ids in every organisation: for the clock, which is nobody."""
    open_ones: QuerySet[FollowUpTask] = FollowUpTask.objects.filter(closed_at=None, reminded_at=None)
    return open_ones.filter(remind_at__lte=now).order_by("remind_at").values_list("pk", flat=True)


def tasks_overdue(now: datetime) -> QuerySet[FollowUpTask, UUID]:
    """Ids in every organisation, of those that nobody has been told of yet."""
    open_ones: QuerySet[FollowUpTask] = FollowUpTask.objects.filter(closed_at=None, escalated_at=None)
    return open_ones.filter(due_at__lte=now).order_by("due_at").values_list("pk", flat=True)


def has_adviser(membership: Membership) -> bool:
    """Is there anybody else here to advise them and to hear of their emergencies?"""
    return people_who_may(Permission.ADVISE, membership.organisation).exclude(pk=membership.user_id).exists()


def advice_overdue(now: datetime) -> QuerySet[AdviceRequest, UUID]:
    """Ids in every organisation, of those that nobody has been told of yet."""
    waiting: QuerySet[AdviceRequest] = AdviceRequest.objects.filter(replied_at=None, escalated_at=None)
    return waiting.filter(due_at__lte=now).order_by("due_at").values_list("pk", flat=True)


def advice_of(membership: Membership) -> QuerySet[AdviceRequest]:
    """What the person asked."""
    asked: QuerySet[AdviceRequest] = AdviceRequest.objects.within(membership.organisation)
    return asked.filter(author=membership.user)


def advice_open(membership: Membership) -> QuerySet[AdviceRequest]:
    """What they asked and have no record of yet: waiting, or answered and not yet decided on."""
    return advice_of(membership).filter(draft__author=membership.user).order_by("-asked_at")


def advice_asked(membership: Membership) -> QuerySet[AdviceRequest]:
    """What the organisation's advisers were asked, but never by themselves, nor on a record closed to them."""
    asked: QuerySet[AdviceRequest] = AdviceRequest.objects.within(membership.organisation)
    if not membership.may(Permission.ADVISE):
        return asked.none()
    return open_to(asked.exclude(author=membership.user), membership, "record")


def advice_for(membership: Membership, advice_id: UUID) -> AdviceRequest:
    request = advice_asked(membership).select_related("team", "draft", "record", "adviser").filter(pk=advice_id).first()
    if request is None:
        raise Http404("There is no such request.")
    return request


def amendments_of(record: DecisionRecord) -> QuerySet[Amendment]:
    amendments: QuerySet[Amendment] = Amendment.objects.within(record.organisation).filter(record=record)
    return amendments.select_related("document__key")


def confirmations_of(record: DecisionRecord) -> QuerySet[Confirmation]:
    confirmations: QuerySet[Confirmation] = Confirmation.objects.within(record.organisation).filter(record=record)
    return confirmations.select_related("document__key")
