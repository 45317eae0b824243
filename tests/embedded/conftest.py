"""A small clone of its own for each module: the launcher, nothing of Django, its own var/."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infoshare.embedded.places import CLONE
from infoshare.embedded.processes import alive

GIVEN_FROM_OUTSIDE = ("DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL", "CACHE_URL", "SECRET_KEY", "EMBEDDED")
UP = "print('up', flush=True); import sys; sys.stdin.read()"  # says that it runs, then waits to be ended

Launch = Callable[..., subprocess.Popen[str]]
Up = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def clone() -> Iterator[Path]:
    """Below /tmp and open to all, unlike pytest's own directories."""
    path = Path(tempfile.mkdtemp(prefix="clone with space "))
    path.chmod(0o755)
    shutil.copytree(CLONE / "infoshare" / "embedded", path / "infoshare" / "embedded")
    (path / "infoshare" / "__init__.py").touch()
    (path / "docker").mkdir()
    shutil.copy(CLONE / "docker" / "roles.sql", path / "docker")
    yield path
    shutil.rmtree(path)


@pytest.fixture
def launch(clone: Path) -> Iterator[Launch]:
    """Start `python -m infoshare.embedded WORDS`; everything started is ended afterwards, servers included."""
    launched: list[subprocess.Popen[str]] = []

    def start(*words: str, **environment: str) -> subprocess.Popen[str]:
        inherited = {name: value for name, value in os.environ.items() if name not in GIVEN_FROM_OUTSIDE}
        process = subprocess.Popen(
            [sys.executable, "-m", "infoshare.embedded", *words],
            cwd=clone,
            env={**inherited, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        launched.append(process)
        return process

    yield start
    for process in launched:
        process.kill()
        process.communicate()
    for place in clone.glob("var/*/"):
        if any(map(alive, server_pids(place))):  # left behind by a launcher that was killed
            start(*(["--scratch"] if place.name == "scratch" else []), "true").communicate()


@pytest.fixture
def up(launch: Launch) -> Callable[..., subprocess.Popen[str]]:
    """A launcher whose command is running and waits."""

    def start(*options: str) -> subprocess.Popen[str]:
        process = launch(*options, sys.executable, "-c", UP)
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n", process.stderr and process.stderr.read()
        return process

    return start


def server_pids(servers: Path) -> list[int]:
    """PostgreSQL's and Valkey's process ids, as they recorded them."""
    files = [*servers.glob("postgresql-*/postmaster.pid"), *servers.glob("valkey/valkey.pid")]
    return [int(file.read_text().split()[0]) for file in files]
