"""Reads of drafts and records. Each starts from a membership: nobody sees another organisation's rows."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from infoshare.accounts.models import Membership

from .models import LEADS_TURN, DecisionRecord, Draft, Review, ReviewItem
from .visibility import open_to, visible_to


def drafts_of(membership: Membership) -> QuerySet[Draft]:
    """A draft is its author's alone, within the organisation acted for."""
    return Draft.objects.within(membership.organisation).filter(author=membership.user)


def draft_for(membership: Membership, draft_id: UUID) -> Draft | None:
    return drafts_of(membership).select_related("organisation", "team", "author").filter(pk=draft_id).first()


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
    return records_for(membership).filter(idempotency_key=draft_id, author=membership.user).first()


def reasons_due(membership: Membership) -> QuerySet[DecisionRecord]:
    """The person's emergencies whose reasons are still to come, the most pressing first."""
    mine = records_for(membership).filter(author=membership.user, reasons_due_at__isnull=False)
    return mine.exclude(amendments__completes_reasons=True).order_by("reasons_due_at")


def to_review(membership: Membership) -> QuerySet[ReviewItem]:
    """The lead's turn, what is most at risk first, the longest waiting first among equals. Not their own records."""
    queue: QuerySet[ReviewItem] = ReviewItem.objects.within(membership.organisation).filter(state__in=LEADS_TURN)
    queue = open_to(queue.exclude(record__author=membership.user), membership, "record")
    return queue.order_by("-risk", "record__recorded_at", "record")


def reviews_of(record: DecisionRecord) -> QuerySet[Review]:
    """Every review of a record with its answer, in the order they were given."""
    reviews: QuerySet[Review] = Review.objects.within(record.organisation).filter(record=record)
    return reviews.select_related("document__key", "answer__document__key")
