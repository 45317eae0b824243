"""The servers, up for as long as somebody uses them: a shared lock counts the users, the last one stops them.

Locks vanish with the process that holds them, so one killed without warning is not counted.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from infoshare.embedded import keys as keyring
from infoshare.embedded.account import owner_of
from infoshare.embedded.errors import CannotRunError
from infoshare.embedded.places import CLONE, Home, home_for
from infoshare.embedded.postgresql import Postgresql
from infoshare.embedded.processes import alive
from infoshare.embedded.server import Server
from infoshare.embedded.valkey import Valkey


class Running:
    """The servers of one home, as seen by one launcher."""

    def __init__(self, home: Home, *, scratch: bool) -> None:
        self.home = home
        self.keys = keyring.load(home.path, home.account)
        self.postgresql = Postgresql(home, self.keys, scratch=scratch)
        self.valkey = Valkey(home, self.keys)
        self.watched: dict[str, int] = {}

    def start(self, server: Server) -> None:
        if server.pid() is None:
            server.start()
        elif not server.answers():
            raise CannotRunError(
                f"The {server.name} under {self.home.path} does not answer: end process {server.pid()}."
            )
        self.watched[server.name] = server.pid() or 0
        server.alarms()  # those of earlier runs are no news

    def stop(self) -> None:
        for server in (self.valkey, self.postgresql):
            server.stop()

    def fallen(self) -> str | None:
        """The name of a server that has ended."""
        return next((name for name, pid in self.watched.items() if not alive(pid)), None)

    def alarms(self) -> list[str]:
        """Sentences about servers that go on all the same, such as PostgreSQL after one of its processes was killed."""
        servers = [server for server in (self.postgresql, self.valkey) if server.name in self.watched]
        return [f"{server.name} reports: {line}" for server in servers for line in server.alarms()]

    def address(self, given: Mapping[str, str]) -> dict[str, str]:
        """The environment variables that lead to the servers, apart from those given."""
        found: dict[str, str] = {}
        if not is_set("DATABASE_URL", given):
            found["DATABASE_URL"] = self.postgresql.url("infoshare_web", self.keys.web)
            found["WORKER_DATABASE_URL"] = self.postgresql.url("infoshare_worker", self.keys.worker)
            found["DATABASE_OWNER_URL"] = self.postgresql.url("infoshare_owner", self.keys.owner)
            found["EMBEDDED"] = "1"
        if not is_set("CELERY_BROKER_URL", given):
            found["CELERY_BROKER_URL"] = self.valkey.url(0)
            found["CACHE_URL"] = self.valkey.url(1)
        if not is_set("SECRET_KEY", given):
            found["SECRET_KEY"] = secret_key(CLONE)
        return found


def is_set(name: str, environment: Mapping[str, str]) -> bool:
    """Whether a value was given, itself or as the name of a file."""
    return bool(environment.get(name) or environment.get(f"{name}_FILE"))


def secret_key(clone: Path) -> str:
    """Django's key, made once."""
    path = clone / "var" / "secret-key"
    if not path.exists():
        keyring.write_private(path, secrets.token_urlsafe(50), owner_of(clone))
    return path.read_text(encoding="utf-8")


@contextmanager
def servers(given: Mapping[str, str], *, scratch: bool = False) -> Iterator[Running]:
    """Those servers that the environment does not name already; up inside the block."""
    home = home_for("scratch" if scratch else "servers")
    with _lock(home, "starting.lock") as starting, _lock(home, "users.lock") as users:
        with _exclusively(starting):
            running = Running(home, scratch=scratch)
            if _alone(users):
                running.stop()  # left behind by a launcher that was killed
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            with _exclusively(starting):
                if not is_set("DATABASE_URL", given):
                    running.start(running.postgresql)
                if not is_set("CELERY_BROKER_URL", given):
                    running.start(running.valkey)
            yield running
        finally:
            with _exclusively(starting):
                if _alone(users):
                    running.stop()


@contextmanager
def _lock(home: Home, name: str) -> Iterator[int]:
    descriptor = os.open(home.path / name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        home.account.own(home.path / name)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _exclusively(lock: int) -> Iterator[None]:
    """One launcher at a time starts or stops servers."""
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)


def _alone(users: int) -> bool:
    """Whether nobody else uses the servers; gives up our own share of the lock."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
