"""Retention rules: each a line of versions, written once, and the proposals from which new versions come."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User
from retention.categories import Category
from retention.schedule import TRIGGERS, Rule, Trigger

from .asked import Asked


class Action(models.TextChoices):
    """What the rule expects at the end. Nothing is ever destroyed without a review."""

    REVIEW = "review", "A person reviews the record, then it is destroyed unless there is a reason to keep it"
    KEEP = "keep", "A person reviews whether to keep the record longer, and looks again at regular intervals"
    TRANSFER = "transfer", "A person reviews the record, then it is passed on to who keeps the case file"


class Verification(models.TextChoices):
    VERIFIED = "verified", "Checked: we read it in the source"
    PARTLY_VERIFIED = "partly_verified", "Partly checked: we read the core of it in a source, not every detail"
    SECONDARY = "secondary", "Not checked at its source: others report it"
    UNCHECKED = "unchecked", "Not checked yet"
    OWN = "own", "A policy, set by your organisation or shipped with infoshare"


class RetentionRule(models.Model):
    """A rule of one organisation. What it says is in the version that `version` numbers; see RuleVersion."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_rule_per_code_in_an_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.code}, version {self.version}"


class RuleVersion(models.Model):
    """What a rule said from `made_at` on. Written once: a change of mind is the next version."""

    append_only = True

    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="versions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    mandate = models.TextField(max_length=1000)
    verification = models.CharField(max_length=20, choices=Verification.choices)
    # Empty: every record.
    categories = ArrayField(models.CharField(max_length=30, choices=Category.choices), default=list)
    trigger = models.CharField(max_length=30, choices=TRIGGERS)
    years = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(150)])
    action = models.CharField(max_length=30, choices=Action.choices)
    # Only an adopted rule counts. Case-file periods are shipped unadopted.
    adopted = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now)
    # Nobody made the shipped first version; it gives no reason either.
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(max_length=1000, blank=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "version"], name="rule_versions_are_numbered"),
            models.CheckConstraint(condition=models.Q(years__range=(1, 150)), name="period_is_1_to_150_years"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("made_by")),
                name="versions_are_approved_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @property
    def as_rule(self) -> Rule:
        return Rule(self.pk, self.name, Trigger(self.trigger), self.years, frozenset(self.categories))


class RuleProposal(Asked):
    """A rule's next version, before a second person has looked at it. `based_on` is the version its author saw."""

    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="proposals")
    based_on = models.PositiveIntegerField()
    years = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(150)])
    adopted = models.BooleanField()
    mandate = models.TextField(max_length=1000)

    class Meta(Asked.Meta):
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["rule"], condition=models.Q(state="waiting"), name="one_waiting_proposal_per_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"change of {self.rule}"
