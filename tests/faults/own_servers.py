"""PostgreSQL and Valkey of one's own, with the tables and some old records: for tests that stop a whole server."""

import json
import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings

from infoshare.embedded.places import home_for
from infoshare.embedded.running import Running
from infoshare.embedded.server import Server

MAKE = """
import json, django; django.setup()
from infoshare.accounts.models import Membership
from retention.models import SweepRun
from retention import selectors
from tests.people import make_people
from tests.retention.records import recorded, years_ago
alice = Membership.objects.filter(user__email="alice@example.org").first() or make_people().alice
new = sorted(record.pk for record in recorded(alice, years_ago(7), number={number}))
run = SweepRun.objects.create(organisation=alice.organisation, as_of=selectors.today())
print(json.dumps([alice.organisation_id, run.pk, new[{middle}]]))
"""
HOLD = """
INSERT INTO retention_reviewtask (record_id, organisation_id, cycle, due_on, run_id, state, reminders)
VALUES (%s, %s, 1, current_date, %s, 'open', 0)
"""
WAITING = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event = 'transactionid'"


@dataclass
class Own:
    running: Running
    environment: dict[str, str]

    def program(self, *words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, env=self.environment, cwd=settings.BASE_DIR, check=True, capture_output=True)
        return done.stdout.decode()

    def connect(self) -> psycopg.Connection:
        """As the role of the workers, who else would not show what they wait for."""
        return psycopg.connect(self.environment["DATABASE_URL"], autocommit=True)

    def ask(self, question: str) -> int:
        """The number that the question counts."""
        with self.connect() as connection:
            row = connection.execute(question.encode()).fetchone()
            assert row is not None
            return int(row[0])

    def old_records(self, number: int, middle: int) -> tuple[int, int, str]:
        """Makes records that are long due: their organisation, a run, and the one that is swept in that place."""
        organisation, run, reference = json.loads(self.program("-c", MAKE.format(number=number, middle=middle)))
        return organisation, run, reference

    @contextmanager
    def held_review(self, organisation: int, run: int, reference: str) -> Iterator[None]:
        """Whoever raises this record's review waits until we let go, or until the server is gone."""
        blocker = psycopg.connect(self.environment["DATABASE_URL"])
        try:
            blocker.execute(HOLD, [reference, organisation, run])
            yield
        finally:
            blocker.close()

    def somebody_waits(self) -> bool:
        return bool(self.ask(f"SELECT ({WAITING})::integer"))

    def restart(self, server: Server, *, how: signal.Signals, empty: Path | None = None) -> None:
        """At once and without a word, on the same port. `empty`: the directory that it loses."""
        process, port = server.process, server.port
        assert process is not None
        process.send_signal(how)
        process.wait(timeout=60)
        if empty:
            shutil.rmtree(empty)
        server.start()
        assert server.port == port


@contextmanager
def own_servers() -> Iterator[Own]:
    home = home_for(f"faults-{uuid.uuid4().hex[:8]}")
    running = Running(home, scratch=True)
    try:
        running.start(running.postgresql)
        running.start(running.valkey)
        found = running.address({})
        own = Own(running, {**os.environ, **found, "TEST_KEY_PREFIX": "test:"})
        own.program("manage.py", "migrate", "--database", "owner", "-v", "0")
        yield own
    finally:
        for server in (running.valkey, running.postgresql):
            process = server.process
            server.stop()
            if process:
                process.wait(timeout=60)
        shutil.rmtree(home.path, ignore_errors=True)
