"""A database of its own on the test servers, for tests that run whole processes instead of test code."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg

from infoshare.embedded.processes import wait_until

NUMBERS = range(2, 9)  # Valkey's numbered databases; 0 and 1 are the embedded servers' own, 9 to 15 the journeys'


@contextmanager
def own_addresses() -> Iterator[dict[str, str]]:
    """The environment variables that lead to an empty database, a broker and a cache that no other test uses."""
    name = f"whole_{uuid.uuid4().hex}"
    owner, web = os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"]
    background = os.environ.get("WORKER_DATABASE_URL", owner)
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    number = NUMBERS[worker % len(NUMBERS)]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield {
                "DATABASE_URL": urlsplit(web)._replace(path=f"/{name}").geturl(),
                "WORKER_DATABASE_URL": urlsplit(background)._replace(path=f"/{name}").geturl(),
                "DATABASE_OWNER_URL": urlsplit(owner)._replace(path=f"/{name}").geturl(),
                "CELERY_BROKER_URL": urlsplit(os.environ["CELERY_BROKER_URL"])._replace(path=f"/{number}").geturl(),
                "CACHE_URL": urlsplit(os.environ["CELERY_BROKER_URL"])._replace(path=f"/{number}").geturl(),
            }
        finally:
            assert wait_until(lambda: _dropped(connection, name), 60)


def _dropped(connection: psycopg.Connection, name: str) -> bool:
    """Not while a process that has just been ended still holds its connection."""
    try:
        connection.execute(f"DROP DATABASE {name}".encode())
    except psycopg.errors.ObjectInUse:
        return False
    return True
