"""Who may know of a record beyond the roles: settings of the log, restrictions, recusals. The rule: visibility.py."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User

from .records import DecisionRecord


class LogSettings(models.Model):
    """How an organisation keeps its log. Each change is a new row, the newest holds: who set what stays readable."""

    append_only = True

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team_reads = models.BooleanField("practitioners read their team's records", default=False)
    # Of the records without a mark of risk, how many in a hundred are put up for review.
    sample_percent = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(100)])
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(sample_percent__lte=100), name="sample_is_a_percentage")
        ]

    def __str__(self) -> str:
        return f"log settings of {self.organisation_id}"


class Restriction(models.Model):
    """A record only its named readers may know of, for as long as this row stands."""

    record = models.OneToOneField(
        DecisionRecord, on_delete=models.PROTECT, primary_key=True, related_name="restriction"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    readers = models.ManyToManyField(User, related_name="+")

    objects: ClassVar = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"restriction of {self.record_id}"


class Recusal(models.Model):
    """Someone who must not know of a record, because they have a part in the matter."""

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="recusals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "record"], name="recused_once")]

    def __str__(self) -> str:
        return f"recusal from {self.record_id}"


class VisibilityChange(models.Model):
    """Who opened or closed a record to whom, when and why."""

    append_only = True

    class Kind(models.TextChoices):
        RESTRICTED = "restricted", "restricted the record to"
        LIFTED = "lifted", "lifted the restriction"
        RECUSED = "recused", "recused"
        RETURNED = "returned", "ended the recusal of"

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="visibility_changes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    # By value: the names of the readers, or of the person recused.
    names = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.get_kind_display()}"
