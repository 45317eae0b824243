"""The only writer of sealed documents and of log entries. Places in the log are given by sequencing.py."""

import uuid
from typing import Any, cast

from django.db import connection, models, transaction
from django.utils import timezone

from infoshare.accounts.models import Membership, Organisation
from infoshare.outbox.services import post

from . import crypto, entries, facts, keys
from .models import Certificate, DataKey, LogEntry, SealedDocument

# One statement for the four rows that belong together: a recording waits for one answer of the database, not for four.
SEAL = """
WITH document AS (
    INSERT INTO ledger_sealeddocument
        (id, organisation_id, kind, sealed_at, facts, key_commitment, ciphertext, content_hash)
    VALUES (%(document)s, %(organisation)s, %(kind)s, %(at)s, %(facts)s, %(key_commitment)s, %(ciphertext)s, %(hash)s)
), key AS (
    INSERT INTO ledger_datakey (document_id, kek, wrapped) VALUES (%(document)s, %(kek)s, %(wrapped)s)
), entry AS (
    INSERT INTO ledger_logentry (uid, organisation_id, kind, document, at, commitment, mac)
    VALUES (%(document)s, %(organisation)s, 'sealed', %(document)s, %(at)s, %(commitment)s, %(mac)s) RETURNING id
)
INSERT INTO ledger_pendingentry (entry_id) SELECT id FROM entry
"""


def seal(
    *, kind: str, organisation: Organisation, content: dict[str, Any], row: models.Model | None = None
) -> SealedDocument:
    """Write a document that nobody can change, and its log entry. Call it inside the transaction of its deed.

    `row`, not yet written, is what the document will stand beside: its `sealed_columns` are sealed with it.
    """
    key = crypto.new_key()
    document = SealedDocument(id=uuid.uuid4(), organisation=organisation, kind=kind, sealed_at=timezone.now())
    document.facts = facts.hash_of(row) if row else crypto.NO_FACTS
    document.key_commitment = crypto.key_commitment(key)
    document.ciphertext = crypto.encrypt_content(key, content, document.header)
    commitment = crypto.commitment(document.header, document.key_commitment, document.ciphertext)
    document.content_hash = commitment.hex()
    data_key = DataKey(document=document)
    data_key.wrap(key)
    entry = LogEntry(
        uid=document.id,
        organisation=organisation,
        kind=LogEntry.Kind.SEALED,
        document=document.id,
        at=document.sealed_at,
        commitment=commitment,
    )
    stamp(entry)
    _write(document, data_key, entry)
    return document


def stamp(entry: LogEntry) -> None:
    """Give an entry the MAC by which it is known to be ours."""
    entry.mac = entries.Seals(keys.ring().mac).entry(entry.body)


def _write(document: SealedDocument, key: DataKey, entry: LogEntry) -> None:
    values = {
        "document": document.id,
        "organisation": document.organisation_id,
        "kind": document.kind,
        "at": document.sealed_at,
        "facts": document.facts,
        "key_commitment": document.key_commitment,
        "ciphertext": document.ciphertext,
        "hash": document.content_hash,
        "kek": key.kek,
        "wrapped": key.wrapped,
        "commitment": entry.commitment,
        "mac": entry.mac,
    }
    with connection.cursor() as cursor:
        cursor.execute(SEAL, cast(Any, values))
    for row in (document, key):
        row._state.adding, row._state.db = False, "default"


def dispose(
    *,
    asked: int,
    record: str,
    document: uuid.UUID,
    documents: list[uuid.UUID],
    organisation: Organisation,
    why: dict[str, Any],
) -> Certificate:
    """Destroy documents and their keys, and certify it, by the database's own function: one transaction, or nothing.

    Only the worker's role may. `why` must name nobody but by number: it is kept for ever.
    """
    at = timezone.now()
    keks = DataKey.objects.filter(document__in=documents).values_list("kek", flat=True)
    words = {
        **why,
        "format": 1,
        "records": [record],
        "documents": [str(each) for each in documents],
        "organisation": organisation.pk,
        "disposed_at": at.isoformat(),
        "method": "The content and its keys were deleted. Copies in backups cannot be read any more once the "
        "key-encryption keys named here are destroyed.",
        "key_encryption_keys": sorted(set(keks)),
    }
    text = crypto.canonical(words).decode()
    entry = LogEntry(uid=uuid.uuid4(), organisation=organisation, kind=LogEntry.Kind.DISPOSED, document=document, at=at)
    entry.commitment = crypto.certificate_commitment(text)
    stamp(entry)
    values = [asked, record, document, text, entry.uid, at, entry.commitment, entry.mac]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT dispose_record(%s, %s, %s, %s, %s, %s, %s, %s)", cast(Any, values))
    certificate: Certificate = Certificate.objects.within(organisation).get(document=document)
    return certificate


def send_receipt(document: SealedDocument, *, to: Membership) -> None:
    """By e-mail to whoever sealed it: out of reach of anybody who could make the document vanish."""
    key = f"receipt:{document.pk}"
    post(kind="receipt", person_id=to.user_id, organisation_id=to.organisation_id, key=key)


def blind_index(organisation: Organisation, field: str, text: str) -> bytes:
    """Finds equal texts of one field inside one organisation, whatever their case; tells nothing without the key."""
    return crypto.blind_index(keys.ring().blind_index, organisation.pk, field, text)
