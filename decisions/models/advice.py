"""Advice asked for without saying whom the case is about. Writes: decisions.services."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, Team, User

from .drafts import Draft
from .records import DecisionRecord


class AdviceRequest(models.Model):
    """The chosen answers of a draft and nothing else: no text, name, date or case reference.

    The reply is kept with the draft, and with the record that it becomes. A deleted draft takes its requests along.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, related_name="advice")
    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, null=True, related_name="advice")
    edition = models.CharField(max_length=20)
    answers = models.JSONField()  # question → option id, or a list or mapping of option ids
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft"], condition=Q(replied_at=None), name="one_open_request_per_draft"),
            models.CheckConstraint(
                condition=Q(replied_at=None, adviser=None) | Q(replied_at__isnull=False, adviser__isnull=False),
                name="replied_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "due_at"], condition=Q(replied_at=None), name="advice_waiting")
        ]

    def __str__(self) -> str:
        return f"advice {self.id}"


class RecordAdviser(models.Model):
    """That somebody advised on the draft that a record was made from. They had a part in it, and never review it.

    The request itself moves on to the draft that follows an interim decision, and goes with that draft.
    """

    append_only = True

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="advisers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["record", "adviser"], name="one_adviser_once")]

    def __str__(self) -> str:
        return f"{self.adviser} advised on {self.record_id}"
