"""The log: who sees what, filters, pages that never miss or repeat a record, and the record page."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decisions.log import paging
from decisions.models import DecisionRecord, RecordRead
from decisions.outcomes import Outcome
from decisions.references import new_reference
from infoshare.accounts.models import Membership
from infoshare.ledger.services import seal
from tests.people import signed_in

from .walking import REFUSE, recorded

pytestmark = pytest.mark.django_db


def write(
    by: Membership,
    minutes_ago: int,
    decided: str = Outcome.DO_NOT_SHARE,
    recommended: str = "",
    case_reference: str = "",
    **columns: Any,
) -> DecisionRecord:
    """A bare record, for lists."""
    content = {
        "by": {"name": by.user.name},
        "kind": "decision",
        "case_reference": case_reference,
        "sharing": {"items": ["x"], "recipient_organisation": "Y"},
        "emergency": {"recipient": "Police"},
    }
    return DecisionRecord.objects.create(
        reference=new_reference(),
        organisation=by.organisation,
        author=by.user,
        recorded_at=timezone.now() - timedelta(minutes=minutes_ago),
        recommended=recommended or decided,
        decided=decided,
        idempotency_key=uuid4(),
        **{
            "route": "guide",
            "edition": "2026-09",
            "document": seal(kind="decision", organisation=by.organisation, content=content),
            **columns,
        },
    )


def listed(person: Membership, query: str = "") -> list[str]:
    html = signed_in(person).get(f"/log/{query}").content.decode()
    return re.findall(r'href="/log/([A-Z0-9]{5}-[A-Z0-9]{5})/"', html)


def test_the_ig_lead_sees_all_and_a_practitioner_their_own(
    alice: Membership, bob: Membership, irene: Membership
) -> None:
    hers, his = write(alice, 2), write(bob, 1)
    assert listed(irene) == [his.reference, hers.reference]
    assert listed(alice) == [hers.reference]


def test_no_other_organisation_sees_or_opens_a_record(alice: Membership, olga: Membership, oscar: Membership) -> None:
    record = recorded(alice)
    for stranger in (olga, oscar):
        assert listed(stranger) == []
        for page in ("", "recorded/", "add/"):
            assert signed_in(stranger).get(f"/log/{record.reference}/{page}").status_code == 404


def test_a_colleague_cannot_open_it(alice: Membership, bob: Membership) -> None:
    assert signed_in(bob).get(f"/log/{recorded(alice).reference}/").status_code == 404


def test_filters_narrow_together(alice: Membership, bob: Membership, irene: Membership) -> None:
    refused = write(alice, 3)
    departed = write(bob, 2, Outcome.SHARE_LIMITED, Outcome.DO_NOT_SHARE)
    old = write(alice, 60 * 24 * 40, Outcome.SHARE_LIMITED)
    assert listed(irene, "?decided=do_not_share") == [refused.reference]
    assert listed(irene, "?departures=on") == [departed.reference]
    assert listed(irene, f"?author={alice.user_id}&decided=share_limited") == [old.reference]
    day = timezone.localdate() - timedelta(days=30)
    since = f"?since_day={day.day}&since_month={day.month}&since_year={day.year}"
    assert old.reference not in listed(irene, since)
    until = since.replace("since", "until")
    assert listed(irene, until) == [old.reference]


def test_a_wrong_filter_says_so_and_shows_nothing_until_it_is_right(alice: Membership, irene: Membership) -> None:
    record = write(alice, 1)
    html = signed_in(irene).get("/log/?since_day=31&since_month=2&since_year=2026").content.decode()
    assert "There is a problem" in html
    assert record.reference not in html
    assert "No records are shown until the filter is right" in html
    assert "Nothing is recorded yet" not in html


def test_nothing_found_says_how_to_widen(irene: Membership, alice: Membership) -> None:
    write(alice, 1)
    assert "No record fits this filter" in signed_in(irene).get("/log/?decided=anonymise").content.decode()


def test_an_empty_log_says_what_will_stand_there(irene: Membership) -> None:
    assert "Nothing is recorded yet" in signed_in(irene).get("/log/").content.decode()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.lists(st.integers(0, 5), max_size=12), size=st.integers(1, 5))
def test_pages_hold_every_record_once_in_both_directions(
    minutes: list[int], size: int, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", size)
    at = timezone.now()
    with time_machine.travel(at, tick=False):  # so that many share a moment, and the reference decides
        made = [write(alice, minute) for minute in minutes]
    mine = DecisionRecord.objects.filter(pk__in=[record.pk for record in made])
    forwards = walk(mine, "older")
    assert forwards == list(mine.order_by("-recorded_at", "-reference"))
    if forwards:
        assert walk(mine, "newer", start=forwards[-1]) == forwards[:-1][::-1]


def walk(
    records: QuerySet[DecisionRecord], direction: str, start: DecisionRecord | None = None
) -> list[DecisionRecord]:
    query = QueryDict(f"{direction}={paging.edge(start)}".replace("+", "%2B")) if start else QueryDict()
    found: list[DecisionRecord] = []
    while True:
        page = paging.page(records, query)
        found += page.records if direction == "older" else page.records[::-1]
        following = page.older if direction == "older" else page.newer
        if not following:
            return found
        query = QueryDict(following[1:])


@pytest.mark.parametrize("edge", ["nonsense", "2026-01-01T00:00:00~ABC", "~", "2026-01-01T00:00:00+00:00~"])
def test_a_hand_made_edge_shows_the_first_page(alice: Membership, edge: str) -> None:
    record = write(alice, 1)
    assert listed(alice, f"?older={edge}") == [record.reference]


def test_reading_a_record_is_part_of_it(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    signed_in(irene).get(f"/log/{record.reference}/")
    page = signed_in(alice).get(f"/log/{record.reference}/").content.decode()
    assert RecordRead.objects.filter(record=record).count() == 2
    assert irene.user.name in page.split("Who has read it")[1]


def test_the_record_page_reads_as_it_was_decided(alice: Membership, irene: Membership) -> None:
    page = signed_in(irene).get(f"/log/{recorded(alice).reference}/").content.decode()
    for words in (
        "Alice Example decided to share 2 items with Eastmarsh Safeguarding Hub, without needing agreement.",
        "Attendance since September",
        "He is hungry and bruised",
        "Who is it mainly about?",
        "A child under 13",
    ):
        assert words in page


def test_a_refusal_reads_as_one(alice: Membership) -> None:
    page = signed_in(alice).get(f"/log/{recorded(alice, REFUSE).reference}/").content.decode()
    assert "Alice Example decided not to share." in page
    assert "What was shared" not in page


def late(**more: str) -> dict[str, str]:
    """What the form of a later fact sends."""
    day = timezone.localdate()
    known = {"known_on_day": str(day.day), "known_on_month": str(day.month), "known_on_year": str(day.year)}
    return {"key": str(uuid4()), "sort": "late", "text": "The nurse rang", "why": "New to us", **known, **more}


def test_an_ig_lead_may_add_and_the_original_stays(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    data = late(text="Read <b>and</b> agreed")
    page = signed_in(irene).post(f"/log/{record.reference}/add/", data, follow=True).content.decode()
    assert "Read &lt;b&gt;and&lt;/b&gt; agreed" in page
    assert "Irene Example" in page


def test_those_who_manage_do_not_read(alice: Membership, rita: Membership, sam: Membership) -> None:
    record = recorded(alice)
    for person in (rita, sam):
        assert signed_in(person).get("/log/").status_code == 403
        assert signed_in(person).get(f"/log/{record.reference}/").status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "older=2026-01-01T00:00:00%2B00:00~%00",
        "newer=2026-01-01T00:00:00%2B00:00~%00",
        "older=0001-01-01T00:00:00%2B23:59~A",
        "newer=9999-12-31T23:59:59-23:59~A",
        "case=zz&author=x&team=-1&edition=%00",
        "recipient=%00",
        "author=99999999999999999999",
        "since_day=31&since_month=2&since_year=99999",
        "since_day=1&since_month=1&since_year=0001",
        "until_day=31&until_month=12&until_year=9999",
        "%00=1&older=&older=x",
    ],
)
def test_no_hand_made_address_breaks_the_list(irene: Membership, query: str) -> None:
    client = signed_in(irene)
    assert client.get(f"/log/?{query}").status_code == 200
    assert client.get("/log/export/", {"query": query}).status_code == 200
    assert client.post("/log/search/", {"query": query, "text": "words", "after": "x~\x00"}).status_code == 200
