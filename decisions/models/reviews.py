"""An IG lead's check of a record: its place in the queue, each verdict, each answer. Writes: decisions.services."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User
from infoshare.ledger.models import SealedDocument

from .records import DecisionRecord


class Mark(models.TextChoices):
    """Why a record is looked at first."""

    DANGER = "danger", "Goes to somebody who is or may be the danger"
    UNTOLD = "untold", "Shared without agreement, person not told"
    DEPARTURE = "departure", "Not as the guide suggested"
    REFUSAL = "refusal", "Decided not to share"
    UNVERIFIED = "unverified", "Recipient not verified"
    EMERGENCY = "emergency", "Emergency"


# The first outweighs all the others together.
WEIGHT = {Mark.DANGER: 30, Mark.UNTOLD: 6, Mark.DEPARTURE: 5, Mark.REFUSAL: 4, Mark.UNVERIFIED: 4, Mark.EMERGENCY: 3}


class ReviewItem(models.Model):
    """Where a record stands between recording and sign-off. What was said of it is in Review, which never changes."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for review"
        ANSWERED = "answered", "Query answered"
        STALE = "stale", "Changed since its review"
        QUERIED = "queried", "Queried, waiting for an answer"
        ACCEPTED = "accepted", "Accepted"
        DISAGREED = "disagreed", "Reviewed, not agreed"
        NOT_CHOSEN = "not_chosen", "Not chosen for review"

    record = models.OneToOneField(
        DecisionRecord, on_delete=models.PROTECT, primary_key=True, related_name="review_item"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    marks = ArrayField(models.CharField(max_length=20, choices=Mark.choices), default=list)
    risk = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()  # the record's own: the queue is read in the order of one index
    state = models.CharField(max_length=20, choices=State.choices)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "-risk", "recorded_at", "record"],
                name="review_queue",
                condition=models.Q(state__in=["waiting", "answered", "stale"]),
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="not_chosen", risk__gt=0), name="what_is_at_risk_is_always_chosen"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.state}"

    @property
    def mark_words(self) -> list[str]:
        return [Mark(mark).label for mark in self.marks]


LEADS_TURN = (ReviewItem.State.WAITING, ReviewItem.State.ANSWERED, ReviewItem.State.STALE)


class Review(models.Model):
    """One verdict, bound to all that the record and its later entries said then. A trigger refuses the author."""

    append_only = True
    sealed_columns = (
        "record",
        "organisation",
        "reviewer",
        "signatory",
        "verdict",
        "reviewed_at",
        "content_hash",
        "idempotency_key",
    )

    class Verdict(models.TextChoices):
        ACCEPT = "accept", "Accept"
        QUERY = "query", "Ask a question"
        DISAGREE = "disagree", "Disagree"

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="reviews")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signatory = models.CharField(max_length=150)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    reviewed_at = models.DateTimeField(default=timezone.now)
    # What was signed: see decisions.signing.
    content_hash = models.CharField(max_length=64)
    document = models.OneToOneField(SealedDocument, on_delete=models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(unique=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["reviewed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.signatory}: {self.verdict} {self.record_id}"

    @property
    def answered(self) -> "ReviewAnswer | None":
        return getattr(self, "answer", None)


class ReviewAnswer(models.Model):
    """What the author answers to a review. The review stands as it was."""

    append_only = True
    sealed_columns = ("review", "organisation", "author", "answered_at")

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="answer")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)
    document = models.OneToOneField(SealedDocument, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"answer to review {self.review_id}"
