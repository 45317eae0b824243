"""The sweep over many schedules: `make bench NAME=retention`, with SIZE=1M or SIZE=10M for more than 200,000 rows.

A tenth is due. Chunks are held against the same SQL in one statement, by turns, with VACUUM between. The schedules
stand alone: no record belongs to them, since sealing a million would take the day. The database is dropped afterwards.
"""

import os
import resource
import statistics
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.conf import settings  # noqa: E402  # after setup
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from infoshare.accounts.models import Organisation  # noqa: E402
from tests.benchmarks.report import Figure, at_least, at_most, publish  # noqa: E402
from tests.people import make_people, signed_in  # noqa: E402

UNITS = {"k": 1_000, "M": 1_000_000}
SIZE = os.environ.get("SIZE", "200k")
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SMALL = 10_000
DUE_SHARE = 10
FILL = """
INSERT INTO retention_scheduleitem (record_id, organisation_id, category, recorded_on, rule_version_id, due_on, state,
    cycle, revision, indefinite, renewals)
SELECT substr(md5(n::text), 1, 11), %(organisation)s, 'child', %(today)s - age, %(version)s,
       add_whole_years(%(today)s - age, 6), 'waiting', 1, 1, false, 0
FROM generate_series(%(first)s, %(last)s) AS n,
     LATERAL (SELECT CASE WHEN n %% %(share)s = 0 THEN 2250 + n %% 700 ELSE n %% 2150 END AS age) AS recorded
ON CONFLICT DO NOTHING
"""


def rows(words: str) -> int:
    return int(words[:-1]) * UNITS[words[-1]] if words[-1] in UNITS else int(words)


def execute(statement: str, parameters: object = None) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, parameters)  # type: ignore[arg-type]


def vacuum() -> None:
    execute("VACUUM ANALYZE retention_scheduleitem, retention_reviewtask, retention_sweeprun")


def fill(organisation: Organisation, first: int, last: int) -> None:
    from retention import selectors

    version = selectors.adopted(organisation).get()
    today = selectors.today()
    told = {"organisation": organisation.pk, "today": today, "version": version.pk, "share": DUE_SHARE}
    execute(FILL, told | {"first": first, "last": last})
    vacuum()


def reset() -> None:
    execute("DELETE FROM retention_reviewtask")
    execute("UPDATE retention_scheduleitem SET state = 'waiting', cycle = 1 WHERE state <> 'waiting'")
    vacuum()


def timed(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def by_turns(one: Callable[[], object], other: Callable[[], object], before: Callable[[], None]) -> tuple[float, float]:
    """The median seconds of each."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS):
        for place in (0, 1) if number % 2 else (1, 0):
            before()
            took[place].append(timed((one, other)[place]))
    return statistics.median(took[0]), statistics.median(took[1])


def flagging(organisation: Organisation, size: int) -> list[Figure]:
    from retention import selectors, sweeping
    from retention.models import ScheduleItem, SweepRun

    def flag(chunk: int) -> None:
        sweeping.flag_due(SweepRun.objects.create(organisation=organisation, as_of=selectors.today()), chunk)

    chunks, once = by_turns(lambda: flag(sweeping.CHUNK), lambda: flag(size), reset)
    number = ScheduleItem.objects.filter(state="due").count()
    rates = f"{number / chunks:,.0f}/s in chunks, {number / once:,.0f}/s in one statement"
    print(f"flagged {number:,} of {size:,}: {rates}")  # noqa: T201
    return [at_least("flagging in chunks against one statement", once / chunks, "of it", 0.5)]


def recomputing(organisation: Organisation, size: int) -> list[Figure]:
    from retention import selectors, sweeping
    from retention.models import SweepRun

    rules = [version.as_rule for version in selectors.adopted(organisation)]
    revision = 1

    def recompute(chunk: int) -> None:
        nonlocal revision
        revision += 1
        run = SweepRun.objects.create(organisation=organisation, as_of=selectors.today())
        sweeping.recompute(run, rules, revision, chunk)

    chunks, once = by_turns(lambda: recompute(sweeping.CHUNK), lambda: recompute(size), vacuum)
    execute("UPDATE retention_retentionsettings SET revision = %s", [revision])
    vacuum()
    rate = size / chunks
    print(f"recomputed {rate:,.0f}/s in chunks, {size / once:,.0f}/s in one statement")  # noqa: T201
    met = rate >= 50_000 or once / chunks >= 0.5
    return [
        Figure("recomputing in chunks against one statement", round(once / chunks, 3), "of it", "0.5 or 50k/s", met)
    ]


def idle(organisation: Organisation) -> list[Figure]:
    from retention import selectors, services

    services.sweep(organisation=organisation, as_of=selectors.today())
    vacuum()
    took = [timed(lambda: services.sweep(organisation=organisation, as_of=selectors.today())) for _ in range(ROUNDS)]
    return [at_most("a sweep with nothing to do", statistics.median(took), "s", 0.1)]


def memory(organisation: Organisation) -> float:
    """MB at its most, in a process of its own that flags everything."""
    from retention import selectors, services

    reset()
    connections.close_all()
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        services.sweep(organisation=organisation, as_of=selectors.today())
        os.write(writing, str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss).encode())
        os._exit(0)
    os.waitpid(child, 0)
    return int(os.read(reading, 20)) / 1_000


def desk(client: Client) -> float:
    """The 95th percentile of some forty views, in ms."""
    client.get("/retention/")
    took = sorted(timed(lambda: client.get("/retention/")) * 1_000 for _ in range(40))
    return took[37]


def measure() -> list[Figure]:
    from retention import services

    people, size = make_people(), rows(SIZE)
    school = people.school
    services.adopt_defaults(school)
    fill(school, 1, SMALL)
    client = signed_in(people.rita)
    small_memory, small_desk = memory(school), desk(client)
    fill(school, SMALL + 1, size)
    figures = [*flagging(school, size), *recomputing(school, size), *idle(school)]
    large_desk = desk(client)
    figures.append(at_most("the desk against 10,000 rows, p95", large_desk / small_desk, "times", 2))
    figures.append(at_most("the desk, p95", large_desk, "ms", 1_000))
    large = memory(school)
    figures.append(at_most("memory of a sweep", large, "MB", 150))
    figures.append(at_most("memory against 10,000 rows", large - small_memory, "MB more", 15))
    return figures


def main() -> None:
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    setup_test_environment()
    made = setup_databases(0, interactive=False, aliases={"default": None, "owner": None}, serialized_aliases=set())
    connections["default"].ensure_connection()
    try:
        publish("retention", measure())
    finally:
        connections.close_all()
        teardown_databases(made, 0)


if __name__ == "__main__":
    main()
