"""Who may read which calendar feed without signing in: a secret address, of which only the hash is kept."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Membership, Organisation, OwnedQuerySet


class CalendarKey(models.Model):
    """One per membership. A new one replaces it, and the old address is no more."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, primary_key=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar of {self.membership_id}"
