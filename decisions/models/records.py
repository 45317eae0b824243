"""Records and what is added to them: fields and constraints. Writes: decisions.services."""

from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from decisions import brief
from decisions.facets import WHOM, Agreement, Harm, LawfulBasis, Subject, Telling
from decisions.outcomes import Outcome
from decisions.references import new_reference
from infoshare.accounts.models import Organisation, OwnedQuerySet, Team, User
from infoshare.ledger.models import SealedDocument


class DecisionRecord(models.Model):
    """A decision, sealed. The few plain columns are what the log is searched by; everything else is in the document."""

    append_only = True
    sealed_columns = (
        "reference",
        "organisation",
        "team",
        "author",
        "recorded_at",
        "route",
        "recommended",
        "decided",
        "edition",
        "idempotency_key",
        "reasons_due_at",
        "lawful_basis",
        "agreement",
        "telling",
        "follows",
        "started_at",
        "subject",
        "harm",
        "would_receive",
    )

    class Route(models.TextChoices):
        GUIDE = "guide", "Guide"
        EMERGENCY = "emergency", "Emergency"

    reference = models.CharField(max_length=11, primary_key=True, default=new_reference, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="records")
    recorded_at = models.DateTimeField(default=timezone.now)
    route = models.CharField(max_length=20, choices=Route.choices)
    recommended = models.CharField(max_length=30, choices=Outcome.choices)
    decided = models.CharField(max_length=30, choices=Outcome.choices)
    edition = models.CharField(max_length=20)
    # No constraint on these three: an edition's new value must not stop a recording (facets.py).
    lawful_basis = models.CharField(max_length=30, blank=True, choices=LawfulBasis.choices)
    agreement = models.CharField(max_length=30, blank=True, choices=Agreement.choices)
    telling = models.CharField(max_length=30, blank=True, choices=Telling.choices)
    # What makes cases alike, so that how they were decided can be compared (log/drift.py). Nor here.
    subject = models.CharField(max_length=30, blank=True, choices=Subject.choices)
    harm = models.CharField(max_length=30, blank=True, choices=Harm.choices)
    would_receive = models.CharField(max_length=30, blank=True, choices=WHOM)
    document = models.OneToOneField(SealedDocument, on_delete=models.PROTECT, related_name="record")
    # The draft's id: recording the same draft twice finds the record that is already there.
    idempotency_key = models.UUIDField(unique=True)
    # The interim decision (ask or take advice first) that this one settles.
    # No constraint: the first record may be disposed of before the one that goes on from it, which keeps its reference.
    follows = models.ForeignKey(
        "self", on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="followed_by"
    )
    # When the guide was begun; emergencies have no such time, nor have records made before it was kept.
    started_at = models.DateTimeField(null=True)
    # Emergencies are recorded first; the reasons follow by this time.
    reasons_due_at = models.DateTimeField(null=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-recorded_at", "-reference"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-recorded_at", "-reference"], name="log_order"),
            *(
                models.Index(fields=["organisation", field, "-recorded_at", "-reference"], name=f"log_by_{field}")
                for field in ("author", "team", "decided", "lawful_basis")
            ),
            models.Index(
                fields=["organisation", "-recorded_at", "-reference"],
                name="log_departures",
                condition=~models.Q(decided=models.F("recommended")),
            ),
            models.Index(
                fields=["organisation", "reasons_due_at"],
                name="log_emergencies",
                condition=models.Q(reasons_due_at__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(recommended__in=Outcome.values, decided__in=Outcome.values),
                name="outcomes_are_known",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @cached_property
    def brief(self) -> dict[str, Any]:
        """What the document says, but for the recommendation."""
        return self.document.__dict__.get("content") or brief.read(self.document.canonical)

    @property
    def departs(self) -> bool:
        """Did the person decide otherwise than the guide recommended?"""
        return self.decided != self.recommended


class Amendment(models.Model):
    """A later entry on a record. The record stays as it was."""

    append_only = True
    sealed_columns = ("record", "organisation", "author", "added_at", "completes_reasons", "idempotency_key")

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="amendments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    completes_reasons = models.BooleanField(default=False)
    document = models.OneToOneField(SealedDocument, on_delete=models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(unique=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"amendment of {self.record_id}"


class RecordRead(models.Model):
    """That someone opened a record, or was given it in a file or a list of what was found. Shown on the record.

    It goes with the record, or when its own time is over.
    """

    append_only = True
    job_rights = ("DELETE",)  # its trigger lets go only what is old: see retention's migrations

    class How(models.TextChoices):
        PAGE = "page", ""
        PDF = "pdf", "as a PDF"
        BUNDLE = "bundle", "with its seal"
        EXPORT = "export", "in an export"
        SEARCH = "search", "found in a search of the text"
        REVIEW = "review", "to review it"
        RERUN = "rerun", "to compare it with another edition"
        CORRECTION = "correction", "to correct it"

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="reads")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=20, choices=How.choices, default=How.PAGE)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-read_at"]
        indexes: ClassVar = [
            models.Index(fields=["record", "-read_at"], name="reads_of_a_record"),
            models.Index(fields=["organisation", "read_at"], name="reads_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.reader} read {self.record_id}"
