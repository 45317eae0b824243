"""Real Celery workers on the real broker while things break in mid-sweep: each record is flagged exactly once."""

import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from redis import Redis

from infoshare.accounts.models import Membership, Organisation
from retention.models import ReviewTask, SweepRun
from tests.retention.overlapping import (
    another_connection,
    check_exactly_once,
    held_review,
    in_sweep_order,
    somebody_waits,
)
from tests.retention.records import recorded, years_ago
from tests.retention.waiting import until

from .workers import broker as broker
from .workers import send_sweep, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


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


def raised(number: int) -> Callable[[], bool]:
    """Whether there are so many reviews. A finished run says less: another may still be holding its last chunk."""
    return lambda: ReviewTask.objects.count() == number


def backends_of_workers() -> list[int]:
    """PostgreSQL's processes of everyone but this test."""
    own = [another.info.backend_pid for another in (connections[name].connection for name in connections) if another]
    with another_connection() as asking:
        found = asking.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()").fetchall()
        return [pid for (pid,) in found if pid not in (*own, asking.info.backend_pid)]


def end(backends: list[int]) -> None:
    with another_connection() as killer:
        for backend in backends:
            killer.execute("SELECT pg_terminate_backend(%s, 10000)", [backend])


def test_its_child_is_killed(school: Organisation, alice: Membership, broker: dict[str, str], tmp_path: Path) -> None:
    """As the kernel does when memory runs out: the worker itself lives on and is given the task again."""
    recorded(alice, years_ago(7), number=40)
    send_sweep(broker)
    with worker(broker, tmp_path / "worker.log") as process:
        with held_review(school, in_sweep_order(school)[22]):
            until(somebody_waits)
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            for child in children:
                os.kill(int(child), signal.SIGKILL)
        until(raised(40))
    check_exactly_once(40)


def test_four_workers_and_six_deliveries(
    school: Organisation, alice: Membership, broker: dict[str, str], tmp_path: Path
) -> None:
    recorded(alice, years_ago(7), number=60)
    send_sweep(broker, times=6)
    with ExitStack() as workers:
        for number in range(4):
            workers.enter_context(worker(broker, tmp_path / f"{number}.log"))
        with held_review(school, in_sweep_order(school)[29]):
            until(lambda: SweepRun.objects.filter(organisation=school).count() > 2)
        until(raised(60))
    check_exactly_once(60)


def test_given_out_again_while_it_still_runs(
    school: Organisation, alice: Membership, broker: dict[str, str], tmp_path: Path
) -> None:
    """It runs longer than the broker waits (2 s): a second worker is given the same task meanwhile."""
    recorded(alice, years_ago(7), number=40)
    send_sweep(broker)
    with worker(broker, tmp_path / "first.log"), worker(broker, tmp_path / "second.log"):
        with held_review(school, in_sweep_order(school)[22]):
            until(lambda: SweepRun.objects.filter(organisation=school).count() > 2)
        until(raised(40))
    check_exactly_once(40)


def test_the_broker_forgets_everything(
    school: Organisation, alice: Membership, broker: dict[str, str], tmp_path: Path
) -> None:
    """What runs finishes; what waited is lost, and the next tick of beat does it."""
    recorded(alice, years_ago(7), number=40)
    send_sweep(broker, times=2)
    with worker(broker, tmp_path / "worker.log"):
        with held_review(school, in_sweep_order(school)[22]):
            until(somebody_waits)
            redis = Redis.from_url(settings.CELERY_BROKER_URL)
            redis.delete(*redis.keys(f"{broker['TEST_KEY_PREFIX']}*"))
            redis.close()
        until(raised(40))
        # Else the run of before might end after the day was made to look unswept: nothing would be left for the tick.
        until(lambda: SweepRun.objects.exclude(finished_at=None).count() == Organisation.objects.count())
        (late,) = recorded(alice, years_ago(7))
        SweepRun.objects.update(finished_at=None)
        send_sweep(broker)
        until(ReviewTask.objects.filter(record=late).exists)
    check_exactly_once(41)


def test_postgresql_drops_everyone(
    school: Organisation, alice: Membership, broker: dict[str, str], tmp_path: Path
) -> None:
    recorded(alice, years_ago(7), number=40)
    send_sweep(broker)
    with worker(broker, tmp_path / "worker.log"):
        with held_review(school, in_sweep_order(school)[22]) as blocker:
            until(somebody_waits)
            end([pid for pid in backends_of_workers() if pid != blocker])
        until(raised(40))
    check_exactly_once(40)
