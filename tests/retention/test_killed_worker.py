"""A real Celery worker on the real broker, killed in mid-sweep: the next one is given the task and finishes it."""

import os
import signal
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

from infoshare.accounts.models import Membership, Organisation
from retention.models import SweepRun

from .overlapping import check_exactly_once, held_review, in_sweep_order, somebody_waits
from .records import recorded, years_ago
from .waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ARGUMENTS = "-m celery -A tests.retention.worker worker --concurrency 1 -l warning"


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


def send_sweep(environment: dict[str, str]) -> None:
    """Through another process: the connection pools of this one must not learn the test's broker settings."""
    program = "from tests.retention.worker import app; app.send_task('retention.tasks.sweep', kwargs={'chunk': 5})"
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, cwd=settings.BASE_DIR)


def test_killed_in_mid_sweep(school: Organisation, alice: Membership, broker: dict[str, str], tmp_path: Path) -> None:
    recorded(alice, years_ago(7), number=40)
    middle = in_sweep_order(school)[22]
    send_sweep(broker)
    with held_review(school, middle):
        with worker(broker, tmp_path / "first.log") as process:
            until(somebody_waits)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=60)
        started = SweepRun.objects.get(flagged__gt=0)
        assert (started.flagged, started.finished_at) == (20, None)
    with worker(broker, tmp_path / "second.log"):
        until(lambda: SweepRun.objects.filter(organisation=school, finished_at__isnull=False).exists())
    check_exactly_once(40)
    assert SweepRun.objects.filter(organisation=school, flagged__gt=0).count() == 2
