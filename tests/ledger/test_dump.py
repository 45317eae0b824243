"""A real dump and restore: what was disposed of after the dump cannot be read with the keys of today."""

import os
import shutil
import subprocess
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections

from infoshare.accounts.models import Membership
from infoshare.embedded import binaries
from infoshare.embedded.places import home_for
from infoshare.ledger import crypto, keys
from infoshare.ledger.models import DataKey

from .building import disposed, record_of
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
