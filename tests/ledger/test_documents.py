"""A document says what was sealed, to whoever has its key; without the key, or altered, it says nothing."""

from typing import Any

import pytest
from django.db import connection, connections

from decisions.models import DecisionRecord, Draft, HeldAnswer
from infoshare.accounts.models import Membership
from infoshare.ledger import crypto, facts
from infoshare.ledger.models import DataKey, SealedDocument
from infoshare.ledger.services import blind_index, seal
from tests.decisions.walking import ready, recorded

SECRET = "He is hungry and bruised"


def fresh(document: SealedDocument) -> SealedDocument:
    found: SealedDocument = SealedDocument.objects.select_related("key").get(pk=document.pk)
    return found


def everything_stored() -> bytes:
    """Each row of each table, as the database holds it."""
    rows = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += "\n".join(row for (row,) in cursor.fetchall()).encode()
    return rows


@pytest.mark.django_db
def test_a_document_says_what_was_sealed(alice: Membership) -> None:
    content = {"reasons": SECRET, "list": [1, 2]}
    document = fresh(seal(kind="decision", organisation=alice.organisation, content=content))
    assert document.content == content
    assert document.key.unwrap() != bytes(document.key.wrapped)


@pytest.mark.django_db
def test_the_hash_can_be_worked_out_without_a_key(alice: Membership) -> None:
    document = fresh(recorded(alice).document)
    commitment = crypto.commitment(document.header, bytes(document.key_commitment), bytes(document.ciphertext))
    assert commitment.hex() == document.content_hash


@pytest.mark.django_db
def test_the_plain_columns_are_sealed_with_the_document(alice: Membership) -> None:
    record = recorded(alice)
    stored: Any = DecisionRecord.objects.get()
    assert bytes(record.document.facts) == facts.hash_of(stored) != crypto.NO_FACTS
    stored.decided = "do_not_share"
    assert bytes(record.document.facts) != facts.hash_of(stored)


@pytest.mark.django_db
def test_sql_writes_the_plain_columns_down_as_python_does(alice: Membership) -> None:
    record = recorded(alice)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {facts.expression(DecisionRecord, 'r')} FROM decisions_decisionrecord r")
        (text,) = cursor.fetchone()
    columns = len(DecisionRecord.sealed_columns)
    assert facts.hash_text(text, columns) == bytes(record.document.facts)
    assert facts.hash_text(text + b"\x1fa column of a later version", columns) == bytes(record.document.facts)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_altered_document_does_not_open(alice: Membership) -> None:
    document = recorded(alice).document
    with connections["owner"].cursor() as owner:
        owner.execute("ALTER TABLE ledger_sealeddocument DISABLE TRIGGER sealed_rows")
        owner.execute("UPDATE ledger_sealeddocument SET kind = 'emergency'")
        owner.execute("ALTER TABLE ledger_sealeddocument ENABLE ALWAYS TRIGGER sealed_rows")
    with pytest.raises(crypto.CannotOpen):
        _ = fresh(document).content


@pytest.mark.django_db
def test_nothing_typed_is_stored_readably_at_any_stage(alice: Membership) -> None:
    ready(alice)
    assert SECRET in Draft.objects.get().details["decision"]["reasons"]
    assert SECRET.encode() not in everything_stored()
    held = HeldAnswer(user=alice.user, path="/").shut(f"reasons={SECRET}")
    held.save()
    assert SECRET in HeldAnswer.objects.get().open()
    assert SECRET.encode() not in everything_stored()


@pytest.mark.django_db
def test_recording_leaves_no_draft_and_no_key_of_it(alice: Membership) -> None:
    record = recorded(alice)
    assert not Draft.objects.exists()
    assert DataKey.objects.get().document == record.document
    assert SECRET.encode() not in everything_stored()


@pytest.mark.django_db
def test_the_blind_index_is_of_one_organisation(alice: Membership, olga: Membership) -> None:
    assert blind_index(alice.organisation, "case", "A 1") == blind_index(alice.organisation, "case", "a  1")
    assert blind_index(alice.organisation, "case", "a 1") != blind_index(olga.organisation, "case", "a 1")
