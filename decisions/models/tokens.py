"""What lets a record be found by something its document keeps encrypted: tokens, equal where the texts are equal.

Derived, so not sealed: they can be made again from the documents, and go when a record is disposed of.
"""

from typing import ClassVar

from django.db import models

from infoshare.accounts.models import Organisation, OwnedQuerySet

from .records import DecisionRecord


class SearchToken(models.Model):
    class Field(models.TextChoices):
        CASE_REFERENCE = "case_reference", "Case reference"
        REASONS = "reasons", "Reasons"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(DecisionRecord, on_delete=models.CASCADE, related_name="tokens")
    field = models.CharField(max_length=20, choices=Field.choices)
    token = models.BinaryField()

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "field", "token"], name="search_tokens")]

    def __str__(self) -> str:
        return f"{self.field} of {self.record_id}"
