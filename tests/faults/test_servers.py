"""A whole server goes down and comes back while a sweep is in the middle: each record is flagged exactly once."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from infoshare.embedded.processes import wait_until
from tests.retention.waiting import until

from .own_servers import Own, own_servers
from .workers import send_sweep, worker

pytestmark = pytest.mark.slow
DUE = "SELECT count(*) FROM retention_scheduleitem WHERE state = 'due'"
REVIEWS = "SELECT count(*) FROM retention_reviewtask"
TWICE = f"SELECT ({REVIEWS}) - (SELECT count(*) FROM (SELECT DISTINCT record_id, cycle FROM retention_reviewtask) AS d)"
COUNTED = "SELECT coalesce(sum(flagged), 0) FROM retention_sweeprun"


@pytest.fixture(scope="module")
def own() -> Iterator[Own]:
    with own_servers() as servers:
        yield servers


def check_exactly_once(own: Own, number: int) -> None:
    assert [own.ask(question) for question in (DUE, REVIEWS, TWICE, COUNTED)] == [number, number, 0, number]


def test_postgresql_is_restarted(own: Own, tmp_path: Path) -> None:
    """Without a clean end, as in a crash. The task tries again by itself; no tick of beat is needed."""
    there = own.old_records(40, middle=22)
    with own.held_review(*there):
        send_sweep(own.environment)
        with worker(own.environment, tmp_path / "worker.log"):
            until(own.somebody_waits)
            own.restart(own.running.postgresql, how=signal.SIGQUIT)
            until(lambda: own.ask(REVIEWS) == 40)
            until(lambda: own.ask("SELECT count(*) FROM retention_sweeprun WHERE finished_at IS NOT NULL") > 0)
    check_exactly_once(own, 40)


def test_valkey_is_restarted_empty(own: Own, tmp_path: Path) -> None:
    """What runs finishes. Its worker finds the broker again, and does what the next tick of beat asks for."""
    before = own.ask(DUE)
    there = own.old_records(40, middle=22)
    with own.connect() as connection:
        connection.execute("UPDATE retention_sweeprun SET finished_at = NULL")
    with ExitStack() as held:
        # Before there is a worker: the broker may still give out a task of the test above.
        held.enter_context(own.held_review(*there))
        with worker(own.environment, tmp_path / "worker.log"):
            send_sweep(own.environment)
            until(own.somebody_waits)
            valkey = own.running.valkey
            own.restart(valkey, how=signal.SIGKILL, empty=valkey.directory / "appendonlydir")
            held.close()
            until(lambda: own.ask(DUE) == before + 40)
            own.old_records(1, middle=0)

            def swept_at_a_later_tick() -> bool:
                """A run of before that ends only now makes the day look swept: nothing is left for the tick."""
                with own.connect() as connection:
                    connection.execute("UPDATE retention_sweeprun SET finished_at = NULL")
                send_sweep(own.environment)
                return wait_until(lambda: own.ask(DUE) == before + 41, 10)

            until(swept_at_a_later_tick)
    check_exactly_once(own, before + 41)
