"""Notices, and how each person wants to hear of them. Writes: services.py."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User


class Notice(models.Model):
    """One thing to know or do. Its words hold no personal data; `key` lets it be given to a person only once."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30)
    words = models.CharField(max_length=300)
    url = models.CharField(max_length=200)
    key = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["person", "organisation", "-made_at"], name="notices_of_a_person"),
            models.Index(fields=["organisation", "made_at"], name="notices_by_age"),
            models.Index(fields=["person", "organisation"], condition=Q(read_at=None), name="unread_notices"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key"], name="one_notice_per_key"),
            models.CheckConstraint(condition=Q(url__startswith="/"), name="notices_lead_to_our_own_pages"),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class MailWish(models.Model):
    """How a person wants to be e-mailed. Without a row: as things happen."""

    class When(models.TextChoices):
        AT_ONCE = "at_once", "As things happen"
        DAILY = "daily", "Once a day, at 8 am"
        NEVER = "never", "Not at all"

    person = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="mail_wish")
    when = models.CharField(max_length=10, choices=When.choices)

    def __str__(self) -> str:
        return f"{self.person}: {self.when}"
