"""Destroyed, yet provable: by the worker alone, for two people, after the days, without a hold; nothing is left."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections
from django.utils import timezone

from decisions import services as decisions
from decisions.models import Amendment, DecisionRecord, RecordRead
from decisions.services.disposing import SEALED, dispose
from infoshare.accounts.models import Membership
from infoshare.ledger import facts, verifying
from infoshare.ledger.models import Certificate, DataKey, LogEntry, SealedDocument
from retention.models import Hold, ScheduleItem, Scope

from .building import approved, disposed, record_of, words_of
from .superuser import tampering
from .worker import sequence, worker

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_everything_about_the_record_goes_and_the_log_still_verifies(
    alice: Membership, irene: Membership, rita: Membership
) -> None:
    kept, record = record_of(alice, 1), record_of(alice, 2)
    decisions.amend(record=record, by=alice, text="They confirmed.", key=uuid4())
    decisions.note_read(record=record, by=alice)
    sequence()
    with worker():
        (certificate,) = disposed([record], rita, irene)
    sequence()
    assert list(DecisionRecord.objects.all()) == [kept]
    assert not Amendment.objects.exists()
    assert not RecordRead.objects.exists()
    assert [each.pk for each in SealedDocument.objects.all()] == [kept.document_id]
    assert [each.pk for each in DataKey.objects.all()] == [kept.document_id]
    assert ScheduleItem.objects.get(record_id=record.pk).state == "disposed"
    assert words_of(certificate)["records"] == [record.pk]
    assert len(words_of(certificate)["documents"]) == 2
    assert LogEntry.objects.filter(kind="disposed", document=record.document_id).count() == 1
    with worker():
        assert verifying.verify(verifying.Wish()).findings.found == []


LINKS = """
SELECT c.conrelid::regclass::text FROM pg_constraint c JOIN pg_trigger t ON t.tgrelid = c.conrelid
WHERE c.contype = 'f' AND c.confrelid = 'decisions_decisionrecord'::regclass AND t.tgname = 'sealed_rows'
  AND t.tgfoid = 'refuse_change'::regproc
"""


def test_every_sealed_row_about_a_record_lets_disposal_delete_it(alice: Membership) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LINKS)
        assert cursor.fetchall() == [], "give these tables `disposable` in a migration: see ledger/append_only.py"


def test_the_list_of_what_is_sealed_about_a_record_is_complete() -> None:
    assert set(SEALED) == set(facts.sealed_models())


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"state": "waiting", "decided_at": None}, "two people"),
        ({"kind": "keep", "keep_until": timezone.now().date()}, "not approved for disposal"),
        ({"kind": "transfer"}, "not approved for disposal"),
        ({"not_before": timezone.now() + timedelta(days=30)}, "cooling off"),
        ({"not_before": None}, "cooling off"),
    ],
)
def test_the_database_itself_refuses(
    alice: Membership, irene: Membership, rita: Membership, columns: dict[str, Any], words: str
) -> None:
    record = record_of(alice)
    answer = approved(record, rita, irene, **columns)
    with worker(), pytest.raises(DatabaseError, match=words):
        dispose(record=record, asked=answer.pk, why={})
    assert SealedDocument.objects.exists()
    assert not Certificate.objects.exists()


def test_a_hold_stops_it(alice: Membership, irene: Membership, rita: Membership) -> None:
    record = record_of(alice)
    answer = approved(record, rita, irene)
    Hold.objects.create(
        organisation=alice.organisation,
        scope=Scope.ORGANISATION,
        mandate="Inquiry",
        reason="Asked to keep all",
        review_on=timezone.localdate(),
        placed_by=rita.user,
    )
    with worker(), pytest.raises(DatabaseError, match="on hold"):
        dispose(record=record, asked=answer.pk, why={})


def test_an_answer_is_for_its_own_record(alice: Membership, irene: Membership, rita: Membership) -> None:
    record, other = record_of(alice, 1), record_of(alice, 2)
    answer = approved(record, rita, irene)
    approved(other, rita, irene)
    with worker(), pytest.raises(DatabaseError, match="nobody asked"):
        dispose(record=other, asked=answer.pk, why={})


def test_the_web_may_not_dispose_even_of_what_is_approved(
    alice: Membership, irene: Membership, rita: Membership
) -> None:
    record = record_of(alice)
    answer = approved(record, rita, irene)
    with pytest.raises(ProgrammingError, match="permission denied for function dispose_record"):
        dispose(record=record, asked=answer.pk, why={})


PARTS = [
    "ledger_shred(gen_random_uuid())",
    "ledger_certify(gen_random_uuid(), 1, '{}', gen_random_uuid(), now(), '', '')",
    "ledger_forget('decisions_decisionrecord', 'reference', '{}')",
]


@pytest.mark.parametrize("part", PARTS)
def test_not_even_the_worker_may_call_the_parts(alice: Membership, part: str) -> None:
    denied = pytest.raises(ProgrammingError, match="permission denied for function")
    with worker(), connection.cursor() as cursor, denied:
        cursor.execute(f"SELECT {part}")


@pytest.mark.parametrize("table", ["ledger_sealeddocument", "ledger_datakey", "decisions_decisionrecord"])
def test_a_certificate_of_an_earlier_transaction_deletes_nothing(
    alice: Membership, irene: Membership, rita: Membership, table: str
) -> None:
    kept, record = record_of(alice, 1), record_of(alice, 2)
    with worker():
        disposed([record], rita, irene)
    with tampering() as sql:
        sql(
            "UPDATE ledger_certificate SET words = replace(words, %s, %s)",
            str(record.document_id),
            str(kept.document_id),
        )
    with pytest.raises(DatabaseError, match="only by disposal"), connections["owner"].cursor() as owner:
        owner.execute(f"DELETE FROM {table}")


def test_a_name_is_not_in_the_certificate(alice: Membership, irene: Membership, rita: Membership) -> None:
    with worker():
        (certificate,) = disposed([record_of(alice)], rita, irene)
    for person in (alice, irene, rita):
        assert person.user.name not in certificate.words
        assert person.user.email not in certificate.words
