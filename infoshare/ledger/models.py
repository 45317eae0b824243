"""Documents written once. Encryption and the tamper-evident log will come to stand around them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet


class SealedDocument(models.Model):
    """One document, whole and for ever: what it says is in `content`, and `content_hash` (SHA-256, hex) proves it."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    sealed_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)

    objects: ClassVar = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def receipt(self) -> str:
        """What the author keeps: enough of the hash to show later that this document is the one they sealed."""
        return " ".join(self.content_hash[i : i + 4] for i in range(0, 16, 4))
