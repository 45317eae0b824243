"""The dates that periods count from: entered once, corrected with a reason; the due date follows at once."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership
from retention import arriving, permissions, selectors, sweeping
from retention.models import ScheduleItem, State, TriggerEntry
from retention.schedule import Trigger

from .rules import adopt_defaults

# A child may be known before it is born: the expected day stands until the real one is entered.
DAYS_BEFORE_BIRTH = 300


@transaction.atomic
def enter_date(
    *, record: DecisionRecord, by: Membership, trigger: Trigger, day: date | None, reason: str = ""
) -> ScheduleItem:
    """Enter, correct or (with None) take away a date. A correction needs a reason. A disposed record takes none."""
    permissions.check_may_enter_dates(by, record)
    item = _locked(record)
    before: date | None = getattr(item, trigger.column)
    _check(item, trigger, day, before, reason)
    if before == day:
        return item
    TriggerEntry.objects.create(
        record=record, organisation=record.organisation, trigger=trigger, day=day, reason=reason, entered_by=by.user
    )
    ScheduleItem.objects.filter(pk=item.pk).update(**{trigger.column: day}, revision=0)
    work_out(item)
    item.refresh_from_db()
    return item


def _check(item: ScheduleItem, trigger: Trigger, day: date | None, before: date | None, reason: str) -> None:
    if item.state == State.DISPOSED:
        raise ValidationError("This record has been disposed of.")
    if trigger is Trigger.DECISION_DATE:
        raise ValidationError("The day it was recorded is fixed.")
    ahead = timedelta(days=DAYS_BEFORE_BIRTH if trigger is Trigger.BIRTH else 0)
    if day is not None and day > selectors.today() + ahead:
        raise ValidationError("Enter a day that has already come.")
    if before is not None and before != day and not reason.strip():
        raise ValidationError("Enter why the date changes.")


def _locked(record: DecisionRecord) -> ScheduleItem:
    """The record's schedule, made now if the sweep has not come yet."""
    adopt_defaults(record.organisation)
    new = arriving.schedule_of(record, record.organisation)
    ScheduleItem.objects.bulk_create([new], ignore_conflicts=True)
    item: ScheduleItem = ScheduleItem.objects.within(record.organisation).select_for_update().get(pk=record.pk)
    return item


def work_out(item: ScheduleItem) -> None:
    """The due date of one record by the rules in force, as a sweep would do it, but now."""
    rules = [version.as_rule for version in selectors.adopted(item.organisation)]
    sweeping.recompute_one(item, rules, selectors.settings(item.organisation).revision, selectors.today())
