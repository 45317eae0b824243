"""A log of many records, each really sealed, written in bulk by COPY, for benchmarks. NOT how records are made."""

import multiprocessing
import os
import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, cast

from django.db import connection, connections, transaction
from django.utils import timezone

from decisions import tokens
from decisions.models import DecisionRecord, RecordRecipient, ReviewItem, SearchToken
from decisions.outcomes import Outcome
from decisions.references import new_reference
from infoshare.accounts.models import Membership
from infoshare.ledger import crypto, entries, facts, keys
from infoshare.ledger.models import DataKey, LogEntry, SealedDocument
from tests.benchmarks.originals import Original

BATCH = 2_000
DAYS = 1_000
TABLES = (SealedDocument, DataKey, LogEntry, DecisionRecord, ReviewItem, SearchToken, RecordRecipient)
PENDING = """
INSERT INTO ledger_pendingentry SELECT e.id FROM ledger_logentry e
WHERE e.organisation_id = %s AND e.id > %s ORDER BY e.id
"""
ROWS = tuple[list[Any], ...]


def fill(people: Sequence[Membership], size: int, originals: Sequence[Original], partners: Sequence[str]) -> None:
    """`size` records of one organisation over three years, by as many processes as the machine has.

    Every hundredth departs. All wait for review, their entries for their places.
    """
    organisation = people[0].organisation
    many = Many(people, originals, partners)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_logentry")
        (before,) = cursor.fetchone()
    batches = [range(first, min(first + BATCH, size)) for first in range(0, size, BATCH)]
    connections.close_all()  # each process opens its own
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for _ in pool.imap_unordered(many.write, batches):
            pass
    with connection.cursor() as cursor:
        cursor.execute(PENDING, [organisation.pk, before])


class Many:
    """Makes and writes the records of some numbers, always the same who and what for a number."""

    def __init__(self, people: Sequence[Membership], originals: Sequence[Original], partners: Sequence[str]) -> None:
        self.people, self.originals, self.partners = people, originals, partners

    @cached_property
    def seals(self) -> entries.Seals:
        return entries.Seals(keys.ring().mac)

    def write(self, numbers: range) -> None:
        draw = random.Random(numbers.start)
        rows: ROWS = tuple([] for _ in TABLES)
        for number in numbers:
            self.make(rows, number, draw)
        with transaction.atomic(), connection.cursor() as cursor:
            for model, several in zip(TABLES, rows, strict=True):
                _copy(cursor, model, several)

    def make(self, rows: ROWS, number: int, draw: random.Random) -> None:
        """One record with all that stands beside it, one more in each list of `rows`."""
        by, original, partner = draw.choice(self.people), draw.choice(self.originals), draw.choice(self.partners)
        record = _record(by, original, number % 100 == 0, draw)
        case = f"CASE-{number}"
        document, key = _sealed(record, original.copy(by.user.name, partner, case, record))
        record.document_id = document.pk
        made = (document, key, self.entry(document), record, _review_item(record))
        for into, row in zip(rows, made, strict=False):
            into.append(row)
        said = {**original.content, "case_reference": case}
        rows[-2].extend(tokens.of(record, said))
        rows[-1].extend(
            RecordRecipient(record=record, organisation_id=record.organisation_id, kind=kind, name=name and partner)
            for kind, name in original.recipients
        )

    def entry(self, document: SealedDocument) -> LogEntry:
        entry = LogEntry(uid=document.pk, organisation_id=document.organisation_id, kind="sealed", document=document.pk)
        entry.at, entry.commitment = document.sealed_at, bytes.fromhex(document.content_hash)
        entry.mac = self.seals.entry(entry.body)
        return entry


def _record(by: Membership, original: Original, departs: bool, draw: random.Random) -> DecisionRecord:
    record = DecisionRecord(
        reference=new_reference(),
        organisation=by.organisation,
        team_id=by.team_id,
        author_id=by.user_id,
        recorded_at=timezone.now() - timedelta(minutes=draw.randrange(60 * 24 * DAYS)),
        route=DecisionRecord.Route.GUIDE,
        idempotency_key=uuid.uuid4(),
        **original.columns,
    )
    if departs:
        other = Outcome.SHARE_URGENTLY if record.decided == Outcome.SHARE_LIMITED else Outcome.SHARE_LIMITED
        record.recommended = other
    return record


def _review_item(record: DecisionRecord) -> ReviewItem:
    marks, risk = (["departure"], 5) if record.departs else ([], 0)
    return ReviewItem(
        record=record,
        organisation_id=record.organisation_id,
        recorded_at=record.recorded_at,
        marks=marks,
        risk=risk,
        state="waiting",
    )


def _sealed(record: DecisionRecord, compressed: bytes) -> tuple[SealedDocument, DataKey]:
    secret = crypto.new_key()
    document = SealedDocument(organisation_id=record.organisation_id, kind="decision", facts=facts.hash_of(record))
    document.key_commitment = crypto.key_commitment(secret)
    document.ciphertext = crypto.encrypt(secret, compressed, document.header)
    document.content_hash = crypto.commitment(document.header, document.key_commitment, document.ciphertext).hex()
    key = DataKey(document=document)
    key.wrap(secret)
    return document, key


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
