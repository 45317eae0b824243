"""What reading the log costs: pages, one case among many, text, files, papers. Called by log.py, with its database.

SIZE=1000000 measures a large organisation (default 100,000) against one of 10,000 in the same run. Each record is one
that really came through the guide, about 40 kB long and 12 sealed, with another author, recipient and case.
"""

import os
import random
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection, connections
from django.http import QueryDict
from django.utils import timezone

from decisions import selectors, tokens
from decisions.log import counting, exports, paging, paper, rows, searching
from evidence import files as evidence
from evidence.packs import Pack
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from infoshare.days import london_date
from infoshare.ledger.models import Checkpoint
from tests.benchmarks import originals, ways
from tests.benchmarks.filling import fill
from tests.benchmarks.memory import growth
from tests.benchmarks.report import Figure, at_most
from tests.decisions.directory import listed
from tests.decisions.walking import recorded
from tests.people import People, add, make_people, signed_in

SIZE, SMALL = int(os.environ.get("SIZE", "100000")), 10_000
ROUNDS = 60
AUTHORS = 200  # in the large organisation, and a tenth of it in the small one
PLACES = ("Eastmarsh", "Westmarsh", "Ashdale", "Birchdale", "Oakdale", "Elmdale", "Larkfield", "Thornby")
PARTNERS = [
    f"{place} {what}" for place in PLACES for what in ("Children’s Services", "Hospital Trust", "Police", "Hub")
]
BARE = """
SELECT r.*, d.*, k.* FROM decisions_decisionrecord r
JOIN ledger_sealeddocument d ON d.id = r.document_id JOIN ledger_datakey k ON k.document_id = d.id
WHERE r.organisation_id = %s AND (r.recorded_at, r.reference) < (%s, %s)
ORDER BY r.recorded_at DESC, r.reference DESC LIMIT 26
"""


