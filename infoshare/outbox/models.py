"""One row for each e-mail that has to go out. No address and no words: both are worked out when it is sent."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

WAITING = Q(sent_at=None, gave_up_at=None)


class Letter(models.Model):
    """`kind` names the function in settings.LETTERS that writes it; `key` lets the same letter be posted only once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200, unique=True)
    posted_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=100, blank=True)  # the last error's class; its words may hold an address
    sent_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=WAITING, name="letters_waiting"),
            models.Index(fields=["organisation", "posted_at"], name="letters_by_age"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(gave_up_at=None), name="sent_or_given_up")
        ]

    def __str__(self) -> str:
        return f"letter {self.id}"
