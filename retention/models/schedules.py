"""When each record is due, the dates that this counts from, and which records have no schedule yet.

A record's row has no foreign-key constraint: what is written here outlives the record, without anything personal.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from decisions.models import DecisionRecord
from infoshare.accounts.models import Organisation, OwnedQuerySet, User
from retention.categories import Category
from retention.schedule import TRIGGERS, Trigger

from .rules import RuleVersion


class State(models.TextChoices):
    WAITING = "waiting", "Not due yet"
    DUE = "due", "Due for review"
    HELD = "held", "Due, but on hold"
    ANSWERED = "answered", "Reviewed; waits for a second person"
    APPROVED = "approved", "Approved; cooling off"
    DISPOSED = "disposed", "Disposed of"


# The sweep may move these. A review that has begun keeps its record's state, whatever happens to rules and dates.
MOVABLE = (State.WAITING, State.DUE, State.HELD)


def _of_state(state: State, name: str) -> models.Index:
    return models.Index(fields=["organisation", "due_on", "record"], name=name, condition=models.Q(state=state.value))


class ScheduleItem(models.Model):
    """When one record is due, and by which version of which rule. Written by the sweep and the services alone."""

    record = models.OneToOneField(
        DecisionRecord, on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="+"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.CharField(max_length=30, choices=Category.choices, default=Category.NOT_KNOWN)
    # The dates that periods count from; blank at disposal. `recorded_on` is always known.
    recorded_on = models.DateField()
    case_closed_on = models.DateField(null=True)
    born_on = models.DateField(null=True)
    last_contact_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    # The case reference as a blind index: equal for records of one case, unreadable by itself.
    case_index = models.BinaryField(null=True)
    # The rule that wins; null until the schedule has been worked out.
    rule_version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    # Null: the winning rule counts from a date that nobody has entered yet.
    due_on = models.DateField(null=True)
    kept_until = models.DateField(null=True)
    indefinite = models.BooleanField(default=False)
    renewals = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    # Grows when a review ends and the record stays, or when a later due date takes back an unstarted review.
    cycle = models.PositiveIntegerField(default=1)
    # The organisation's revision of rules by which this was worked out; 0: to be worked out.
    revision = models.PositiveIntegerField(default=0)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            _of_state(State.WAITING, "waiting_by_due_day"),
            _of_state(State.DUE, "due_by_due_day"),
            _of_state(State.HELD, "held_by_due_day"),
            models.Index(
                fields=["organisation", "revision", "record"],
                name="schedule_by_revision",
                condition=models.Q(state__in=[state.value for state in MOVABLE]),
            ),
            models.Index(
                fields=["organisation", "recorded_on", "record"],
                name="schedule_without_due_day",
                condition=models.Q(due_on__isnull=True, state="waiting"),
            ),
            models.Index(
                fields=["organisation", "due_on", "record"],
                name="kept_indefinitely",
                condition=models.Q(indefinite=True),
            ),
            models.Index(
                fields=["organisation", "case_index"],
                name="schedule_by_case",
                condition=models.Q(case_index__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="schedule_states_are_known"),
            models.CheckConstraint(
                condition=~models.Q(state="disposed")
                | models.Q(
                    born_on__isnull=True,
                    died_on__isnull=True,
                    last_contact_on__isnull=True,
                    case_closed_on__isnull=True,
                    case_index__isnull=True,
                ),
                name="nothing_personal_stays_after_disposal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} due {self.due_on}"

    @property
    def dates(self) -> dict[Trigger, date | None]:
        return {trigger: getattr(self, trigger.column) for trigger in Trigger}


class TriggerEntry(models.Model):
    """That someone entered or corrected a date that a period counts from. Personal, so it goes with the record."""

    record = models.ForeignKey(
        DecisionRecord, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=True
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    trigger = models.CharField(max_length=30, choices=TRIGGERS)
    # Null: the date was taken away.
    day = models.DateField(null=True)
    reason = models.TextField(max_length=1000, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.trigger} of {self.record_id}"


class Unscheduled(models.Model):
    """A record without a schedule. The database writes this row with the record; the sweep takes it away."""

    record = models.OneToOneField(
        DecisionRecord, on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="+"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.record_id} without a schedule"
