"""The only writer of sealed documents."""

import uuid
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from infoshare.accounts.models import Organisation

from . import crypto, facts, keys
from .models import DataKey, SealedDocument


def seal(
    *, kind: str, organisation: Organisation, content: dict[str, Any], row: models.Model | None = None
) -> SealedDocument:
    """Write a document that nobody can change. Call it inside the transaction of the deed it documents.

    `row`, not yet written, is what the document will stand beside: its `sealed_columns` are sealed with it.
    """
    key, at = crypto.new_key(), timezone.now()
    document = SealedDocument(id=uuid.uuid4(), organisation=organisation, kind=kind, sealed_at=at)
    document.facts = facts.hash_of(row) if row else crypto.NO_FACTS
    document.key_commitment = crypto.key_commitment(key)
    document.ciphertext = crypto.encrypt_content(key, content, document.header)
    commitment = crypto.commitment(document.header, document.key_commitment, document.ciphertext)
    document.content_hash = commitment.hex()
    data_key = DataKey(document=document)
    data_key.wrap(key)
    with transaction.atomic():
        document.save(force_insert=True)
        data_key.save(force_insert=True)
    return document


def blind_index(organisation: Organisation, field: str, text: str) -> bytes:
    """Finds equal texts of one field inside one organisation, whatever their case; tells nothing without the key."""
    return crypto.blind_index(keys.ring().blind_index, organisation.pk, field, text)
