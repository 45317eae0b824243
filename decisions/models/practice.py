"""Answers given to a practice case: apart from drafts, so that they can never become a record."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User


class PracticeSitting(models.Model):
    """One person's way through one practice case. Nothing in it is about a real person, so it is not encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    case = models.CharField(max_length=60)
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-saved_at"]
        indexes: ClassVar = [models.Index(fields=["organisation", "saved_at"], name="practice_by_last_save")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person", "case"], name="one_practice_sitting_per_case")
        ]

    def __str__(self) -> str:
        return f"practice on {self.case}"
