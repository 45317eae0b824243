"""Real workers with a queue of their own, for tests in which something breaks in the middle."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from redis import Redis

ARGUMENTS = "-m celery -A tests.faults.worker worker --concurrency 1 -l warning"


@pytest.fixture
def broker() -> Iterator[dict[str, str]]:
    """The environment of a worker on the test's database, with broker keys of its own."""
    prefix = f"test-{uuid.uuid4().hex}:"
    database = of_the_test(os.environ["DATABASE_URL"])
    yield {**os.environ, "DATABASE_URL": database, "TEST_KEY_PREFIX": prefix, "EMBEDDED": "1"}
    redis = Redis.from_url(settings.CELERY_BROKER_URL)
    if keys := redis.keys(f"{prefix}*"):
        redis.delete(*keys)
    redis.close()


def of_the_test(url: str) -> str:
    """The same server and role, but the test's database."""
    return urlsplit(url)._replace(path=f"/{connections['default'].settings_dict['NAME']}").geturl()


@contextmanager
def worker(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *ARGUMENTS.split()],
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
            cwd=settings.BASE_DIR,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=60)


def send_sweep(environment: dict[str, str], times: int = 1) -> None:
    """Through another process: the connection pools of this one must not learn the test's broker settings."""
    program = "from tests.faults.worker import app; "
    program += f"[app.send_task('retention.tasks.sweep', kwargs={{'chunk': 5}}) for _ in range({times})]"
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, cwd=settings.BASE_DIR)
