"""The attacks of somebody in charge of the database, on a log of 2,000 records with lawful disposals.

Each happens in a transaction that is taken back afterwards, so that the log is made once. What only a kept checkpoint
can show is tested as such.
"""

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from infoshare.ledger import checkpoint, entries, keys, merkle, sequencing
from infoshare.ledger.models import Checkpoint
from infoshare.ledger.verifying import Result, Wish, tree, verify
from infoshare.ledger.verifying.reading import BODY
from tests.people import make_people
from tests.tables import empty_all_tables

from .building import disposed, record_of
from .superuser import FOREIGN_KEYS, TABLES
from .worker import worker

RECORDS, DISPOSED, BATCH = 2_000, 20, 500
EARLY = BATCH + DISPOSED  # entries of the second checkpoint; two more follow, then the last
COPIED = "kind, sealed_at, facts, key_commitment, ciphertext, content_hash"
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
Sql = Callable[..., Any]


@dataclass(frozen=True)
class Log:
    references: list[str]
    documents: list[uuid.UUID]
    anchor: str  # kept outside when all was recorded
    early: str  # and one from early on


@pytest.fixture(scope="module")
def log(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Log]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequencing, "BATCH", BATCH)
        people = make_people()
        with transaction.atomic():
            records = [record_of(people.alice, number) for number in range(BATCH)]
        with worker():
            sequencing.sequence()
            disposed(records[:: BATCH // DISPOSED], people.rita, people.irene)
            sequencing.sequence()
        kept = [record for place, record in enumerate(records) if place % (BATCH // DISPOSED)]
        with transaction.atomic():
            kept += [record_of(people.alice, number) for number in range(BATCH, RECORDS)]
        with worker():
            sequencing.sequence()
        notes = list(Checkpoint.objects.order_by("size").values_list("note", flat=True))
        yield Log([r.reference for r in kept], [r.document_id for r in kept], notes[-1], notes[1])
        empty_all_tables()


@contextmanager
def attack() -> Iterator[tuple[Sql, psycopg.Connection]]:
    """Guards and foreign keys are off; everything is taken back at the end."""
    owner = connections["owner"].get_connection_params()
    with psycopg.connect(**{n: owner[n] for n in ("host", "port", "user", "password", "dbname")}) as connection:
        for (table,) in connection.execute(TABLES).fetchall():
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        for table, name, _ in connection.execute(FOREIGN_KEYS).fetchall():
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())

        def sql(statement: str, *values: object) -> Any:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else None

        yield sql, connection
        connection.rollback()


def found(connection: psycopg.Connection, **wish: Any) -> Result:
    signers = [keys.signing_key().public_key()]
    return verify(Wish(signers=signers, **wish), connection=connection)


def codes(result: Result) -> set[str]:
    return {finding.code for finding in result.findings.found}


def place_of(sql: Sql, document: uuid.UUID) -> int:
    rows = sql(
        "SELECT index FROM ledger_leaf l JOIN ledger_logentry e ON e.id = l.entry_id WHERE document = %s", document
    )
    return int(rows[0][0])


def sign_again(sql: Sql, key: Ed25519PrivateKey, seals: entries.Seals | None = None) -> None:
    """Make leaves, tree and checkpoints fit the entries as they are now; with `seals`, the MACs as well."""
    rows = sql(
        f"SELECT l.index, e.id, {BODY}, e.mac FROM ledger_leaf l JOIN ledger_logentry e ON e.id = l.entry_id ORDER BY 1"
    )
    sizes = {size for (size,) in sql("SELECT size FROM ledger_checkpoint")} | {len(rows)}
    sql("DELETE FROM ledger_checkpoint")
    frontier: list[bytes] = []
    for index, entry, body, mac in rows:
        if seals:
            mac = seals.entry(body)
            sql("UPDATE ledger_logentry SET mac = %s WHERE id = %s", mac, entry)
        leaf = entries.leaf(body, mac)
        sql("UPDATE ledger_leaf SET leaf = %s WHERE index = %s", leaf, index)
        if seals:
            sql("UPDATE ledger_leaf SET position_mac = %s WHERE index = %s", seals.position(index, leaf), index)
        merkle.append(frontier, index, leaf)
        if index + 1 in sizes:
            note = checkpoint.sign(checkpoint.Checkpoint("x", index + 1, merkle.root(frontier)), key)
            sql(
                "INSERT INTO ledger_checkpoint (size, note, frontier, signer, made_at) VALUES (%s, %s, %s, '', now())",
                index + 1,
                note,
                b"".join(frontier),
            )


def take_back_to(sql: Sql, size: int) -> None:
    """To the perfect state of an earlier checkpoint."""
    later = "SELECT entry_id FROM ledger_leaf WHERE index >= %s"
    gone = f"SELECT document FROM ledger_logentry WHERE id IN ({later})"
    sql(f"DELETE FROM decisions_decisionrecord WHERE document_id IN ({gone})", size)
    sql(f"DELETE FROM ledger_datakey WHERE document_id IN ({gone})", size)
    sql(f"DELETE FROM ledger_sealeddocument WHERE id IN ({gone})", size)
    sql(f"DELETE FROM ledger_certificate WHERE document IN ({gone})", size)
    sql(f"DELETE FROM ledger_logentry WHERE id IN ({later})", size)
    sql("DELETE FROM ledger_leaf WHERE index >= %s", size)
    sql("DELETE FROM ledger_checkpoint WHERE size > %s", size)


def test_tamper_an_honest_log_has_no_finding(log: Log) -> None:
    with attack() as (_, connection):
        result = found(connection, anchors=[log.early, log.anchor], open_each=True)
        assert result.findings.found == []
        assert (result.size, result.documents) == (RECORDS + DISPOSED, RECORDS - DISPOSED)
        assert found(connection, public_only=True, anchors=[log.anchor]).good
        assert found(connection, since=EARLY).good


@pytest.mark.parametrize("stretch", [1, 300, 520, 2020])
def test_tamper_stretches_do_not_matter(log: Log, monkeypatch: pytest.MonkeyPatch, stretch: int) -> None:
    monkeypatch.setattr(tree, "STRETCH", stretch)
    with attack() as (sql, connection):
        assert found(connection, anchors=[log.early, log.anchor]).findings.found == []
        sql("DELETE FROM ledger_leaf WHERE index = 600")
        gap, root, *_ = found(connection, public_only=True, anchors=[log.anchor]).findings.found
        assert (gap.code, gap.place, root.code) == ("gap", 600, "root")


RECORD = "UPDATE decisions_decisionrecord SET {} WHERE document_id = %s"
DOCUMENT = "UPDATE ledger_sealeddocument SET {} WHERE id = %s"
ENTRY = "UPDATE ledger_logentry SET {} WHERE document = %s"
# statement (of one document), what is found, and whether it is found with public keys alone
ONE_ROW = {
    "ciphertext": (DOCUMENT.format("ciphertext = ciphertext || '\\x00'::bytea"), "content_altered", True),
    "kind": (DOCUMENT.format("kind = 'emergency'"), "content_altered", True),
    "sealed earlier": (DOCUMENT.format("sealed_at = sealed_at - interval '1 day'"), "content_altered", True),
    "shown hash": (DOCUMENT.format("content_hash = repeat('0', 64)"), "content_altered", True),
    "outcome": (RECORD.format("decided = 'do_not_share'"), "row_altered", True),
    "author": (RECORD.format("author_id = author_id + 1"), "row_altered", True),
    "recorded earlier": (RECORD.format("recorded_at = recorded_at - interval '1 second'"), "row_altered", True),
    "reference": (RECORD.format("reference = 'AAAA-AAAA'"), "row_altered", True),
    "row deleted": ("DELETE FROM decisions_decisionrecord WHERE document_id = %s", "row_gone", True),
    "key deleted": ("DELETE FROM ledger_datakey WHERE document_id = %s", "key_gone", True),
    "content deleted": ("DELETE FROM ledger_sealeddocument WHERE id = %s", "content_gone", True),
    "entry back-dated": (ENTRY.format("at = at - interval '1 day'"), "entry_altered", False),
    "entry deleted": ("DELETE FROM ledger_logentry WHERE document = %s", "entry_gone", True),
    "leaf altered": (
        "UPDATE ledger_leaf SET leaf = sha256(leaf) WHERE entry_id = "
        "(SELECT id FROM ledger_logentry WHERE document = %s)",
        "leaf_altered",
        True,
    ),
}


@pytest.mark.parametrize("name", ONE_ROW)
def test_tamper_one_row_is_found_and_pointed_to(log: Log, name: str) -> None:
    statement, code, without_keys = ONE_ROW[name]
    document, reference = log.documents[777], log.references[777]
    with attack() as (sql, connection):
        place = place_of(sql, document)
        sql(statement, document)
        result = found(connection)
        (finding, *_) = [each for each in result.findings.found if each.code == code]
        assert finding.document in ("", str(document))
        assert finding.place in (place, None)
        assert finding.document or finding.place is not None
        if code in ("row_altered", "content_altered", "key_gone") and name != "reference":
            assert finding.record == reference
        assert str(finding).endswith(")")
        assert {each.document for each in result.findings.found} <= {"", str(document)}
        public = found(connection, public_only=True)
        assert not public.good
        assert (code in codes(public)) == without_keys


def test_tamper_two_contents_swapped(log: Log) -> None:
    one, other = log.documents[10], log.documents[20]
    with attack() as (sql, connection):
        sql(
            "UPDATE ledger_sealeddocument a SET ciphertext = b.ciphertext, key_commitment = b.key_commitment "
            "FROM ledger_sealeddocument b WHERE (a.id, b.id) IN ((%s, %s), (%s, %s))",
            *(one, other, other, one),
        )
        assert {f.document for f in found(connection).findings.found} == {str(one), str(other)}


def test_tamper_another_key_in_place_of_the_true_one(log: Log) -> None:
    with attack() as (sql, connection):
        sql(
            "UPDATE ledger_datakey SET wrapped = (SELECT wrapped FROM ledger_datakey WHERE document_id = %s) "
            "WHERE document_id = %s",
            *(log.documents[1], log.documents[2]),
        )
        assert [(f.code, f.document) for f in found(connection, open_each=True).findings.found] == [
            ("key_wrong", str(log.documents[2]))
        ]


def test_tamper_a_record_erased_with_its_entry_and_its_leaf(log: Log) -> None:
    with attack() as (sql, connection):
        place = place_of(sql, log.documents[777])
        sql("DELETE FROM ledger_leaf WHERE index = %s", place)
        for table, column in (("datakey", "document_id"), ("sealeddocument", "id"), ("logentry", "document")):
            sql(f"DELETE FROM ledger_{table} WHERE {column} = %s", log.documents[777])
        sql("DELETE FROM decisions_decisionrecord WHERE document_id = %s", log.documents[777])
        gap, *_ = found(connection).findings.found
        assert (gap.code, gap.place) == ("gap", place)
        assert "gap" in codes(found(connection, public_only=True))


def test_tamper_erased_renumbered_and_signed_with_another_key(log: Log) -> None:
    with attack() as (sql, connection):
        place = place_of(sql, log.documents[777])
        sql("DELETE FROM ledger_leaf WHERE index = %s", place)
        for table, column in (("datakey", "document_id"), ("sealeddocument", "id"), ("logentry", "document")):
            sql(f"DELETE FROM ledger_{table} WHERE {column} = %s", log.documents[777])
        sql("DELETE FROM decisions_decisionrecord WHERE document_id = %s", log.documents[777])
        sql("UPDATE ledger_leaf SET index = -index WHERE index > %s", place)
        sql("UPDATE ledger_leaf SET index = -index - 1 WHERE index < 0")
        sign_again(sql, OTHER_KEY)
        result = found(connection)
        moved = [each.place for each in result.findings.found if each.code == "moved"]
        assert moved[0] == place
        assert "checkpoint" in codes(result)
        assert "checkpoint" in codes(found(connection, public_only=True))


def test_tamper_back_dated_with_its_leaf_and_everything_signed_with_another_key(log: Log) -> None:
    with attack() as (sql, connection):
        place = place_of(sql, log.documents[777])
        sql("UPDATE ledger_logentry SET at = at - interval '1 day' WHERE document = %s", log.documents[777])
        sign_again(sql, OTHER_KEY)
        assert ("entry_altered", place) in {(f.code, f.place) for f in found(connection).findings.found}
        assert "checkpoint" in codes(found(connection, public_only=True))


def test_tamper_two_places_swapped(log: Log) -> None:
    with attack() as (sql, connection):
        sql("UPDATE ledger_leaf SET index = CASE index WHEN 600 THEN -1 ELSE index END")
        sql("UPDATE ledger_leaf SET index = 600 WHERE index = 601")
        sql("UPDATE ledger_leaf SET index = 601 WHERE index = -1")
        result = found(connection)
        assert [f.place for f in result.findings.found if f.code == "moved"] == [600, 601]
        (root,) = [f for f in found(connection, public_only=True).findings.found if f.code == "root"]
        assert f"{EARLY:,} to {EARLY + BATCH - 1:,}" in root.words


def test_tamper_a_forged_entry_put_in_between(log: Log) -> None:
    with attack() as (sql, connection):
        sql("UPDATE ledger_leaf SET index = -index WHERE index >= 600")
        sql("UPDATE ledger_leaf SET index = -index + 1 WHERE index < 0")
        sql(
            "INSERT INTO ledger_logentry (uid, organisation_id, kind, document, at, commitment, mac) SELECT "
            "gen_random_uuid(), organisation_id, kind, gen_random_uuid(), at, commitment, mac "
            "FROM ledger_logentry LIMIT 1"
        )
        sql(
            "INSERT INTO ledger_leaf (index, entry_id, leaf, position_mac) "
            "SELECT 600, max(id), %s, %s FROM ledger_logentry",
            *(bytes(32), bytes(16)),
        )
        assert ("entry_altered", 600) in {(f.code, f.place) for f in found(connection).findings.found}
        assert "leaf_altered" in codes(found(connection, public_only=True))


def test_tamper_an_entry_doubled(log: Log) -> None:
    with attack() as (sql, connection):
        sql("ALTER TABLE ledger_leaf DROP CONSTRAINT ledger_leaf_entry_id_key")
        sql(
            "INSERT INTO ledger_leaf (index, entry_id, leaf, position_mac) SELECT %s, entry_id, leaf, position_mac "
            "FROM ledger_leaf WHERE index = 5",
            RECORDS + DISPOSED,
        )
        assert codes(found(connection)) == {"moved", "unsigned"}
        assert codes(found(connection, public_only=True)) == {"unsigned"}


def test_tamper_the_end_cut_off(log: Log) -> None:
    with attack() as (sql, connection):
        sql("DELETE FROM ledger_leaf WHERE index >= 1990")
        assert "cut" in codes(found(connection))
        assert "cut" in codes(found(connection, public_only=True))


def test_tamper_a_record_put_in_behind_the_log(log: Log) -> None:
    with attack() as (sql, connection):
        new = uuid.uuid4()
        sql(
            f"INSERT INTO ledger_sealeddocument (id, organisation_id, {COPIED}) "
            f"SELECT %s, organisation_id, {COPIED} FROM ledger_sealeddocument LIMIT 1",
            new,
        )
        result = found(connection, public_only=True)
        assert ("behind_the_log", str(new)) in {(f.code, f.document) for f in result.findings.found}


def test_tamper_a_record_put_in_at_a_place_before_the_first(log: Log) -> None:
    """Its entry is no copy, so it neither has a MAC of ours nor a place that any proof leads to."""
    with attack() as (sql, connection):
        new, old = uuid.uuid4(), log.documents[777]
        sql(
            f"INSERT INTO ledger_sealeddocument (id, organisation_id, {COPIED}) "
            f"SELECT %s, organisation_id, {COPIED} FROM ledger_sealeddocument WHERE id = %s",
            *(new, old),
        )
        sql(
            "INSERT INTO ledger_logentry (uid, organisation_id, kind, document, at, commitment, mac) "
            "SELECT %s, organisation_id, kind, %s, at, commitment, mac FROM ledger_logentry WHERE document = %s",
            *(new, new, old),
        )
        sql(
            "INSERT INTO ledger_leaf (index, entry_id, leaf, position_mac) "
            "SELECT -1, id, %s, %s FROM ledger_logentry WHERE document = %s",
            *(bytes(32), bytes(16), new),
        )
        assert ("entry_altered", str(new)) in {(f.code, f.document) for f in found(connection).findings.found}
        public = found(connection, public_only=True)
        assert ("homeless", str(new)) in {(f.code, f.document) for f in public.findings.found}


def test_tamper_columns_shifted_into_one_another(log: Log) -> None:
    """What is hashed reads the same, but two values stand in one column and the last says something new."""
    with attack() as (sql, connection):
        sql(
            "UPDATE decisions_decisionrecord SET lawful_basis = lawful_basis || E'\\x1f' || agreement, "
            "agreement = telling, telling = coalesce(follows_id, ''), follows_id = %s WHERE document_id = %s",
            *(log.references[1], log.documents[777]),
        )
        assert ("row_altered", str(log.documents[777])) in {
            (f.code, f.document) for f in found(connection).findings.found
        }


def test_tamper_a_row_led_to_a_document_that_never_was(log: Log) -> None:
    with attack() as (sql, connection):
        sql(RECORD.format("document_id = gen_random_uuid()"), log.documents[777])
        result = found(connection, public_only=True)
        assert {("row_behind", log.references[777]), ("row_gone", "")} == {
            (f.code, f.record) for f in result.findings.found
        }


def test_tamper_a_place_far_beyond_the_end(log: Log) -> None:
    with attack() as (sql, connection):
        sql("UPDATE ledger_leaf SET index = %s WHERE index = %s", 10**15, RECORDS + DISPOSED - 1)
        assert {"gap", "moved"} <= codes(found(connection))


def certificates(sql: Sql) -> list[tuple[uuid.UUID, str]]:
    return list(sql("SELECT document, words FROM ledger_certificate ORDER BY made_at"))


def test_tamper_a_forged_certificate_hides_no_deletion(log: Log) -> None:
    victim = log.documents[777]
    with attack() as (sql, connection):
        words = json.dumps({"records": [log.references[777]], "documents": [str(victim)]})
        sql(
            "INSERT INTO ledger_certificate (document, organisation_id, words, made_at) "
            "SELECT %s, organisation_id, %s, now() FROM ledger_certificate LIMIT 1",
            *(victim, words),
        )
        sql("DELETE FROM decisions_decisionrecord WHERE document_id = %s", victim)
        sql("DELETE FROM ledger_datakey WHERE document_id = %s", victim)
        sql("DELETE FROM ledger_sealeddocument WHERE id = %s", victim)
        assert codes(found(connection, public_only=True)) == {"certificate_forged", "content_gone"}
        commitment = hashlib.sha256(b"\x11" + words.encode()).digest()
        sql(
            "INSERT INTO ledger_logentry (uid, organisation_id, kind, document, at, commitment, mac) SELECT "
            "gen_random_uuid(), organisation_id, 'disposed', %s, now(), %s, mac FROM ledger_certificate, "
            "(SELECT mac FROM ledger_logentry LIMIT 1) m LIMIT 1",
            *(victim, commitment),
        )
        assert [(f.code, f.document) for f in found(connection).findings.found] == [("entry_altered", str(victim))]
        assert codes(found(connection, public_only=True)) == {"homeless"}


def test_tamper_a_genuine_certificate_altered_or_deleted(log: Log) -> None:
    with attack() as (sql, connection):
        (one, _), (other, _), *_ = certificates(sql)
        sql("UPDATE ledger_certificate SET words = replace(words, '6 years', '1 year') WHERE document = %s", one)
        sql("DELETE FROM ledger_certificate WHERE document = %s", other)
        pointed = {(f.code, f.document) for f in found(connection, public_only=True).findings.found}
        assert ("certificate_altered", str(one)) in pointed
        assert ("certificate_gone", str(other)) in pointed


def test_tamper_what_was_disposed_of_put_back_from_an_old_copy(log: Log) -> None:
    with attack() as (sql, connection):
        ((document, _), *_) = certificates(sql)
        sql(
            f"INSERT INTO ledger_sealeddocument (id, organisation_id, {COPIED}) "
            f"SELECT %s, organisation_id, {COPIED} FROM ledger_sealeddocument LIMIT 1",
            document,
        )
        result = found(connection, public_only=True)
        assert ("back", str(document)) in {(f.code, f.document) for f in result.findings.found}


def test_tamper_a_perfect_return_to_the_past_needs_a_kept_checkpoint(log: Log) -> None:
    with attack() as (sql, connection):
        take_back_to(sql, EARLY + BATCH)
        assert found(connection).good, "nothing inside the database can show it"
        assert found(connection, anchors=[log.early]).good
        (finding,) = found(connection, anchors=[log.anchor]).findings.found
        assert finding.code == "anchor_ahead"
        assert f"It says {RECORDS + DISPOSED:,}; the log has {EARLY + BATCH:,}." in finding.words


def test_tamper_whoever_holds_every_key_is_found_by_a_kept_checkpoint(log: Log) -> None:
    with attack() as (sql, connection):
        sql("UPDATE ledger_logentry SET at = at - interval '1 day' WHERE document = %s", log.documents[100])
        sign_again(sql, keys.signing_key(), entries.Seals(keys.ring().mac))
        assert found(connection).good, "the keys make it look right"
        assert codes(found(connection, anchors=[log.anchor])) == {"anchor"}


def test_tamper_a_checkpoint_of_another_log_is_no_anchor(log: Log) -> None:
    foreign = checkpoint.sign(checkpoint.read(log.anchor), OTHER_KEY)
    with attack() as (_, connection):
        assert codes(found(connection, anchors=[foreign])) == {"anchor_foreign"}


def test_tamper_nonsense_in_the_tables_ends_with_a_result(log: Log) -> None:
    with attack() as (sql, connection):
        sql("UPDATE ledger_logentry SET at = 'infinity' WHERE document = %s", log.documents[3])
        sql("UPDATE ledger_certificate SET words = 'no JSON'")
        assert {"entry_gone", "certificate_altered", "content_gone"} <= codes(found(connection))
        sql("ALTER TABLE ledger_leaf RENAME TO elsewhere")
        assert "unfinished" in codes(found(connection))
