"""That something was sent, or that it arrived: who says so, when it was, how. Writes: decisions.services."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User
from infoshare.ledger.models import SealedDocument

from .records import DecisionRecord


class Confirmation(models.Model):
    """One confirmation. To whom and how stands in the document; a mistake is put right by another confirmation."""

    append_only = True
    sealed_columns = ("record", "organisation", "author", "added_at", "kind", "happened_on", "idempotency_key")

    class Kind(models.TextChoices):
        SENT = "sent", "Sent"
        RECEIVED = "received", "Arrived"
        NOT_RECEIVED = "not_received", "Did not arrive"

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="confirmations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    happened_on = models.DateField()
    document = models.OneToOneField(SealedDocument, on_delete=models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(unique=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind}"
