"""Every sealing has its entry, every entry gets its place, and nothing that was altered is built upon."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import ProgrammingError, connections, transaction
from django.test import Client

from infoshare.accounts.models import Membership
from infoshare.ledger import checkpoint, keys, merkle, sequencing
from infoshare.ledger.models import Checkpoint, Leaf, LogEntry, PendingEntry, QuarantinedEntry, SealedDocument
from infoshare.ledger.services import seal
from tests.decisions.walking import recorded

from .superuser import tampering
from .worker import sequence, worker

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def sealed(by: Membership, number: int = 1) -> list[SealedDocument]:
    return [seal(kind="decision", organisation=by.organisation, content={"number": n}) for n in range(number)]


def root_by_hand() -> bytes:
    return merkle.root_of([bytes(leaf) for leaf in Leaf.objects.order_by("index").values_list("leaf", flat=True)])


def test_a_sealing_and_its_entry_are_one(alice: Membership) -> None:
    (document,) = sealed(alice)
    entry = LogEntry.objects.get()
    assert (entry.uid, entry.document, entry.kind) == (document.id, document.id, "sealed")
    assert bytes(entry.commitment).hex() == document.content_hash
    assert PendingEntry.objects.get().entry == entry
    with transaction.atomic():
        sealed(alice)
        transaction.set_rollback(True)
    assert LogEntry.objects.count() == 1


def test_the_receipt_names_the_entry_and_what_only_this_log_could_make_of_it(alice: Membership) -> None:
    (document,) = sealed(alice)
    uid, *digits = document.receipt.split(" ")
    entry = LogEntry.objects.get(uid=uid)
    assert "".join(digits) == bytes(entry.mac).hex()[:16]


def test_entries_get_their_places_in_order_and_a_signed_checkpoint(alice: Membership) -> None:
    first = sealed(alice, 3)
    assert sequence() == 3
    second = sealed(alice, 4)
    assert sequence() == 4
    assert sequence() == 0
    order = Leaf.objects.order_by("index").values_list("index", "entry__document")
    assert list(order) == list(enumerate(document.id for document in first + second))
    assert [each.size for each in Checkpoint.objects.order_by("size")] == [3, 7]
    signed = checkpoint.verify(Checkpoint.objects.get(size=7).note, [keys.signing_key().public_key()])
    assert signed.root == root_by_hand()
    assert not PendingEntry.objects.exists()


def test_a_long_queue_is_emptied_in_batches(alice: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencing, "BATCH", 4)
    sealed(alice, 10)
    assert sequence() == 10
    assert [each.size for each in Checkpoint.objects.order_by("size")] == [4, 8, 10]
    assert checkpoint.read(Checkpoint.objects.get(size=10).note).root == root_by_hand()


def test_four_sequencers_at_once_place_each_entry_once(alice: Membership) -> None:
    sealed(alice, 30)

    def run(_: int) -> int:
        try:
            return sequencing.sequence()
        finally:
            connections.close_all()

    with worker(), ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(run, range(4))) == 30
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(30))


def test_an_altered_entry_is_set_aside_and_the_others_go_on(alice: Membership) -> None:
    documents = sealed(alice, 3)
    with tampering() as sql:
        sql("UPDATE ledger_logentry SET at = at - interval '1 day' WHERE document = %s", documents[1].id)
    assert sequence() == 2
    quarantined = QuarantinedEntry.objects.get()
    assert (quarantined.entry.document, quarantined.reason) == (
        documents[1].id,
        "It was altered before it got its place.",
    )
    assert not PendingEntry.objects.exists()


def test_an_entry_queued_again_is_set_aside(alice: Membership) -> None:
    sealed(alice)
    sequence()
    with tampering() as sql:
        sql("INSERT INTO ledger_pendingentry SELECT id FROM ledger_logentry")
    assert sequence() == 0
    assert QuarantinedEntry.objects.get().reason == "It has a place already."


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE ledger_checkpoint SET frontier = decode(repeat('00', 64), 'hex')",
        "UPDATE ledger_checkpoint SET note = replace(note, '3', '4')",
        "DELETE FROM ledger_leaf WHERE index = 2",
        "DELETE FROM ledger_checkpoint",
    ],
)
def test_nothing_is_added_to_a_log_that_is_not_as_it_was_signed(alice: Membership, damage: str) -> None:
    sealed(alice, 3)
    sequence()
    with tampering() as sql:
        sql(damage)
    sealed(alice)
    with pytest.raises(sequencing.LogDamaged):
        sequence()
    assert PendingEntry.objects.count() == 1


@pytest.mark.parametrize("table", ["leaf", "checkpoint", "certificate", "treenode", "quarantinedentry"])
def test_the_web_can_neither_extend_the_log_nor_certify(alice: Membership, table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connections["default"].cursor() as cursor:
        cursor.execute(f"INSERT INTO ledger_{table} DEFAULT VALUES")


def test_health_tells_how_long_entries_wait(alice: Membership, anonymous: Client) -> None:
    sealed(alice)
    before = anonymous.get("/health").json()["log"]
    assert before["oldest_pending_seconds"] > 0
    assert before["last_checkpoint_seconds"] is None
    sequence()
    after = anonymous.get("/health").json()["log"]
    assert after["oldest_pending_seconds"] == 0
    assert after["last_checkpoint_seconds"] >= 0


def test_recording_is_in_the_log_with_its_record(alice: Membership) -> None:
    record = recorded(alice)
    assert LogEntry.objects.get().document == record.document_id
