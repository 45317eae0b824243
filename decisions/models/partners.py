"""The directory of partners, and what was done to each entry: fields and constraints. Writes: decisions.services."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from decisions.recipients import PARTNER_KINDS, Channel
from infoshare.accounts.models import Organisation, OwnedQuerySet, User

MONTHS_A_CHECK_LASTS = 12


class Standing(models.TextChoices):
    VERIFIED = "verified", "Verified"
    STALE = "stale", "Verified over a year ago"
    UNVERIFIED = "unverified", "Not verified"
    RETIRED = "retired", "Retired"


class Partner(models.Model):
    """One way to reach a partner organisation: who there, how and where, and who checked that and when."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("partner organisation", max_length=200)
    kind = models.CharField(max_length=30, choices=PARTNER_KINDS)
    role = models.CharField(max_length=200)
    channel = models.CharField(max_length=30, choices=Channel.choices)
    address = models.CharField(max_length=300)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verified_how = models.CharField(max_length=500, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [Lower("name"), Lower("role"), "pk"]
        indexes: ClassVar = [models.Index("organisation", Lower("name"), name="directory_order")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in PARTNER_KINDS], channel__in=Channel.values),
                name="partner_kind_and_channel_are_known",
            ),
            models.CheckConstraint(
                condition=Q(verified_on=None, verified_by=None, verified_how="")
                | (Q(verified_on__isnull=False, verified_by__isnull=False) & ~Q(verified_how="")),
                name="verified_by_someone_on_a_day_somehow",
            ),
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                Lower("role"),
                "channel",
                Lower("address"),
                condition=Q(retired_at=None),
                name="one_entry_per_way_to_a_partner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.name}"

    def standing(self, day: date) -> Standing:
        if self.retired_at is not None:
            return Standing.RETIRED
        if self.verified_on is None:
            return Standing.UNVERIFIED
        return Standing.STALE if is_stale(self.verified_on, day) else Standing.VERIFIED


def is_stale(verified_on: date, day: date) -> bool:
    """Whether a check has outlived its 12 months."""
    months = (day.year - verified_on.year) * 12 + day.month - verified_on.month
    return months > MONTHS_A_CHECK_LASTS or (months == MONTHS_A_CHECK_LASTS and day.day > verified_on.day)


class PartnerEvent(models.Model):
    """Who did what to an entry of the directory, and when."""

    append_only = True

    class Kind(models.TextChoices):
        ADDED = "added", "added it"
        IMPORTED = "imported", "imported it"
        CHANGED = "changed", "changed it"
        VERIFIED = "verified", "verified it"
        RETIRED = "retired", "retired it"
        RESTORED = "restored", "brought it back"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="events")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField(default=timezone.now)
    # {"field": ["before", "after"]} for a change, {"field": "value"} otherwise.
    details = models.JSONField(default=dict)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-happened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.get_kind_display()}"
