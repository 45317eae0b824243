"""Weight of the first guide page, and the queries of each step: `make bench NAME=pages`.

Runs on a scratch database made for it and dropped afterwards.
"""

import gzip
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

from django.conf import settings  # noqa: E402  # after setup
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from tests.benchmarks.report import Figure, at_most, publish  # noqa: E402
from tests.decisions.walking import SHARE, answer, answer_for, next_question, start, url  # noqa: E402
from tests.people import make_people, signed_in  # noqa: E402

WEIGHT_AIM, QUERIES_AIM = 60, 8


def weight(client: Client, path: str) -> float:
    """kB of a page with its style sheet and script, compressed as a server sends them."""
    parts = [client.get(path).content]
    parts += [(settings.STATICFILES_DIRS[0] / name).read_bytes() for name in ("infoshare.css", "infoshare.js")]
    return sum(len(gzip.compress(part)) for part in parts) / 1000


def measure() -> list[Figure]:
    from decisions import editions

    client = signed_in(make_people().alice)
    draft = start(client)
    first = next_question(client, draft)
    figures = [at_most("first guide page, compressed", weight(client, url(draft, first or "")), "kB", WEIGHT_AIM)]
    shown, sent = [], []
    while question_id := next_question(client, draft):
        with CaptureQueriesContext(connection) as queries:
            client.get(url(draft, question_id))
        shown.append(len(queries))
        question = editions.get(editions.names()[-1]).question(question_id)
        with CaptureQueriesContext(connection) as queries:
            answer(client, draft, question_id, answer_for(question, SHARE))
        sent.append(len(queries) - shown[-1])  # `answer` reads the page once more
    figures.append(at_most("queries to show a step, the most", max(shown), "queries", QUERIES_AIM))
    figures.append(at_most("queries to save a step, the most", max(sent), "queries", QUERIES_AIM))
    return figures


def main() -> None:
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    setup_test_environment()
    made = setup_databases(0, interactive=False, aliases={"default": None, "owner": None}, serialized_aliases=set())
    try:
        publish("pages", measure())
    finally:
        connections.close_all()
        teardown_databases(made, 0)


if __name__ == "__main__":
    main()
