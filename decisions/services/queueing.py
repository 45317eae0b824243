"""Putting a new record up for review: what marks it, and whether the sample takes it where nothing does."""

import secrets

from decisions import facets
from decisions.models import WEIGHT, DecisionRecord, Mark, ReviewItem
from decisions.outcomes import Outcome
from decisions.visibility import settings_of

State = ReviewItem.State


def marks(record: DecisionRecord, *, unverified: bool = False, danger: bool = False) -> list[Mark]:
    found = {
        Mark.DANGER: danger,
        Mark.UNTOLD: facets.shared_against_no_agreement_untold(record.decided, record.agreement, record.telling),
        Mark.DEPARTURE: record.departs,
        Mark.REFUSAL: record.decided == Outcome.DO_NOT_SHARE,
        Mark.UNVERIFIED: unverified,
        Mark.EMERGENCY: record.route == DecisionRecord.Route.EMERGENCY,
    }
    return [mark for mark, stands in found.items() if stands]


def put_up(record: DecisionRecord, *, unverified: bool = False, danger: bool = False) -> ReviewItem:
    """Every record has its place. A draw that nobody can foresee decides where there is no mark."""
    found = marks(record, unverified=unverified, danger=danger)
    chosen = found or secrets.randbelow(100) < settings_of(record.organisation).sample_percent
    item: ReviewItem = ReviewItem.objects.create(
        record=record,
        organisation=record.organisation,
        recorded_at=record.recorded_at,
        marks=found,
        risk=sum(WEIGHT[mark] for mark in found),
        state=State.WAITING if chosen else State.NOT_CHOSEN,
    )
    return item


def changed(record: DecisionRecord) -> None:
    """Something was added: a sign-off no longer covers the whole record."""
    signed = ReviewItem.objects.within(record.organisation).filter(record=record)
    signed.filter(state__in=[State.ACCEPTED, State.DISAGREED]).update(state=State.STALE)
