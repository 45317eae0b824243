"""Which sweeps ran, when, for whom, and what they did."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User


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
    held = models.PositiveIntegerField(default=0)
    # What is not a record: kind → how many went; and how many authors were told that a draft will go.
    gone = models.JSONField(default=dict)
    warned = models.PositiveIntegerField(default=0)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"sweep as of {self.as_of}"
