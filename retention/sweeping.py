"""The SQL of a sweep: three steps, each in chunks, each chunk one transaction that also counts itself on the run.

Not who may sweep or when: that is services.py. Any number of sweeps may overlap, be killed and be repeated, because the
rows themselves say what is left to do: no schedule yet, an older rule version, waiting although due.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, OuterRef

from decisions.models import DecisionRecord

from .models import RuleVersion, ScheduleItem, SweepRun

# About 100 ms each: short locks, and little is lost in a crash.
CHUNK = 5_000

# Left to itself, the planner reads the whole table again for each chunk.
BY_INDEX = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"

SCHEDULE = """
WITH page AS (
    SELECT reference, (recorded_at AT TIME ZONE 'Europe/London')::date AS trigger_on
    FROM decisions_decisionrecord
    WHERE organisation_id = %(organisation)s AND reference = ANY (%(records)s)
), done AS (
    INSERT INTO retention_scheduleitem
        (record_id, organisation_id, rule_version_id, trigger_on, due_on, state, cycle)
    SELECT reference, %(organisation)s, %(rule_version)s, trigger_on,
           add_whole_years(trigger_on, %(years)s), 'waiting', 1
    FROM page ORDER BY reference
    ON CONFLICT (record_id) DO NOTHING RETURNING 1
)
UPDATE retention_sweeprun SET scheduled = scheduled + (SELECT count(*) FROM done) WHERE id = %(run)s
"""

# A review that has begun keeps its record's state; there is no such state yet, and `page` names those it may touch.
RECOMPUTE = """
WITH page AS (
    SELECT record_id, add_whole_years(trigger_on, %(years)s) AS due_on
    FROM retention_scheduleitem
    WHERE rule_version_id = %(outdated)s AND organisation_id = %(organisation)s
      AND state IN ('waiting', 'due') AND record_id > %(after_0)s
    ORDER BY record_id LIMIT %(chunk)s FOR UPDATE SKIP LOCKED
), done AS (
    UPDATE retention_scheduleitem AS item
    SET rule_version_id = %(rule_version)s, due_on = page.due_on,
        state = CASE WHEN page.due_on > %(as_of)s THEN 'waiting' ELSE item.state END,
        cycle = item.cycle + CASE WHEN item.state = 'due' AND page.due_on > %(as_of)s THEN 1 ELSE 0 END
    FROM page WHERE item.record_id = page.record_id
    RETURNING item.record_id, item.cycle, item.state
), withdrawn AS (
    UPDATE retention_reviewtask AS task SET state = 'withdrawn'
    FROM done WHERE task.record_id = done.record_id AND task.cycle < done.cycle
      AND task.state = 'open' AND done.state = 'waiting'
    RETURNING 1
), counted AS (
    UPDATE retention_sweeprun
    SET recomputed = recomputed + (SELECT count(*) FROM done),
        withdrawn = withdrawn + (SELECT count(*) FROM withdrawn)
    WHERE id = %(run)s
)
SELECT record_id FROM page ORDER BY record_id DESC LIMIT 1
"""

FLAG = """
WITH page AS (
    SELECT due_on, record_id FROM retention_scheduleitem
    WHERE organisation_id = %(organisation)s AND state = 'waiting' AND due_on <= %(as_of)s
      AND (due_on, record_id) > (%(after_0)s, %(after_1)s)
    ORDER BY due_on, record_id LIMIT %(chunk)s FOR UPDATE SKIP LOCKED
), done AS (
    UPDATE retention_scheduleitem AS item SET state = 'due'
    FROM page WHERE item.record_id = page.record_id AND item.state = 'waiting'
    RETURNING item.record_id, item.cycle, item.due_on
), raised AS (
    INSERT INTO retention_reviewtask (record_id, organisation_id, cycle, due_on, run_id, state)
    SELECT record_id, %(organisation)s, cycle, due_on, %(run)s, 'open' FROM done
    ON CONFLICT (record_id, cycle) DO NOTHING
), counted AS (
    UPDATE retention_sweeprun SET flagged = flagged + (SELECT count(*) FROM done) WHERE id = %(run)s
)
SELECT due_on, record_id FROM page ORDER BY due_on DESC, record_id DESC LIMIT 1
"""


def schedule_new(run: SweepRun, rule: RuleVersion, chunk: int) -> None:
    """Give a due date to every record that has none, however old: a missed night heals here."""
    scheduled = ScheduleItem.objects.filter(record=OuterRef("pk"))
    records = DecisionRecord.objects.within(run.organisation).filter(~Exists(scheduled)).order_by("pk")
    missing = records.values_list("pk", flat=True).iterator(chunk_size=chunk)
    while page := list(islice(missing, chunk)):
        with _chunk() as cursor:
            cursor.execute(SCHEDULE, _parameters(run, chunk, rule) | {"records": page})


def recompute_outdated(run: SweepRun, rule: RuleVersion, chunk: int) -> None:
    """Work out again what an older version scheduled. Never an older version over a newer, should two sweeps differ."""
    for outdated in RuleVersion.objects.within(run.organisation).filter(pk__lt=rule.pk).values_list("pk", flat=True):
        _in_chunks(RECOMPUTE, [""], _parameters(run, chunk, rule) | {"outdated": outdated})


def flag_due(run: SweepRun, chunk: int) -> None:
    """Flag what is due and raise its review. A second pass takes what another sweep held and then let go."""
    while _in_chunks(FLAG, [date.min, ""], _parameters(run, chunk)):
        pass


def _parameters(run: SweepRun, chunk: int, rule: RuleVersion | None = None) -> dict[str, Any]:
    common = {"run": run.pk, "organisation": run.organisation_id, "as_of": run.as_of, "chunk": chunk}
    return common | ({"rule_version": rule.pk, "years": rule.years} if rule else {})


@contextmanager
def _chunk() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        yield cursor


def _in_chunks(statement: str, start: Sequence[Any], parameters: dict[str, Any]) -> int:
    """Run `statement` from key to key until it finds no more rows; the number of chunks that found any."""
    after: Sequence[Any] | None = start
    chunks = -1
    while after is not None:
        chunks += 1
        keys = {f"after_{place}": key for place, key in enumerate(after)}
        with _chunk() as cursor:
            cursor.execute(statement, parameters | keys)
            after = cursor.fetchone()
    return chunks