def p95(*deeds: Callable[[], Any], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each; by turns, so that whatever else the machine does falls on all of them."""
    times: list[list[float]] = [[] for _ in deeds]
    for _ in range(rounds):
        for deed, taken in zip(deeds, times, strict=True):
            begun = perf_counter()
            deed()
            taken.append((perf_counter() - begun) * 1000)
    return [quantiles(taken, n=20)[-1] for taken in times]


def figures() -> list[Figure]:
    people = make_people()
    prepare(people)
    measured = [*pages(people.oscar, people.irene), *finding(people.irene), *files(people.irene, people.alice)]
    return [*measured, *ways.figures(people.irene, SIZE)]


def prepare(people: People) -> None:
    """Two organisations of different size, each with people and partners enough for long lists in its filters."""
    made = originals.whole(people.olga)
    for lead, size, authors in ((people.oscar, SMALL, AUTHORS // 10), (people.irene, SIZE, AUTHORS)):
        for name in PARTNERS:
            listed(lead, name=name)
        writers = [add(f"pat{lead.pk}-{n}", lead.organisation, Role.PRACTITIONER) for n in range(authors)]
        fill(writers, size, made, PARTNERS)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum soon does, and not while we measure


def pages(small: Membership, large: Membership) -> list[Figure]:
    found = []
    for words, query in (("log page", ""), ("log page, departures", "?departures=on"), ("review queue", "reviews")):
        url = "/reviews/" if query == "reviews" else f"/log/{query}"
        few, many = p95(partial(signed_in(small).get, url), partial(signed_in(large).get, url))
        found.append(at_most(f"{words} p95, {SIZE:,} records against {SMALL:,}", many / few, "times", 1.5))
    edges = _edges(large)
    bare, ours, told = p95(*(partial(_anywhere, edges, deed, large) for deed in (_bare, _page, _told)), rounds=200)
    return [
        *found,
        at_most("a page's records p95, against bare SQL, anywhere in the log", ours / bare, "times", 3),
        at_most("the same, each opened and told in a sentence", told / bare, "times", 3),
    ]


def _anywhere(edges: list[str], deed: Callable[[Membership, str], object], lead: Membership) -> None:
    deed(lead, random.choice(edges))


def _edges(lead: Membership) -> list[str]:
    """Places all over the log."""
    records = selectors.records_for(lead).order_by("-recorded_at", "-reference")
    return [paging.edge(records[place]) for place in range(0, SIZE, max(SIZE // 40, 1))]


def _page(lead: Membership, edge: str) -> paging.Page:
    records = selectors.records_for(lead).select_related("document__key")
    return paging.page(records, QueryDict(f"older={edge}".replace("+", "%2B")))


def _told(lead: Membership, edge: str) -> None:
    rows.lines(_page(lead, edge).records)


def _bare(lead: Membership, edge: str) -> None:
    moment, _, reference = edge.partition("~")
    with connection.cursor() as cursor:
        cursor.execute(BARE, [lead.organisation_id, moment, reference])
        cursor.fetchall()


CASE = """
SELECT r.reference FROM decisions_searchtoken t JOIN decisions_decisionrecord r ON r.reference = t.record_id
WHERE t.organisation_id = %s AND t.field = 'case_reference' AND t.token = %s
"""


def finding(lead: Membership) -> list[Figure]:
    def wanted() -> bytes:
        case = f"CASE-{random.randrange(SIZE)}"
        return tokens.token(lead.organisation, tokens.Field.CASE_REFERENCE, case)

    def in_sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute(CASE, [lead.organisation_id, wanted()])
            assert len(cursor.fetchall()) == 1

    def ours() -> None:
        found = tokens.records_with(lead.organisation, tokens.Field.CASE_REFERENCE, wanted())
        assert len(selectors.records_for(lead).filter(pk__in=found)) == 1

    client = signed_in(lead)
    sql, query, page = p95(in_sql, ours, lambda: client.get(f"/log/?case={wanted().hex()}"), rounds=200)
    begun = perf_counter()
    found = searching.scan(selectors.records_for(lead), "no such words")
    rate = found.searched / (perf_counter() - begun)
    (counted,) = p95(lambda: counting.capped(selectors.records_for(lead)))
    return [
        at_most(f"one case among {SIZE:,} in SQL, p95", sql, "ms", 5),
        at_most("the same with who may see it, p95", query, "ms", 5),
        at_most("the same as a page, p95", page, "ms", 100),
        at_most("records looked through for a word, seconds for 20,000", searching.BOUND / rate, "s", 5),
        at_most("count up to 1,000+, p95", counted, "ms", 5),
    ]


def _pack(lead: Membership) -> Iterable[bytes]:
    """As the page would make it: everything, without the text of any record. Nothing is signed in this log."""
    now, records, unsigned = timezone.now(), _newest(lead), Checkpoint(size=0, note="", signer="")
    since, until = date(2000, 1, 1), london_date(now)
    return evidence.streamed(Pack(lead, now, since, until, records, records.count(), unsigned))


def files(lead: Membership, author: Membership) -> list[Figure]:
    kinds: dict[str, Callable[[], Iterable[Any]]] = {
        "CSV": lambda: exports.as_csv(_newest(lead)),
        "JSON": lambda: exports.as_json(_newest(lead)),
        "Excel": lambda: exports.as_xlsx(_newest(lead)),
        "an evidence pack": lambda: _pack(lead),
    }
    count = min(SIZE, 100_000)
    found = [
        at_most(f"memory over idle, {count:,} records as {kind}", growth(make), "MB", 60)
        for kind, make in kinds.items()
    ]
    record = recorded(author)  # one that really came through the guide
    paper.pdf(record)
    times = []
    for _ in range(10):
        begun = perf_counter()
        paper.pdf(record)
        times.append(perf_counter() - begun)
    return [*found, at_most("one record as a PDF", median(times), "s", 0.5)]


def _newest(lead: Membership) -> Any:
    """A hundred thousand at most: what the figure promises."""
    records = selectors.records_for(lead).order_by("-recorded_at", "-reference")
    if SIZE <= 100_000:
        return records
    oldest = records[100_000]
    return records.filter(recorded_at__gt=oldest.recorded_at)
