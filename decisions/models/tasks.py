"""What has to follow a decision, by when, and an organisation's clocks. Writes: decisions.services."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User

from .drafts import Draft
from .records import Amendment, DecisionRecord


class FollowUpTask(models.Model):
    """One thing to do after a decision. Its words hold no personal data; what was done stands on the record."""

    class Kind(models.TextChoices):
        COMPLETE_REASONS = "complete_reasons", "Complete the reasons"
        SEEK_ADVICE = "seek_advice", "Take advice, then decide"
        SEEK_AGREEMENT = "seek_agreement", "Talk to the person, then decide"
        TELL_PERSON = "tell_person", "Tell the person"
        LOOK_AGAIN = "look_again", "Look again"
        CONFIRM_RECEIPT = "confirm_receipt", "Check that it arrived"
        TAKE_ADVICE = "take_advice", "Take advice as well"
        SENIOR_VIEW = "senior_view", "Have a senior person confirm it"
        POLICY_DOCUMENT = "policy_document", "See to the policy document"
        NAME_CONDITION = "name_condition", "Name the condition"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, null=True, related_name="tasks")
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, related_name="tasks")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    words = models.CharField(max_length=300)
    key = models.CharField(max_length=150)
    opened_at = models.DateTimeField(default=timezone.now)
    remind_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # What was done, where somebody wrote it down: an entry on the record.
    entry = models.OneToOneField(Amendment, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "due_at"], condition=Q(closed_at=None), name="open_tasks_of_a_person"),
            models.Index(fields=["organisation", "due_at"], condition=Q(closed_at=None), name="open_tasks"),
            models.Index(
                fields=["remind_at"], condition=Q(closed_at=None, escalated_at=None), name="tasks_to_be_reminded_of"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_task_per_key"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="closed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(remind_at__lte=models.F("due_at")), name="reminded_before_it_is_due"),
        ]

    def __str__(self) -> str:
        return f"task {self.id}"

    @property
    def title(self) -> str:
        """Its kind; of two people to be told on one record, whom: the child, a parent. Never a name."""
        return self.words.rstrip(".") if self.kind == self.Kind.TELL_PERSON else self.get_kind_display()


# While one of these is open somebody may be waiting for help: overdue, others are told.
ESCALATES = frozenset(
    {FollowUpTask.Kind.COMPLETE_REASONS, FollowUpTask.Kind.SEEK_ADVICE, FollowUpTask.Kind.SEEK_AGREEMENT}
)


class Clocks(models.Model):
    """How long an organisation gives for the reasons of an emergency, and who else hears when a clock has run out."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="clocks")
    emergency_working_days = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    deputy = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(emergency_working_days__range=(1, 10)), name="one_to_ten_working_days")
        ]

    def __str__(self) -> str:
        return f"clocks of {self.organisation}"
