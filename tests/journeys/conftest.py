"""The site as `make run` serves it, on a database of its own with the demo accounts; and a browser to use it with."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Browser

from .keyboard import Typist
from .people import Person

CLONE = Path(__file__).resolve().parents[2]


def _database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _fresh_database(owner_url: str, name: str) -> None:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _name(worker_id: str) -> str:
    return f"journeys_{worker_id}_{urlsplit(os.environ['DATABASE_URL']).path.strip('/')}"  # clones may share a server


def _broker(worker_id: str) -> str:
    """Of its own: another site's worker must not take this one's messages."""
    number = 9 + int(worker_id.removeprefix("gw") if worker_id.startswith("gw") else 0) % 7
    return _database(os.environ["CELERY_BROKER_URL"], str(number))


@pytest.fixture(scope="session")
def site(worker_id: str) -> Iterator[str]:
    """The address of a running infoshare, the real thing: gunicorn, a Celery worker and beat."""
    url = os.environ["DATABASE_URL"]
    owner = os.environ.get("DATABASE_OWNER_URL", url)
    name = _name(worker_id)
    _fresh_database(owner, name)
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": _database(url, name),
        "DATABASE_OWNER_URL": _database(owner, name),
        "WORKER_DATABASE_URL": _database(os.environ.get("WORKER_DATABASE_URL", owner), name),
        "CELERY_BROKER_URL": _broker(worker_id),
        "EMBEDDED": "1",
        "PORT": str(port),
    }
    serve = subprocess.Popen(
        [sys.executable, "-m", "infoshare.serve"],
        cwd=CLONE,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    ready = threading.Event()
    listener = threading.Thread(target=_listen, args=(serve, said, ready))
    listener.start()
    try:
        assert ready.wait(120) and "is ready" in said[-1], "".join(said)  # noqa: PT018
        yield f"http://127.0.0.1:{port}"
    finally:
        serve.terminate()
        listener.join()
        serve.wait()


def _listen(serve: subprocess.Popen[str], said: list[str], ready: threading.Event) -> None:
    """Until it ends: a pipe that nobody empties would stop it."""
    assert serve.stdout is not None
    with serve.stdout as lines:
        for line in lines:
            if not ready.is_set():
                said.append(line)
            if "is ready" in line:
                ready.set()
    ready.set()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """pytest-xdist's name of this process, so that each has a site of its own."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "only"))


@pytest.fixture
def person(browser: Browser, site: str) -> Iterator[Callable[..., Person]]:
    """Make people: `person("teacher@example.org", width=320)` is signed in, in a browser of their own."""
    yield from Person.made_in(browser, site)


@pytest.fixture
def database(site: str, worker_id: str) -> Iterator[psycopg.Connection]:
    """The site's database as the owner of its tables: where a test moves time."""
    owner = os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    with psycopg.connect(_database(owner, _name(worker_id)), autocommit=True) as connection:
        yield connection


@pytest.fixture
def typist(browser: Browser, site: str) -> Iterator[Callable[..., Person]]:
    """The same, for people who use a keyboard alone."""
    yield from Typist.made_in(browser, site)
