"""How long an IG lead waits for one record among all, by each way of three clicks: test_three_clicks.py says which."""

import random
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

from django.test import Client

from decisions import selectors
from decisions.models import DecisionRecord, Partner
from infoshare.accounts.models import Membership
from infoshare.days import london_date
from tests.benchmarks.report import Figure, at_most
from tests.people import signed_in

TIMES = 10
Way = Callable[[Client, DecisionRecord], bytes]  # the page on which the record's link stands


def figures(lead: Membership, size: int) -> list[Figure]:
    wanted = list(_some(lead, size))
    among = f"one record among {size:,}, three pages"
    client = signed_in(lead)
    return [
        at_most(f"{among}, by its case", _seconds(client, wanted, by_case), "s", 1),
        at_most(f"{among}, by author, recipient and day", _seconds(client, wanted, by_filters), "s", 1),
        at_most(f"{among}, by decision, recipient and day", _seconds(client, wanted, by_outcome), "s", 1),
        at_most(f"{among}, by its words in an author's up to then", _seconds(client, wanted, by_words), "s", 5),
        at_most(f"{among}, by its words, the log's newest", _seconds(client, wanted[:1], by_words_alone), "s", 5),
    ]


def _some(lead: Membership, size: int) -> Iterator[DecisionRecord]:
    """Of those that went to somebody in the directory, whom the filter names: the newest, and some anywhere."""
    records = selectors.records_for(lead).select_related("document__key").order_by("-recorded_at", "-reference")
    listed = Partner.objects.within(lead.organisation).values("name")
    gone = records.filter(recipients__name__in=listed)
    for place in (0, *(random.randrange(size // 4) for _ in range(TIMES - 1))):
        yield records.filter(pk=gone[place].pk).get()


def _seconds(client: Client, wanted: list[DecisionRecord], way: Way) -> float:
    """From the log to the record, the median."""
    taken = []
    for record in wanted:
        begun = perf_counter()
        client.get("/log/")
        found = way(client, record)
        page = client.get(f"/log/{record.reference}/")
        taken.append(perf_counter() - begun)
        assert page.status_code == 200
        assert f"/log/{record.reference}/".encode() in found
    return median(taken)


def by_case(client: Client, record: DecisionRecord) -> bytes:
    return client.post("/log/case/", {"case_reference": record.brief["case_reference"]}, follow=True).content


def by_filters(client: Client, record: DecisionRecord) -> bytes:
    return client.get("/log/", {"author": str(record.author_id), **_recipient(record), **_day(record)}).content


def by_outcome(client: Client, record: DecisionRecord) -> bytes:
    return client.get("/log/", {"decided": record.decided, **_recipient(record), **_day(record)}).content


def by_words(client: Client, record: DecisionRecord) -> bytes:
    return _search(client, record, urlencode({"author": record.author_id, **_days(record, "until")}))


def by_words_alone(client: Client, record: DecisionRecord) -> bytes:
    return _search(client, record, "")


def _search(client: Client, record: DecisionRecord, query: str) -> bytes:
    return client.post("/log/search/", {"text": record.brief["case_reference"], "query": query}).content


def _recipient(record: DecisionRecord) -> dict[str, str]:
    first = record.recipients.first()
    return {"recipient": first.name} if first else {}


def _day(record: DecisionRecord) -> dict[str, str]:
    return {**_days(record, "since"), **_days(record, "until")}


def _days(record: DecisionRecord, name: str) -> dict[str, str]:
    day = london_date(record.recorded_at)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
