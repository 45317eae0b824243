"""Who got something by a record: the few plain words it is found by. NOT what they got: that is in the document."""

from typing import ClassVar

from django.db import models

from decisions.recipients import RecipientKind
from infoshare.accounts.models import Organisation, OwnedQuerySet

from .records import DecisionRecord


class RecordRecipient(models.Model):
    """One recipient to whom something went. `name` is an organisation's, never a person's; empty for a person."""

    append_only = True

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="recipients")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=RecipientKind.choices)
    name = models.CharField(max_length=200, blank=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "kind", "record"], name="records_by_kind_of_recipient"),
            models.Index(fields=["organisation", "name", "record"], name="records_by_recipient"),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()
