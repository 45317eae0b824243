"""What an organisation made of the periods for what is not a record. Fields and constraints only."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from retention.keeping import Kept

from .asked import Asked


class KeptChange(Asked):
    """A period that one person asked for. The newest that another agreed with counts; without any, the shipped one."""

    kind = models.CharField(max_length=20, choices=Kept.choices)
    days = models.PositiveSmallIntegerField()
    mandate = models.TextField(max_length=1000)

    class Meta(Asked.Meta):
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "kind"], condition=Q(state="waiting"), name="one_waiting_period_per_kind"
            ),
            models.CheckConstraint(condition=Q(days__range=(7, 3650)), name="kept_for_7_days_to_10_years"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} kept for {self.days} days"
