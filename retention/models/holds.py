"""Holds: nothing they cover is destroyed, whatever any rule says. Placed at once, lifted by two people."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from decisions.models import DecisionRecord
from infoshare.accounts.models import Organisation, OwnedQuerySet, User
from retention.categories import Category

from .asked import Asked
from .rules import RetentionRule


class Scope(models.TextChoices):
    RECORD = "record", "One record"
    CASE = "case", "All records of one case"
    RULE = "rule", "All records that one rule keeps"
    CATEGORY = "category", "All records of one kind"
    ORGANISATION = "organisation", "All records of the organisation"


class Hold(models.Model):
    """In force from `placed_at` until `lifted_at`. All scopes but the first cover records still to come as well."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=20, choices=Scope.choices)
    record = models.ForeignKey(
        DecisionRecord, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+", db_index=False
    )
    case_index = models.BinaryField(null=True)
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, null=True, related_name="+")
    category = models.CharField(max_length=30, choices=Category.choices, blank=True)
    mandate = models.TextField(max_length=1000)
    reason = models.TextField(max_length=2000)
    review_on = models.DateField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    # Has a sweep moved the states of what it covers? Disposal never asks this: it asks the holds themselves.
    settled = models.BooleanField(default=False)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["record"], name="holds_of_a_record", condition=models.Q(lifted_at__isnull=True)),
            models.Index(
                fields=["organisation", "case_index"],
                name="holds_of_a_case",
                condition=models.Q(lifted_at__isnull=True, scope="case"),
            ),
            models.Index(
                fields=["organisation", "scope"], name="holds_in_force", condition=models.Q(lifted_at__isnull=True)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(scope="record", record__isnull=False)
                | models.Q(scope="case", case_index__isnull=False)
                | models.Q(scope="rule", rule__isnull=False)
                | (models.Q(scope="category") & ~models.Q(category=""))
                | models.Q(scope="organisation"),
                name="a_hold_names_what_it_covers",
            )
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"

    @property
    def in_force(self) -> bool:
        return self.lifted_at is None


class Lifting(Asked):
    """That someone asked to lift a hold, and who agreed."""

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="liftings")

    class Meta(Asked.Meta):
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["hold"], condition=models.Q(state="waiting"), name="one_waiting_lifting_per_hold"
            ),
        ]

    def __str__(self) -> str:
        return f"lifting of {self.hold_id}"
