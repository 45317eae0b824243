"""PostgreSQL is killed, or its disk is full, while decisions are recorded: what was acknowledged is there and verifies.

On a server of its own, safe against crashes as in a deployment.
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings

from infoshare.embedded import keys as keyring
from infoshare.embedded.places import home_for
from infoshare.embedded.postgresql import Postgresql

pytestmark = pytest.mark.slow
WRITERS, KILLED_AFTER = 8, 60
FILE_LIMIT = 20 * 1024 * 1024  # more than a segment of the write-ahead log, which would stop the whole server
ENDLESS, LARGE = 1_000_000, 400_000
SEQUENCE = "from django import setup; setup(); from infoshare.ledger import sequencing; sequencing.sequence()"


class Server:
    def __init__(self, postgresql: Postgresql) -> None:
        self.postgresql, keys = postgresql, postgresql.keys
        self.environment = {
            **os.environ,
            "DATABASE_URL": postgresql.url("infoshare_web", keys.web),
            "WORKER_DATABASE_URL": postgresql.url("infoshare_worker", keys.worker),
            "DATABASE_OWNER_URL": postgresql.url("infoshare_owner", keys.owner),
            "EMBEDDED": "1",
        }

    def restart(self, file_limit: int | None = None) -> None:
        """With a limit no file of the server's grows beyond it, as on a disk that is full."""
        self.stop()
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit or soft, hard))
        try:
            self.postgresql.start()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    def stop(self) -> None:
        process = self.postgresql.process
        self.postgresql.stop()
        if process:
            process.wait(timeout=60)

    def run(self, *words: str, role: str = "DATABASE_URL") -> str:
        environment = {**self.environment, "DATABASE_URL": self.environment[role]}
        done = subprocess.run(
            [sys.executable, *words], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def writers(self, number: int, each: int, length: int) -> subprocess.Popen[str]:
        words = ["-m", "tests.faults.recording", str(number), str(each), str(length)]
        return subprocess.Popen(
            [sys.executable, *words],
            env=self.environment,
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def there(self) -> set[str]:
        with psycopg.connect(self.environment["DATABASE_OWNER_URL"]) as connection:
            return {name for (name,) in connection.execute("SELECT reference FROM decisions_decisionrecord")}

    def check(self, acknowledged: set[str]) -> None:
        """Nothing acknowledged is lost, nothing is there by halves, and the log goes on."""
        there = self.there()
        assert acknowledged <= there
        self.run("-c", SEQUENCE, role="WORKER_DATABASE_URL")
        said = json.loads(self.run("manage.py", "verify_log", "--json", "--open-each", role="WORKER_DATABASE_URL"))
        assert said["findings"] == []
        assert (said["entries"], said["documents"]) == (len(there), len(there))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    home = home_for(f"faults-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")
    postgresql = Postgresql(home, keyring.load(home.path, home.account), scratch=False)
    postgresql.start()
    made = Server(postgresql)
    try:
        made.run("manage.py", "migrate", "--verbosity", "0")
        yield made
    finally:
        made.stop()
        shutil.rmtree(home.path)


def test_postgresql_is_killed_while_decisions_are_recorded(server: Server) -> None:
    postgres = server.postgresql.process
    assert postgres
    with server.writers(WRITERS, ENDLESS, 1_000) as writers:
        assert writers.stdout
        acknowledged = {next(writers.stdout).strip() for _ in range(KILLED_AFTER)}
        postgres.send_signal(signal.SIGQUIT)  # at once, without a checkpoint: what was in memory alone is gone
        acknowledged |= {line.strip() for line in writers.stdout}
        assert writers.wait(timeout=60) == 3, writers.stderr and writers.stderr.read()
    postgres.wait(timeout=60)
    server.postgresql.start()
    server.check(acknowledged)


def test_the_disk_is_full_while_decisions_are_recorded(server: Server) -> None:
    server.restart(FILE_LIMIT)
    with server.writers(WRITERS, ENDLESS, LARGE) as writers:
        assert writers.stdout
        acknowledged = {line.strip() for line in writers.stdout}
        assert writers.wait(timeout=60) == 3, writers.stderr and writers.stderr.read()
    assert acknowledged
    assert acknowledged <= server.there()  # reading goes on
    server.restart()
    with server.writers(1, 3, LARGE) as writers:
        more, _ = writers.communicate(timeout=60)
    assert len(more.split()) == 3
    server.check(acknowledged | set(more.split()))
