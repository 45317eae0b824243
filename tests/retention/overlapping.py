"""Bringing a sweep to a stop at a chosen record, and checking afterwards that every record was flagged exactly once."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection, connections

from decisions.models import DecisionRecord
from infoshare.accounts.models import Organisation
from retention import selectors
from retention.models import ReviewTask, ScheduleItem, SweepRun

WAITING = """
SELECT count(*) > 0 FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'transactionid'
"""


def another_connection(role: str = "default") -> psycopg.Connection:
    """Outside Django, as the same role or as the owner."""
    parameters = connections[role].get_connection_params()
    return psycopg.connect(**{name: parameters[name] for name in ("host", "port", "user", "password", "dbname")})


@contextmanager
def held_review(organisation: Organisation, record: DecisionRecord) -> Iterator[int]:
    """Whoever raises this record's review waits until we let go; ours is never written. Gives our backend's id."""
    run = SweepRun.objects.create(organisation=organisation, as_of=selectors.today())
    with another_connection() as blocker:
        columns = "(record_id, organisation_id, cycle, due_on, run_id, state, reminders)"
        values = [record.pk, organisation.pk, selectors.today(), run.pk]
        blocker.execute(f"INSERT INTO retention_reviewtask {columns} VALUES (%s, %s, 1, %s, %s, 'open', 0)", values)
        yield blocker.info.backend_pid
        blocker.rollback()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        waiting: bool = cursor.fetchone()[0]
    return waiting


def check_exactly_once(number: int) -> None:
    assert ScheduleItem.objects.filter(state="due").count() == number
    assert ReviewTask.objects.values("record", "cycle").distinct().count() == ReviewTask.objects.count() == number
    assert sum(SweepRun.objects.values_list("flagged", flat=True)) == number


def in_sweep_order(organisation: Organisation) -> list[DecisionRecord]:
    return list(DecisionRecord.objects.within(organisation).order_by("recorded_at", "reference"))
