"""What a sign-off is bound to: one hash over a record and everything added to it, in order."""

import hashlib

from .models import DecisionRecord


def content_hash(record: DecisionRecord) -> str:
    """SHA-256 (hex) over the hashes of the record and its later entries. Any entry more makes it another."""
    added = record.amendments.order_by("added_at", "pk").values_list("document__content_hash", flat=True)
    return hashlib.sha256("\n".join([record.document.content_hash, *added]).encode()).hexdigest()
