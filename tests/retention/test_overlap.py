"""Exactly once with real connections: overlapping sweeps, a crash between chunks, one delivery twice.

Where a sweep has to stand still, another transaction holds the very review it is about to raise.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, connections

from infoshare.accounts.models import Membership, Organisation
from retention import selectors, services, sweeping, tasks
from retention.models import SweepRun

from .overlapping import another_connection, check_exactly_once, held_review, in_sweep_order, somebody_waits
from .records import recorded, years_ago
from .waiting import until

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]
pytestmark = pytest.mark.django_db(transaction=True)


def sweep_in_thread(organisation: Organisation, chunk: int) -> int:
    try:
        return services.sweep(organisation=organisation, as_of=selectors.today(), chunk=chunk).flagged
    finally:
        connections.close_all()


class Killer:
    """Ends the connection of a sweep just before the given chunk of flagging, as a crash of PostgreSQL would; once."""

    def __init__(self, before_chunk: int) -> None:
        self.chunks_left = before_chunk

    def __call__(self, execute: Execute, sql: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql == sweeping.FLAG:
            self.chunks_left -= 1
            if self.chunks_left == 0:
                end(context["connection"].connection.info.backend_pid)
        return execute(sql, parameters, many, context)


def end(backend: int) -> None:
    with another_connection() as killer:
        killer.execute("SELECT pg_terminate_backend(%s, 10000)", [backend])


def test_two_sweeps_share_the_work(school: Organisation, alice: Membership) -> None:
    recorded(alice, years_ago(7), number=30)
    middle = in_sweep_order(school)[14]
    with ThreadPoolExecutor(2) as threads, held_review(school, middle):
        slow = threads.submit(sweep_in_thread, school, 5)
        until(somebody_waits)
        quick = threads.submit(sweep_in_thread, school, 5)
        assert quick.result(timeout=60) == 15
    assert slow.result(timeout=60) == 15
    check_exactly_once(30)


def test_many_sweeps_at_once(school: Organisation, alice: Membership) -> None:
    recorded(alice, years_ago(7), number=60)
    with ThreadPoolExecutor(4) as threads:
        flagged = list(threads.map(lambda chunk: sweep_in_thread(school, chunk), (3, 4, 5, 7)))
    assert sum(flagged) == 60
    check_exactly_once(60)


def test_a_crash_between_chunks(school: Organisation, alice: Membership) -> None:
    recorded(alice, years_ago(7), number=20)
    with pytest.raises(OperationalError), connection.execute_wrapper(Killer(before_chunk=4)):
        services.sweep(organisation=school, as_of=selectors.today(), chunk=4)
    connection.close()
    broken = SweepRun.objects.get()
    assert (broken.finished_at, broken.flagged) == (None, 12)
    assert services.sweep(organisation=school, as_of=selectors.today(), chunk=4).flagged == 8
    check_exactly_once(20)


def test_the_task_goes_on_after_the_database_was_gone(school: Organisation, alice: Membership) -> None:
    recorded(alice, years_ago(7), number=20)
    with connection.execute_wrapper(Killer(before_chunk=3)):
        tasks.sweep.apply(kwargs={"chunk": 4})
    assert SweepRun.objects.filter(organisation=school).count() == 2
    check_exactly_once(20)


def test_the_same_delivery_twice_at_once(school: Organisation, council: Organisation, alice: Membership) -> None:
    recorded(alice, years_ago(7), number=30)

    def delivery(chunk: int) -> None:
        try:
            tasks.sweep.apply(kwargs={"chunk": chunk}, throw=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads, held_review(school, in_sweep_order(school)[14]):
        deliveries = [threads.submit(delivery, 5) for _ in range(2)]
        until(somebody_waits)
    for each in deliveries:
        each.result(timeout=60)
    check_exactly_once(30)
    assert SweepRun.objects.filter(organisation=council, finished_at__isnull=False).exists()
