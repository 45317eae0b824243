"""A log of many records, each really sealed, written in bulk by COPY, for benchmarks. NOT how records are made."""

import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, cast

from django.db import connection, transaction
from django.utils import timezone

from decisions.models import DecisionRecord, ReviewItem, SearchToken
from decisions.outcomes import Outcome
from decisions.references import new_reference
from decisions.tokens import token
from infoshare.accounts.models import Membership
from infoshare.ledger import crypto, entries, facts, keys
from infoshare.ledger.models import DataKey, LogEntry, SealedDocument

BATCH = 5_000
OUTCOMES = [*[Outcome.SHARE_WITHOUT_CONSENT] * 60, *[Outcome.SHARE_WITH_CONSENT] * 30, *[Outcome.DO_NOT_SHARE] * 9]
REASONS = "He is hungry and bruised, and nobody has put it together. " * 8
TABLES = (SealedDocument, DataKey, LogEntry, DecisionRecord, ReviewItem, SearchToken)
PENDING = """
INSERT INTO ledger_pendingentry SELECT e.id FROM ledger_logentry e
WHERE e.organisation_id = %s AND e.id > %s ORDER BY e.id
"""
Made = tuple[Any, ...]


def fill(by: Membership, size: int) -> None:
    """`size` records over three years; every hundredth departs. All wait for review, their entries for their places."""
    draw = random.Random(size)
    seals = entries.Seals(keys.ring().mac)
    for first in range(0, size, BATCH):
        batch = [_one(by, number, draw, seals) for number in range(first, min(first + BATCH, size))]
        _write(by, batch)


def _one(by: Membership, number: int, draw: random.Random, seals: entries.Seals) -> Made:
    decided, departs = draw.choice(OUTCOMES), number % 100 == 0
    record = DecisionRecord(
        reference=new_reference(),
        organisation_id=by.organisation_id,
        team_id=by.team_id,
        author_id=by.user_id,
        recorded_at=timezone.now() - timedelta(minutes=draw.randrange(60 * 24 * 1000)),
        route=DecisionRecord.Route.GUIDE,
        recommended=Outcome.SHARE_LIMITED if departs else decided,
        decided=decided,
        edition="2026-09",
        lawful_basis="public_task",
        agreement="not_needed",
        telling="now",
        idempotency_key=uuid.uuid4(),
    )
    case = f"CASE-{number}"
    document, key = _sealed(by, record, case)
    record.document_id = document.pk
    item = ReviewItem(
        record=record,
        organisation_id=by.organisation_id,
        recorded_at=record.recorded_at,
        marks=["departure"] if departs else [],
        risk=5 if departs else 0,
        state="waiting",
    )
    tokens = SearchToken(organisation_id=by.organisation_id, record=record, field=SearchToken.Field.CASE_REFERENCE)
    tokens.token = token(by.organisation, SearchToken.Field.CASE_REFERENCE, case)
    return document, key, _entry(document, seals), record, item, tokens


def _sealed(by: Membership, record: DecisionRecord, case: str) -> tuple[SealedDocument, DataKey]:
    content = {
        "kind": "decision",
        "by": {"name": by.user.name},
        "case_reference": case,
        "decision": {"reasons": REASONS},
        "sharing": {"items": ["Attendance"], "recipient_organisation": "Eastmarsh"},
    }
    secret = crypto.new_key()
    document = SealedDocument(organisation_id=by.organisation_id, kind="decision", facts=facts.hash_of(record))
    document.key_commitment = crypto.key_commitment(secret)
    document.ciphertext = crypto.encrypt_content(secret, content, document.header)
    document.content_hash = crypto.commitment(document.header, document.key_commitment, document.ciphertext).hex()
    key = DataKey(document=document)
    key.wrap(secret)
    return document, key


def _entry(document: SealedDocument, seals: entries.Seals) -> LogEntry:
    entry = LogEntry(uid=document.pk, organisation_id=document.organisation_id, kind="sealed", document=document.pk)
    entry.at, entry.commitment = document.sealed_at, bytes.fromhex(document.content_hash)
    entry.mac = seals.entry(entry.body)
    return entry


def _write(by: Membership, made: list[Made]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_logentry")
        (before,) = cursor.fetchone()
        for model, rows in zip(TABLES, zip(*made, strict=True), strict=True):
            _copy(cursor, model, rows)
        cursor.execute(PENDING, [by.organisation_id, before])


def _copy(cursor: Any, model: Any, rows: Sequence[Any]) -> None:
    fields = [field for field in model._meta.concrete_fields if field.get_internal_type() != "BigAutoField"]
    names = ", ".join(f'"{field.column}"' for field in fields)
    with cast(Any, cursor).copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
        for values in _values(fields, rows):
            copy.write_row(values)


def _values(fields: Sequence[Any], rows: Sequence[Any]) -> Iterator[list[Any]]:
    names = [field.attname for field in fields]
    for row in rows:
        yield [getattr(row, name) for name in names]
