"""A log of many records, each really encrypted, written in bulk: what benchmarks read. NOT how records are made."""

import random
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from decisions.models import DecisionRecord, ReviewItem, SearchToken
from decisions.outcomes import Outcome
from decisions.references import new_reference
from decisions.tokens import Field, token
from infoshare.accounts.models import Membership
from infoshare.ledger import crypto, facts
from infoshare.ledger.models import DataKey, SealedDocument

BATCH = 2_000
OUTCOMES = [*[Outcome.SHARE_WITHOUT_CONSENT] * 60, *[Outcome.SHARE_WITH_CONSENT] * 30, *[Outcome.DO_NOT_SHARE] * 9]
REASONS = "He is hungry and bruised, and nobody has put it together. " * 8


def fill(by: Membership, size: int) -> None:
    """`size` records over three years; every hundredth departs. Always the same draw."""
    draw = random.Random(size)
    for first in range(0, size, BATCH):
        _write([_one(by, number, draw) for number in range(first, min(first + BATCH, size))])


def _one(by: Membership, number: int, draw: random.Random) -> tuple[DecisionRecord, SealedDocument, DataKey, str]:
    decided = draw.choice(OUTCOMES)
    record = DecisionRecord(
        reference=new_reference(),
        organisation=by.organisation,
        team=by.team,
        author=by.user,
        recorded_at=timezone.now() - timedelta(minutes=draw.randrange(60 * 24 * 1000)),
        route=DecisionRecord.Route.GUIDE,
        recommended=Outcome.SHARE_LIMITED if number % 100 == 0 else decided,
        decided=decided,
        edition="2026-09",
        lawful_basis="public_task",
        agreement="not_needed",
        telling="now",
        idempotency_key=uuid4(),
    )
    case = f"CASE-{number}"
    document, key = _sealed(record, case, uuid4())
    record.document = document
    return record, document, key, case


def _sealed(record: DecisionRecord, case: str, pk: UUID) -> tuple[SealedDocument, DataKey]:
    content = {
        "kind": "decision",
        "by": {"name": record.author.name},
        "case_reference": case,
        "decision": {"reasons": REASONS},
        "sharing": {"items": ["Attendance"], "recipient_organisation": "Eastmarsh"},
    }
    secret = crypto.new_key()
    document = SealedDocument(id=pk, organisation=record.organisation, kind="decision", sealed_at=timezone.now())
    document.facts = facts.hash_of(record)
    document.key_commitment = crypto.key_commitment(secret)
    document.ciphertext = crypto.encrypt_content(secret, content, document.header)
    document.content_hash = crypto.commitment(document.header, document.key_commitment, document.ciphertext).hex()
    key = DataKey(document=document)
    key.wrap(secret)
    return document, key


def _write(made: list[tuple[DecisionRecord, SealedDocument, DataKey, str]]) -> None:
    SealedDocument.objects.bulk_create([document for _, document, _, _ in made])
    DataKey.objects.bulk_create([key for _, _, key, _ in made])
    DecisionRecord.objects.bulk_create([record for record, _, _, _ in made])
    ReviewItem.objects.bulk_create(
        ReviewItem(record=record, organisation=record.organisation, risk=0, state="waiting") for record, *_ in made
    )
    SearchToken.objects.bulk_create(
        SearchToken(
            organisation=record.organisation,
            record=record,
            field=Field.CASE_REFERENCE,
            token=token(record.organisation, Field.CASE_REFERENCE, case),
        )
        for record, _, _, case in made
    )
