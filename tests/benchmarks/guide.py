"""The guide's weight, queries, speed against bare views, and what a case takes by keyboard: `make bench NAME=guide`.

Runs on a scratch database made for it and dropped afterwards.
"""

import gzip
import os
import re
from collections.abc import Callable
from statistics import median
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.conf import settings  # noqa: E402  # after setup
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from decisions.models import Draft  # noqa: E402
from tests.benchmarks.report import Figure, at_most, publish  # noqa: E402
from tests.decisions.walking import SHARE, answer, answer_for, answered, next_question, seen, start, url  # noqa: E402
from tests.people import make_people, signed_in  # noqa: E402

ROUNDS = 150
READING, KEY = 230 / 60, 0.3  # words a second; seconds a key
REASONS = 25  # words that someone types about the decision
MIDDLE = "harm_subject"  # a question in the middle of the case

INVISIBLE = re.compile(r"<details.*?</details>|<script.*?</script>|<[^>]+>", re.DOTALL)
STOPS = re.compile(r'<a [^>]*href|<button|<summary|<input (?![^>]*type="hidden")|<textarea|<select')


def weight(client: Client, path: str) -> float:
    """kB of a page with its style sheet and script, compressed as a server sends them."""
    parts = [client.get(path).content]
    parts += [(settings.STATICFILES_DIRS[0] / name).read_bytes() for name in ("infoshare.css", "infoshare.js")]
    return sum(len(gzip.compress(part)) for part in parts) / 1000


def main_part(html: str) -> str:
    return html.split("<main", 1)[1].split("</main>", 1)[0]


def keys_of(main: str) -> int:
    """Skip link, Tab to the first box or button of the form, choose, Tab on to the button, Enter."""
    before, _, form = main.partition("<form")
    options = len(re.findall(r'type="(?:radio|checkbox)"', form))
    return 2 + len(STOPS.findall(before)) + max(options // 2, 1) + 3


def walk(client: Client) -> tuple[list[int], list[int], int, int, int]:
    """(queries to show, queries to save, words, keys, questions) of one case."""
    from decisions import editions

    shown: list[int] = []
    sent: list[int] = []
    words = keys = 0
    draft = start(client)
    while question_id := next_question(client, draft):
        with CaptureQueriesContext(connection) as queries:
            main = main_part(client.get(url(draft, question_id)).content.decode())
        shown.append(len(queries))
        words += len(INVISIBLE.sub(" ", main).split())
        keys += keys_of(main)
        question = editions.get(editions.names()[-1]).question(question_id)
        with CaptureQueriesContext(connection) as queries:
            answer(client, draft, question_id, answer_for(question, SHARE))
        sent.append(len(queries) - shown[-1])  # `answer` reads the page once more
    for page in ("recommendation", "decision"):
        main = main_part(client.get(url(draft, page)).content.decode())
        words += len(INVISIBLE.sub(" ", main).split())
        keys += keys_of(main)
    return shown, sent, words, keys, len(shown)


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
    shown, sent, words, keys, questions = walk(client)
    _, done = answered(people.alice)
    step, bare = url(done, MIDDLE), f"/bare/{done.pk}/"
    posted = {"answer": Draft.objects.get(pk=done.pk).answers[MIDDLE], "seen": seen(client, done, MIDDLE)}
    minutes = (words / READING + (keys + 6 * REASONS) * KEY) / 60
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
        at_most(f"a case by keyboard: {questions} questions, {words} words, {keys} keys", minutes, "minutes", 4),
    ]


def main() -> None:
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ROOT_URLCONF = "tests.benchmarks.bare"
    setup_test_environment()
    made = setup_databases(0, interactive=False, aliases={"default": None, "owner": None}, serialized_aliases=set())
    try:
        publish("guide", measure())
    finally:
        connections.close_all()
        teardown_databases(made, 0)


if __name__ == "__main__":
    main()
