"""Drafts, and what was posted signed out: fields and constraints. Writes: guide/drafts.py, guide/held.py."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, Team, User


class Draft(models.Model):
    """Unfinished answers of one person. `version` grows with each save, so that no tab overwrites another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts")
    edition = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    # What is not a question of the rule set: case reference, the person's decision, what is shared and how.
    details = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-saved_at"]

    def __str__(self) -> str:
        return f"draft {self.id}"


class HeldAnswer(models.Model):
    """What someone posted after their sign-in had expired: encrypted, theirs alone, for half an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    sealed = models.BinaryField()
    held_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"held answer {self.id}"
