"""Disposal reviews and their answers. A review is raised once for each time a record falls due."""

from typing import ClassVar

from django.db import models

from decisions.models import DecisionRecord
from infoshare.accounts.models import Organisation, OwnedQuerySet, Team, User

from .asked import Asked
from .sweeps import SweepRun


class ReviewTask(models.Model):
    """That a record is to be reviewed: one for each time it falls due, whatever crashes, repeats or overlaps."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for a review"
        WITHDRAWN = "withdrawn", "Taken back"
        ENDED = "ended", "Ended"

    record = models.ForeignKey(
        DecisionRecord, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cycle = models.PositiveIntegerField()
    due_on = models.DateField()
    run = models.ForeignKey(SweepRun, on_delete=models.PROTECT, related_name="tasks")
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "due_on", "record"],
                name="open_reviews_by_due_day",
                condition=models.Q(state="open"),
            ),
            models.Index(
                fields=["organisation", "reminded_on"],
                name="reviews_to_remind_of",
                condition=models.Q(state="open", reminders__lt=3),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "cycle"], name="one_review_each_time_a_record_is_due")
        ]

    def __str__(self) -> str:
        return f"review of {self.record_id}, due {self.due_on}"


class Answer(Asked):
    """What one person answered to a review. A second person approves it; destroying then waits for `not_before`."""

    class Kind(models.TextChoices):
        DESTROY = "destroy", "Destroy it"
        KEEP = "keep", "Keep it longer"
        TRANSFER = "transfer", "Pass it on, then remove it here"

    task = models.ForeignKey(ReviewTask, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    keep_until = models.DateField(null=True)
    indefinite = models.BooleanField(default=False)
    not_before = models.DateTimeField(null=True)
    # Who has the record now, and their receipt. Required before anything is removed.
    transferred_to = models.CharField(max_length=200, blank=True)
    receipt = models.CharField(max_length=200, blank=True)
    # SHA-256 of the bundle that was passed on; it must be taken before there can be a receipt for it.
    bundle_hash = models.CharField(max_length=64, blank=True)
    bundle_taken_at = models.DateTimeField(null=True)

    class Meta(Asked.Meta):
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "not_before"],
                name="answers_to_carry_out",
                condition=models.Q(state="approved"),
            )
        ]
        constraints: ClassVar = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["task"],
                condition=models.Q(state__in=["waiting", "approved", "done"]),
                name="one_answer_counts_per_review",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="keep") | models.Q(keep_until__isnull=False),
                name="what_is_kept_has_a_next_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(receipt="") | ~models.Q(bundle_hash=""),
                name="a_receipt_is_for_a_bundle",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for review {self.task_id}"
