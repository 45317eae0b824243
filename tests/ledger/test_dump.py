"""A real dump and restore: what was disposed of after the dump cannot be read with the keys of today."""

import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings

from decisions.services import note_read
from infoshare.accounts.models import Membership
from infoshare.embedded import binaries
from infoshare.embedded.places import home_for
from infoshare.ledger import crypto, kept_certificates, keys
from infoshare.ledger.models import Certificate, DataKey
from retention import services

from .building import approved, disposed, record_of
from .worker import sequence, worker

OPENED = """
SELECT d.id, d.ciphertext, d.key_commitment, k.wrapped, k.kek FROM ledger_sealeddocument d
JOIN ledger_datakey k ON k.document_id = d.id
"""


def program(name: str) -> str:
    """Of the embedded servers if they run here, else the machine's own."""
    found = binaries.postgresql(home_for("scratch"))[0] / name
    return str(found) if found.exists() else str(shutil.which(name))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_was_disposed_of_is_not_read_from_an_old_dump(
    alice: Membership, irene: Membership, rita: Membership, tmp_path: Path
) -> None:
    records = [record_of(alice, number) for number in range(6)]
    sequence()
    owner = urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{connections['owner'].settings_dict['NAME']}")
    dump = tmp_path / "long-term.dump"
    without_keys = ["--format=custom", "--exclude-table-data=ledger_datakey", f"--file={dump}"]
    subprocess.run([program("pg_dump"), *without_keys, owner.geturl()], check=True)
    with worker():
        disposed(records[:2], rita, irene)
    gone, live = {each.document_id for each in records[:2]}, {each.document_id for each in records[2:]}
    restored = owner._replace(path=f"/restored_{uuid.uuid4().hex}")
    with psycopg.connect(owner.geturl(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {restored.path[1:]}".encode())
        try:
            where = ["--no-owner", "--no-privileges", "--dbname", restored.geturl(), str(dump)]
            subprocess.run([program("pg_restore"), *where], check=True)
            assert readable(restored.geturl()) == (live, gone)
        finally:
            connection.execute(f"DROP DATABASE {restored.path[1:]}".encode())


def replay(address: str, certificates: Path) -> subprocess.CompletedProcess[str]:
    """The command of the runbook, on the restored database."""
    command = [sys.executable, "manage.py", "replay_disposals", "--certificates", str(certificates)]
    environment = {**os.environ, "DATABASE_URL": address, "DATABASE_OWNER_URL": address}
    return subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)


REST = """
SELECT (SELECT count(*) FROM decisions_decisionrecord), (SELECT count(*) FROM ledger_sealeddocument),
       (SELECT count(*) FROM ledger_datakey), (SELECT count(*) FROM ledger_certificate),
       (SELECT count(*) FROM decisions_recordread), (SELECT count(*) FROM retention_unscheduled)
"""


# Its transaction is one of long ago.
BACK = "INSERT INTO ledger_certificate (document, organisation_id, words, made_at, txid) VALUES (%s, %s, %s, %s, '3')"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("log_is_newer", [False, True])
def test_disposals_are_replayed_after_a_restore(
    alice: Membership, irene: Membership, rita: Membership, tmp_path: Path, log_is_newer: bool
) -> None:
    """A whole dump, disposals after it, a restore: what was disposed of is there again, and goes again.

    With the newest certificates restored beside the old content, too.
    """
    records = [record_of(alice, number) for number in range(4)]
    for record in records:
        note_read(record=record, by=alice)
    sequence()
    owner = urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{connections['owner'].settings_dict['NAME']}")
    dump = tmp_path / "whole.dump"
    subprocess.run([program("pg_dump"), "--format=custom", f"--file={dump}", owner.geturl()], check=True)
    with override_settings(LEDGER_ANCHOR_FILE=str(tmp_path / "anchors.txt")), worker():
        answers = [approved(record, rita, irene) for record in records[:2]]
        assert all(services.carry_out(answer.pk) for answer in answers)
        kept = kept_certificates.path()
        kept_certificates.keep_missing()
    assert len(kept.read_text().splitlines()) == 2
    restored = owner._replace(path=f"/restored_{uuid.uuid4().hex}")
    with psycopg.connect(owner.geturl(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {restored.path[1:]}".encode())
        try:
            where = ["--no-owner", "--no-privileges", "--dbname", restored.geturl(), str(dump)]
            subprocess.run([program("pg_restore"), *where], check=True)
            if log_is_newer:
                with psycopg.connect(restored.geturl()) as back:
                    for each in Certificate.objects.all():
                        values = [each.pk, each.organisation_id, each.words, each.made_at]
                        back.execute(BACK, values)
            with psycopg.connect(restored.geturl(), autocommit=True) as back:
                made_up = tmp_path / "made-up.jsonl"
                made_up.write_text(kept.read_text().replace(str(records[0].pk), str(records[3].pk)))
                assert "was changed. Nothing was done" in replay(restored.geturl(), made_up).stderr
                assert (back.execute(REST).fetchone() or ())[:3] == (4, 4, 4)
                said = replay(restored.geturl(), kept)
                assert "2 records disposed of again" in said.stdout, said.stderr
                assert back.execute(REST).fetchone() == (2, 2, 2, 2, 2, 2)
                left = {reference for (reference,) in back.execute("SELECT reference FROM decisions_decisionrecord")}
                assert left == {record.pk for record in records[2:]}
            assert "0 records" in replay(restored.geturl(), kept).stdout
        finally:
            connection.execute(f"DROP DATABASE {restored.path[1:]}".encode())


def readable(address: str) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
    """Which documents of the restored database open with the newest table of keys, and which do not."""
    with psycopg.connect(address) as connection:
        there = {name for (name,) in connection.execute("SELECT id FROM ledger_sealeddocument")}
        for key in DataKey.objects.all():
            values = (key.document_id, key.kek, bytes(key.wrapped))
            connection.execute("INSERT INTO ledger_datakey (document_id, kek, wrapped) VALUES (%s, %s, %s)", values)
        opened = {
            document
            for document, _, committed, wrapped, kek in connection.execute(OPENED)
            if crypto.key_commitment(crypto.unwrap(keys.kek(kek), wrapped, document)) == committed
        }
    return opened, there - opened
