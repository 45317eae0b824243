"""Retention rules with their versions, when each record is due, what is to be reviewed, and which sweeps ran.

Fields and constraints only. Rules change through services.py; schedules and reviews through the sweep (sweeping.py).
"""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from decisions.models import DecisionRecord
from infoshare.accounts.models import Organisation, OwnedQuerySet, User

from .schedule import sum_in_words


class Trigger(models.TextChoices):
    """The event that a period counts from. The label is the event's verb in the sum in words."""

    DECISION_DATE = "decision_date", "recorded"


class Action(models.TextChoices):
    """What happens at the end. Nothing is ever destroyed without a review."""

    REVIEW = "review", "A person reviews the record"


class Verification(models.TextChoices):
    VERIFIED = "verified", "Checked: we read it in the source"
    PARTLY_VERIFIED = "partly_verified", "Partly checked: we read the core of it in a source, not every detail"
    SECONDARY = "secondary", "Not checked at its source: others report it"
    UNCHECKED = "unchecked", "Not checked yet"
    OWN = "own", "Set by your organisation"


class RetentionRule(models.Model):
    """A rule of one organisation. What it says is in the version that `version` numbers; see RuleVersion."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_rule_per_code_in_an_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.code}, version {self.version}"


class RuleVersion(models.Model):
    """What a rule said from `made_at` on. Written once: a change of mind is the next version."""

    append_only = True

    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="versions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    mandate = models.TextField(max_length=1000)
    verification = models.CharField(max_length=20, choices=Verification.choices)
    trigger = models.CharField(max_length=30, choices=Trigger.choices)
    years = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(150)])
    action = models.CharField(max_length=30, choices=Action.choices)
    made_at = models.DateTimeField(default=timezone.now)
    # Nobody made the shipped first version; it gives no reason either.
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(max_length=1000, blank=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "version"], name="rule_versions_are_numbered"),
            models.CheckConstraint(condition=models.Q(years__range=(1, 150)), name="period_is_1_to_150_years"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class State(models.TextChoices):
    WAITING = "waiting", "Not due yet"
    DUE = "due", "Due for review"


class ScheduleItem(models.Model):
    """When one record is due, and by which version of which rule. A record without one gets it in the next sweep."""

    record = models.OneToOneField(DecisionRecord, on_delete=models.PROTECT, primary_key=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    rule_version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    trigger_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    # Grows when a review ends and the record stays, or when a later due date takes back an unstarted review.
    cycle = models.PositiveIntegerField(default=1)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "due_on", "record"],
                name="waiting_by_due_day",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["organisation", "due_on", "record"], name="due_by_due_day", condition=models.Q(state="due")
            ),
            models.Index(fields=["rule_version", "record"], name="schedule_by_rule_version"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="schedule_states_are_known")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} due {self.due_on}"

    @property
    def sum_in_words(self) -> str:
        event = Trigger(self.rule_version.trigger).label
        return sum_in_words(event, self.trigger_on, self.rule_version.years)


class SweepRun(models.Model):
    """One sweep of one organisation. Its counts grow with each finished chunk, so that a broken run tells the truth."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    # Null is the nightly job.
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    scheduled = models.PositiveIntegerField(default=0)
    recomputed = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    flagged = models.PositiveIntegerField(default=0)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"sweep as of {self.as_of}"


class ReviewTask(models.Model):
    """That a record is to be reviewed: one for each time it falls due, whatever crashes, repeats or overlaps."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for a review"
        WITHDRAWN = "withdrawn", "Taken back: the record is due later now"

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cycle = models.PositiveIntegerField()
    due_on = models.DateField()
    run = models.ForeignKey(SweepRun, on_delete=models.PROTECT, related_name="tasks")
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "cycle"], name="one_review_each_time_a_record_is_due")
        ]

    def __str__(self) -> str:
        return f"review of {self.record_id}, due {self.due_on}"
