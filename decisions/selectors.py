"""Reads of drafts and records. Each starts from a membership: nobody sees another organisation's rows."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from infoshare.accounts.models import Membership

from .models import DecisionRecord, Draft
from .visibility import visible_to


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
