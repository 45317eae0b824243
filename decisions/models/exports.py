"""What was taken out of the log, by whom and why. Writes: decisions.services."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from infoshare.accounts.models import Organisation, OwnedQuerySet, User


class Export(models.Model):
    """One file. `filters` are the words of the filters in use; `reference` is the one record of a paper."""

    append_only = True
    job_rights = ("DELETE",)  # its trigger lets go only what is old: see retention's migrations

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"
        JSON = "json", "JSON"
        PDF = "pdf", "PDF"
        BUNDLE = "bundle", "a PDF with its seal"
        PACK = "pack", "an evidence pack"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    format = models.CharField(max_length=10, choices=Format.choices)
    records = models.PositiveIntegerField()
    filters = models.JSONField(default=list)
    # Not a foreign key: this line stays when the record is disposed of, and the reference tells nothing of it.
    reference = models.CharField(max_length=11, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "-at"], name="exports_in_order")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reference="", reason=""), name="an_export_of_many_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.records} as {self.format}"
