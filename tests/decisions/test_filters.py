"""The log's filters, its chips and counts, and the views people keep."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from decisions import editions, facets, services
from decisions.log import counting, paging
from decisions.models import Amendment, Partner, RecordRecipient, SavedView
from decisions.outcomes import Outcome
from decisions.services.sealing import sealed
from infoshare.accounts.models import Membership
from tests.decisions.test_log import listed, write
from tests.people import signed_in

from .walking import REFUSE, recorded

pytestmark = pytest.mark.django_db


def page(person: Membership, query: str = "") -> str:
    return html.unescape(signed_in(person).get(f"/log/{query}").content.decode())


def chips(person: Membership, query: str) -> dict[str, str]:
    """Words of each filter in use → the address without it."""
    found = re.findall(
        r'<a class="app-chip" href="([^"]*)"><span[^>]*>Take away </span>([^<]*)</a>', page(person, query)
    )
    return {words: url for url, words in found}


def test_the_plain_columns_say_what_the_guide_concluded(alice: Membership) -> None:
    record = recorded(alice)
    said = record.document.content["recommendation"]["explanation"]["decisions"]
    assert record.lawful_basis == said["article_6"]["value"] != ""
    assert record.agreement == said["agreement"]["value"] != ""
    assert record.telling == said["tell"]["value"] != ""


def test_every_value_of_the_newest_edition_has_words() -> None:
    ruleset = editions.get(editions.names()[-1])
    values = {each.id: {value.id for value in each.values} for each in ruleset.decisions}
    assert values["article_6"] <= set(facets.LawfulBasis.values)
    assert values["agreement"] <= set(facets.Agreement.values)
    assert values["tell"] <= set(facets.Telling.values)
    assert facets.LawfulBasis.LAW_ENFORCEMENT in values["route"]


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("?basis=public_task", {"lawful_basis": "public_task"}),
        ("?agreement=refused", {"agreement": "refused"}),
        ("?telling=not_yet", {"telling": "not_yet"}),
        ("?recommended=anonymise", {"recommended": "anonymise"}),
        ("?departures=on", {"recommended": "share_limited"}),
        ("?emergency=on", {"route": "emergency", "reasons_due_at": timezone.now() + timedelta(hours=1)}),
        ("?overdue=on", {"reasons_due_at": timezone.now() - timedelta(hours=1)}),
        ("?edition=2018-07", {"edition": "2018-07"}),
    ],
)
def test_each_filter_finds_only_its_own(
    query: str, columns: dict[str, Any], alice: Membership, irene: Membership
) -> None:
    write(alice, 3)
    fits = write(alice, 2, **columns)
    assert listed(irene, query) == [fits.reference]


def test_a_team_is_a_filter(alice: Membership, irene: Membership) -> None:
    write(alice, 2)
    hers = recorded(alice)  # write() sets no team
    assert listed(irene, f"?team={alice.team_id}") == [hers.reference]


def test_completed_reasons_are_not_overdue(alice: Membership, irene: Membership) -> None:
    late = write(alice, 2, reasons_due_at=timezone.now() - timedelta(hours=1))
    reasons = Amendment(
        record=late, organisation=late.organisation, author=alice.user, completes_reasons=True, idempotency_key=uuid4()
    )
    sealed(reasons, {"kind": "reasons", "text": "Why"})
    assert listed(irene, "?overdue=on") == []


def test_each_chip_takes_one_filter_away(alice: Membership, irene: Membership) -> None:
    write(alice, 1)
    found = chips(irene, "?decided=do_not_share&since_day=1&since_month=2&since_year=2026&author=")
    assert found == {
        "Decision: Do not share it": "/log/?since_day=1&since_month=2&since_year=2026",
        "Recorded from 1 February 2026": "/log/?decided=do_not_share",
    }
    assert chips(irene, "?decided=do_not_share") == {"Decision: Do not share it": "/log/?"}


def test_a_list_counts_up_to_a_thousand(alice: Membership, irene: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in range(3):
        write(alice, minute)
    assert "3 records, newest first" in page(irene)
    monkeypatch.setattr(counting, "MOST", 2)
    monkeypatch.setattr(paging, "PAGE", 2)
    assert "2+ records, newest first" in page(irene)


def test_a_page_costs_no_more_queries_for_more_records(
    alice: Membership, irene: Membership, django_assert_max_num_queries: Any
) -> None:
    for minute in range(20):
        write(alice, minute)
    client = signed_in(irene)
    with django_assert_max_num_queries(14):
        client.get("/log/")


def test_a_view_is_kept_for_its_person(alice: Membership, irene: Membership, oscar: Membership) -> None:
    write(alice, 1)
    data = {"name": "Refusals", "query": "?decided=do_not_share&older=x&nonsense=1"}
    response = signed_in(irene).post("/log/views/save/", data)
    assert response.headers["Location"] == "/log/?decided=do_not_share"
    assert 'href="/log/?decided=do_not_share">Refusals</a>' in page(irene)
    assert "Refusals" not in page(alice)
    signed_in(irene).post("/log/views/save/", {"name": "refusals", "query": "?departures=on"})
    assert SavedView.objects.get().query == "?departures=on"
    view = SavedView.objects.get()
    signed_in(oscar).post(f"/log/views/{view.pk}/delete/")
    assert SavedView.objects.exists()
    signed_in(irene).post(f"/log/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_a_view_needs_a_name(irene: Membership) -> None:
    response = signed_in(irene).post("/log/views/save/", {"name": "", "query": "?departures=on"})
    assert "Enter a name for this view" in response.content.decode()
    assert not SavedView.objects.exists()


def test_a_team_reads_its_records_where_the_organisation_says_so(
    alice: Membership, bob: Membership, irene: Membership, olga: Membership
) -> None:
    record = recorded(alice, REFUSE)
    assert listed(bob) == []
    assert '<h1 class="govuk-heading-l">My records</h1>' in page(bob)
    services.set_log(by=irene, team_reads=True, sample_percent=10)
    assert listed(bob) == [record.reference]
    assert '<h1 class="govuk-heading-l">My team’s records</h1>' in page(bob)
    assert listed(olga) == []
    bob.team = None
    bob.save()
    assert listed(bob) == []


def test_a_recipient_and_its_kind_are_filters(alice: Membership, irene: Membership, oscar: Membership) -> None:
    where = {"organisation": alice.organisation, "kind": "police", "name": "Marsh Police"}
    Partner.objects.create(**where, role="Desk", channel="telephone", address="01632 960 011")
    fits = write(alice, 2, Outcome.SHARE_LIMITED)
    write(alice, 1)
    RecordRecipient.objects.create(record=fits, **where)
    assert listed(irene, "?recipient=Marsh+Police") == [fits.reference]
    assert listed(irene, "?recipient_kind=police&decided=share_limited") == [fits.reference]
    assert listed(irene, "?recipient_kind=health") == []
    assert "There is a problem" in page(oscar, "?recipient=Marsh+Police")  # not in their directory
