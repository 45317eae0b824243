"""What was taken out of the log, by whom and why. Writes: decisions.services."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User

from .records import DecisionRecord


class Export(models.Model):
    """One file. `filters` are the words of the filters in use; `record` is the one record of a paper."""

    append_only = True

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"
        JSON = "json", "JSON"
        PDF = "pdf", "PDF"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    format = models.CharField(max_length=10, choices=Format.choices)
    records = models.PositiveIntegerField()
    filters = models.JSONField(default=list)
    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, null=True, related_name="exports")
    reason = models.CharField(max_length=500, blank=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "-at"], name="exports_in_order")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(record__isnull=False) | ~models.Q(reason=""), name="an_export_of_many_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.records} as {self.format}"
