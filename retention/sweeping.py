"""The SQL of a sweep: its steps, each in chunks, each chunk one transaction that also counts itself on the run.

Not who may sweep or when: that is services. Any number of sweeps may overlap, be killed and be repeated, because the
rows themselves say what is left to do: no schedule yet, an older revision of the rules, waiting although due.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from .models import Hold, ScheduleItem, SweepRun
from .reckoning import HELD, RULES, SUM, as_parameter
from .schedule import Rule

# About 100 ms each: short locks, and little is lost in a crash.
CHUNK = 5_000

# Left to itself, the planner reads the whole table again for each chunk; and compiling takes longer than a chunk.
BY_INDEX = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off"

# A review that has begun keeps its record's state: `page` names those a sweep may touch.
_RECOMPUTE = """
WITH /*rules*/, page AS (
    SELECT * FROM retention_scheduleitem
    WHERE organisation_id = %(organisation)s AND state IN ('waiting', 'due', 'held') AND /*which*/
), done AS (
    UPDATE retention_scheduleitem AS target
    SET rule_version_id = new.rule_version_id, due_on = new.due_on, revision = %(revision)s,
        state = CASE WHEN new.due_on <= %(as_of)s THEN item.state ELSE 'waiting' END,
        cycle = item.cycle + CASE WHEN item.state = 'due' AND new.due_on <= %(as_of)s IS NOT TRUE THEN 1 ELSE 0 END
    FROM page AS item LEFT JOIN /*sum*/ ON true
    WHERE target.record_id = item.record_id
    RETURNING target.record_id, target.cycle, target.state, item.revision AS revision_before
), withdrawn AS (
    UPDATE retention_reviewtask AS task SET state = 'withdrawn'
    FROM done WHERE task.record_id = done.record_id AND task.cycle < done.cycle
      AND task.state = 'open' AND done.state = 'waiting'
    RETURNING 1
), counted AS (
    UPDATE retention_sweeprun
    SET recomputed = recomputed + (SELECT count(*) FROM done WHERE revision_before > 0),
        withdrawn = withdrawn + (SELECT count(*) FROM withdrawn)
    WHERE id = %(run)s
)
SELECT revision, record_id FROM page ORDER BY revision DESC, record_id DESC LIMIT 1
""".replace("/*rules*/", RULES).replace("/*sum*/", SUM)

RECOMPUTE = _RECOMPUTE.replace(
    "/*which*/",
    """revision < %(revision)s AND (revision, record_id) > (%(after_0)s, %(after_1)s)
    ORDER BY revision, record_id LIMIT %(chunk)s FOR UPDATE SKIP LOCKED""",
)
RECOMPUTE_ONE = _RECOMPUTE.replace("/*which*/", "record_id = %(record)s FOR UPDATE")

FLAG = """
WITH page AS (
    SELECT item.due_on, item.record_id, /*held*/ AS held FROM retention_scheduleitem AS item
    WHERE item.organisation_id = %(organisation)s AND item.state = 'waiting' AND item.due_on <= %(as_of)s
      AND (item.due_on, item.record_id) > (%(after_0)s, %(after_1)s)
    ORDER BY item.due_on, item.record_id LIMIT %(chunk)s FOR UPDATE OF item SKIP LOCKED
), done AS (
    UPDATE retention_scheduleitem AS item SET state = CASE WHEN page.held THEN 'held' ELSE 'due' END
    FROM page WHERE item.record_id = page.record_id AND item.state = 'waiting'
    RETURNING item.record_id, item.cycle, item.due_on, item.state
), raised AS (
    INSERT INTO retention_reviewtask
        (record_id, organisation_id, cycle, due_on, run_id, state, team_id, reminders, reminded_on)
    SELECT done.record_id, %(organisation)s, done.cycle, done.due_on, %(run)s, 'open', record.team_id, 0, %(as_of)s
    FROM done LEFT JOIN decisions_decisionrecord AS record ON record.reference = done.record_id
    WHERE done.state = 'due'
    ON CONFLICT (record_id, cycle) DO NOTHING
), counted AS (
    UPDATE retention_sweeprun
    SET flagged = flagged + (SELECT count(*) FROM done WHERE state = 'due'),
        held = held + (SELECT count(*) FROM done WHERE state = 'held')
    WHERE id = %(run)s
)
SELECT due_on, record_id FROM page ORDER BY due_on DESC, record_id DESC LIMIT 1
""".replace("/*held*/", HELD)

# Both ways, after holds were placed or lifted: due and covered → held, held and no longer covered → waiting.
SETTLE = """
WITH page AS (
    SELECT item.due_on, item.record_id, item.state, /*held*/ AS held FROM retention_scheduleitem AS item
    WHERE item.organisation_id = %(organisation)s AND item.state = %(state)s
      AND (item.due_on, item.record_id) > (%(after_0)s, %(after_1)s)
    ORDER BY item.due_on, item.record_id LIMIT %(chunk)s FOR UPDATE OF item SKIP LOCKED
), done AS (
    UPDATE retention_scheduleitem AS item
    SET state = CASE WHEN page.held THEN 'held' ELSE 'waiting' END,
        cycle = item.cycle + CASE WHEN page.held THEN 1 ELSE 0 END
    FROM page WHERE item.record_id = page.record_id AND (page.state = 'held') <> page.held
    RETURNING item.record_id, item.cycle, item.state
), withdrawn AS (
    UPDATE retention_reviewtask AS task SET state = 'withdrawn'
    FROM done WHERE task.record_id = done.record_id AND task.cycle < done.cycle AND task.state = 'open'
    RETURNING 1
), counted AS (
    UPDATE retention_sweeprun
    SET withdrawn = withdrawn + (SELECT count(*) FROM withdrawn),
        held = held + (SELECT count(*) FROM done WHERE state = 'held')
    WHERE id = %(run)s
)
SELECT due_on, record_id FROM page ORDER BY due_on DESC, record_id DESC LIMIT 1
""".replace("/*held*/", HELD)


def recompute(run: SweepRun, rules: list[Rule], revision: int, chunk: int) -> None:
    """Work out what is new, and again what an older revision of the rules scheduled.

    Never an older revision over a newer, should two sweeps differ.
    """
    parameters = _parameters(run, chunk) | {"rules": as_parameter(rules), "revision": revision}
    _in_chunks(RECOMPUTE, [-1, ""], parameters)


def recompute_one(item: ScheduleItem, rules: list[Rule], revision: int, as_of: date) -> None:
    """The same for one record at once, outside any run."""
    parameters = {
        "run": None,
        "organisation": item.organisation_id,
        "record": item.pk,
        "as_of": as_of,
        "rules": as_parameter(rules),
        "revision": revision,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RECOMPUTE_ONE, parameters)


def settle_holds(run: SweepRun, chunk: int) -> None:
    """Move the states of what newly placed or lifted holds cover. With nothing new there is nothing to read."""
    new = list(Hold.objects.within(run.organisation).filter(settled=False).values_list("pk", "lifted_at"))
    for state in {"held" if lifted_at else "due" for _, lifted_at in new}:
        _in_chunks(SETTLE, [date.min, ""], _parameters(run, chunk) | {"state": state})
    for pk, lifted_at in new:
        # A hold lifted meanwhile stays for the next sweep.
        Hold.objects.filter(pk=pk, lifted_at=lifted_at).update(settled=True)


def flag_due(run: SweepRun, chunk: int) -> None:
    """Flag what is due and raise its review. A second pass takes what another sweep held and then let go."""
    while _in_chunks(FLAG, [date.min, ""], _parameters(run, chunk)):
        pass


def _parameters(run: SweepRun, chunk: int) -> dict[str, Any]:
    return {"run": run.pk, "organisation": run.organisation_id, "as_of": run.as_of, "chunk": chunk}


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
