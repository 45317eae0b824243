"""What each published case takes from start to receipt, page by page through the real views: `make bench NAME=cases`.

Counts every page that a person sees, the start and the receipt too, and on each question's page the words that are
neither options nor folded away. The organisation has the demo's directory. Runs on a scratch database made for it and
dropped afterwards.
"""

import logging
import os
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.conf import settings  # noqa: E402  # after setup
from django.db import connections  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from decisions import cases, demo  # noqa: E402
from tests.benchmarks.report import Figure, at_most, publish  # noqa: E402
from tests.decisions.whole_way import Seen, WholeWay  # noqa: E402
from tests.people import make_people  # noqa: E402


def measure() -> list[Figure]:
    people, ways = make_people(), {}
    demo.list_partners(people.irene)
    for case in cases.published():
        ways[case.id] = WholeWay(people.alice, case).go()
        print(f"{case.id:10} {len(ways[case.id]):3}  {' '.join(page.name for page in ways[case.id])}")  # noqa: T201
    counts = sorted((len(way), name) for name, way in ways.items())
    questions = [page for way in ways.values() for page in way if page.question]
    wordy = max(questions, key=words)
    return [
        at_most("pages from start to receipt, median of the cases", median(n for n, _ in counts), "pages", 20),
        at_most(f"pages from start to receipt, the most ({counts[-1][1]})", counts[-1][0], "pages", 32),
        at_most(f"words of a question besides options, the most ({wordy.name})", wordy.words, "words", 60),
        at_most("questions asked, median of the cases", median(map(asked, ways.values())), "questions", 14),
    ]


def words(page: Seen) -> int:
    return page.words


def asked(way: list[Seen]) -> int:
    return sum(page.question for page in way)


def main() -> None:
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    setup_test_environment()
    logging.disable(logging.INFO)  # one line for each request
    made = setup_databases(0, interactive=False, aliases={"default": None, "owner": None}, serialized_aliases=set())
    try:
        publish("cases", measure())
    finally:
        connections.close_all()
        teardown_databases(made, 0)


if __name__ == "__main__":
    main()
