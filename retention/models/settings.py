"""What each organisation sets: when its sweep runs, how long approved disposals cool off, who is the deputy."""

from datetime import time
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models

from infoshare.accounts.models import Organisation, OwnedQuerySet, User


class RetentionSettings(models.Model):
    """`revision` grows with each change of the rules in force: a schedule of an older revision is worked out again."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="+")
    review_at = models.TimeField(default=time(2, 0))
    cooling_days = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(365)])
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"retention settings of {self.organisation_id}"
