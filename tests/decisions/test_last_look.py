"""The last look: what matters in sight, nothing of the record left out, and a way back from each part of it."""

import pytest
from django.test import Client

from infoshare.accounts.models import Membership
from tests.govuk.page import Page

from .walking import CASES, FOLLOW, ITEMS, SHARE, answered, decide, follow_on, give, ready, table_data, url, what

pytestmark = pytest.mark.django_db
OTHERWISE = {
    "choice": "otherwise",
    "decided": "share_limited",
    "departure_reason": "Less will do",
    "reasons": FOLLOW["reasons"],
}


def in_sight(client: Client, address: str) -> str:
    """The page's text but for what is folded."""
    page = Page(client.get(address).content.decode())
    text = page.one("main").text
    for fold in page.find("div", class_="govuk-details__text"):
        text = text.replace(fold.text, "")
    return text


def test_what_was_suggested_stands_there_only_where_it_was_not_followed(alice: Membership) -> None:
    client, draft = ready(alice)
    assert "The guide suggested" not in in_sight(client, url(draft, "record"))
    decide(client, draft, OTHERWISE)
    cell = next(name for name in table_data(client, draft) if name.startswith("cell"))
    give(client, draft, **{cell: "withhold"})
    page = in_sight(client, url(draft, "record"))
    for words in ("The guide suggested", "Less will do", f"Stays here {ITEMS[0]}", f"Goes {ITEMS[1]}"):
        assert words in page


def test_the_exact_address_and_what_is_taken_out_are_in_sight_and_the_rest_is_folded(alice: Membership) -> None:
    client, draft = answered(alice, SHARE)
    decide(client, draft)
    what(client, draft, *ITEMS)
    cell = next(name for name in table_data(client, draft) if name.startswith("cell"))
    give(client, draft, **{cell: "redact", f"without-{cell.split('-')[1]}": "the cousins’ names"})
    follow_on(client, draft)
    page = in_sight(client, url(draft, "record"))
    assert f"Goes in part {ITEMS[0]} (taken out: the cousins’ names)" in page
    assert "Front door inbox (A shared case system or portal)" in page
    folded = client.get(url(draft, "record")).content.decode()
    for words in ("His mother may be angry with him.", "Rang a number I found myself", "A child under 13"):
        assert words not in page
        assert words in folded


@pytest.mark.parametrize(
    ("case_id", "before"), [("REV-01", "telling"), ("MDDUS-04", "refusal"), ("GMC-07", "recommendation")]
)
def test_back_leads_to_the_page_before(alice: Membership, case_id: str, before: str) -> None:
    client, draft = ready(alice, CASES[case_id])
    page = Page(client.get(url(draft, "record")).content.decode())
    assert page.one("a", class_="govuk-back-link").attributes["href"] == url(draft, before)
