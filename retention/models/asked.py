"""What one person asks for and another decides: the base of proposals, liftings and answers. The database insists."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User


class AskedState(models.TextChoices):
    WAITING = "waiting", "Waits for a second person"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Not approved"
    CANCELLED = "cancelled", "Cancelled"
    DONE = "done", "Done"


class Asked(models.Model):
    """`decided_by` is always another person than `asked_by`. Nobody decides what was cancelled."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(max_length=2000)
    state = models.CharField(max_length=20, choices=AskedState.choices, default=AskedState.WAITING)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # Why it was not approved, or what cancelled it.
    ended_because = models.TextField(max_length=2000, blank=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="%(class)s_is_decided_by_another_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "refused", "done"]) | models.Q(decided_by__isnull=False),
                name="%(class)s_ends_by_a_person",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.state == AskedState.WAITING
