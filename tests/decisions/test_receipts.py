"""Whoever keeps a receipt learns whether the log still holds what it speaks of, and nothing else."""

import pytest

from infoshare.accounts.models import Membership
from tests.ledger.building import disposed, record_of
from tests.ledger.superuser import tampering
from tests.ledger.worker import sequence, worker
from tests.people import signed_in

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
MISSING = "The log does not hold it"


def checked(person: Membership, receipt: str) -> str:
    return signed_in(person).post("/log/receipt/", {"receipt": receipt}).content.decode()


def test_it_is_held_however_it_was_copied(alice: Membership, bob: Membership, oscar: Membership) -> None:
    record = record_of(alice)
    receipt = record.document.receipt
    assert "gets its place in the log within a minute" in checked(alice, receipt)
    sequence()
    for written in (receipt, f"Receipt:  {receipt.upper()} ", receipt.replace(" ", "")):
        page = checked(alice, written)
        assert "The log holds it" in page
        assert f"/log/{record.reference}/" in page
    wrong = receipt[:-1] + ("0" if receipt[-1] != "0" else "1")
    assert "The last digits differ" in checked(alice, wrong)
    assert "Copy the whole of it" in checked(alice, receipt[:-1])
    mistyped = receipt[:4] + ("0" if receipt[4] != "0" else "1") + receipt[5:]
    for page in (checked(alice, wrong), checked(alice, mistyped)):
        assert page.index("mistyped") < page.index("tell your information-governance lead")
    assert MISSING in checked(oscar, receipt)  # of another organisation nobody learns anything
    closed = checked(bob, receipt)  # a record that one may not open is confirmed, but not named
    assert "The log holds it" in closed
    assert record.reference not in closed


def test_a_record_that_vanished_before_it_had_its_place_is_missed(alice: Membership) -> None:
    """What no verification can find: document, row, entry and its place in the queue, all gone."""
    receipt = record_of(alice).document.receipt
    with tampering() as sql:
        for table in ("decisions_decisionrecord", "ledger_datakey", "ledger_sealeddocument", "ledger_pendingentry"):
            sql(f"DELETE FROM {table}")
        sql("DELETE FROM ledger_logentry")
    assert MISSING in checked(alice, receipt)


def test_a_document_deleted_or_altered_is_told_apart(alice: Membership) -> None:
    deleted, altered, redated = record_of(alice), record_of(alice), record_of(alice)
    receipts = [each.document.receipt for each in (deleted, altered, redated)]
    sequence()
    with tampering() as sql:
        for table, column in (("decisions_decisionrecord", "document_id"), ("ledger_datakey", "document_id")):
            sql(f"DELETE FROM {table} WHERE {column} = %s", deleted.document_id)
        sql("DELETE FROM ledger_sealeddocument WHERE id = %s", deleted.document_id)
        sql("UPDATE ledger_sealeddocument SET ciphertext = '' WHERE id = %s", altered.document_id)
        sql("UPDATE ledger_logentry SET at = at - interval '1 day' WHERE document = %s", redated.document_id)
    assert MISSING in checked(alice, receipts[0])
    assert "It is not as it was written" in checked(alice, receipts[1])
    assert "It is not as it was written" in checked(alice, receipts[2])


def test_a_lawful_disposal_is_no_loss(alice: Membership, rita: Membership, irene: Membership) -> None:
    record = record_of(alice)
    receipt = record.document.receipt
    sequence()
    with worker():
        disposed([record], rita, irene)
    page = checked(alice, receipt)
    assert "The record was disposed of" in page
    assert record.reference not in page
