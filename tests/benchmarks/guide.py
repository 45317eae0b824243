"""The guide's weight, queries, speed against bare views, and what a case takes by keyboard: `make bench NAME=guide`.

Runs on a scratch database made for it and dropped afterwards.
"""

import gzip
import logging
import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.conf import settings  # noqa: E402  # after setup
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402

from decisions import demo, editions  # noqa: E402
from decisions.cases import published  # noqa: E402
from decisions.models import Draft  # noqa: E402
from infoshare.accounts.models import Membership  # noqa: E402
from tests.benchmarks.reading import ByKeyboard  # noqa: E402
from tests.benchmarks.report import Figure, at_most, publish  # noqa: E402
from tests.decisions.walking import SHARE, answer, answer_for, answered, next_question, seen, start, url  # noqa: E402
from tests.people import make_people, signed_in  # noqa: E402

ROUNDS = 300
MIDDLE = "harm_subject"  # a question in the middle of the case


def weight(client: Client, path: str) -> float:
    """kB of a page with its style sheet and script, compressed as a server sends them."""
    parts = [client.get(path).content]
    parts += [(settings.STATICFILES_DIRS[0] / name).read_bytes() for name in ("infoshare.css", "infoshare.js")]
    return sum(len(gzip.compress(part)) for part in parts) / 1000


def walk(client: Client) -> tuple[list[int], list[int]]:
    """(queries to show, queries to save) each question of one case."""
    shown: list[int] = []
    sent: list[int] = []
    draft = start(client)
    while question_id := next_question(client, draft):
        with CaptureQueriesContext(connection) as queries:
            client.get(url(draft, question_id))
        shown.append(len(queries))
        question = editions.get(editions.names()[-1]).question(question_id)
        with CaptureQueriesContext(connection) as queries:
            answer(client, draft, question_id, answer_for(question, SHARE))
        sent.append(len(queries) - shown[-1])  # `answer` reads the page once more
    return shown, sent


def by_keyboard(person: Membership, lead: Membership) -> list[Figure]:
    """The first case: until a page has said what to do, until the decision is taken, and until it is recorded.

    In an organisation with a directory, as a real one has: the demo's, two of its contacts in social care.
    """
    demo.list_partners(lead)
    way = ByKeyboard(person, next(case for case in published() if case.id == "REV-01"))
    questions = sum(page.question for page in way.go())
    untils = {
        "until it has said what to do, with whom and why": way.costs["clear"],
        "until it is decided": way.costs["recommendation"],
        "until it is recorded": way.cost,
    }
    return [
        at_most(f"by keyboard, {until}: {questions} questions, {cost}", cost.minutes, "minutes", 4)
        for until, cost in untils.items()
    ]


def ratio(ours: Callable[[], object], bare: Callable[[], object]) -> float:
    """Median time of ours over that of the bare one, in turns so that a noisy machine touches both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for deed, taken in zip((ours, bare), times, strict=True):
            begin = perf_counter()
            deed()
            taken.append(perf_counter() - begin)
    return median(times[0]) / median(times[1])


def measure() -> list[Figure]:
    people = make_people()
    client = signed_in(people.alice)
    draft = start(client)
    first = next_question(client, draft)
    shown, sent = walk(client)
    _, done = answered(people.alice)
    step, bare = url(done, MIDDLE), f"/bare/{done.pk}/"
    posted = {"answer": Draft.objects.get(pk=done.pk).answers[MIDDLE], "seen": seen(client, done, MIDDLE)}
    page = gzip.compress(client.get(step).content)
    return [
        at_most("first guide page, compressed", weight(client, url(draft, first or "")), "kB", 60),
        at_most("a later step, compressed", len(page) / 1000, "kB", 15),
        at_most("queries to show a step, the most", max(shown), "queries", 8),
        at_most("queries to save a step, the most", max(sent), "queries", 8),
        at_most(
            "step POST over bare view, p50", ratio(lambda: client.post(step, posted), lambda: client.post(bare)), "×", 2
        ),
        at_most(
            "step GET over bare page, p50", ratio(lambda: client.get(step), lambda: client.get("/bare/")), "×", 1.3
        ),
        *by_keyboard(people.alice, people.irene),
    ]


def main() -> None:
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ROOT_URLCONF = "tests.benchmarks.bare"
    settings.ALLOWED_HOSTS = ["testserver"]  # not setup_test_environment: it watches templates, which costs us more
    logging.disable(logging.INFO)  # one line for each request
    made = setup_databases(0, interactive=False, aliases={"default": None, "owner": None}, serialized_aliases=set())
    try:
        publish("guide", measure())
    finally:
        connections.close_all()
        teardown_databases(made, 0)


if __name__ == "__main__":
    main()
