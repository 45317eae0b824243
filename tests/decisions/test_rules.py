"""The rule sets as IG leads read them."""

import pytest

from decisions import editions
from decisions.guide.law import CONFIRMED, STATUS_WORDS
from infoshare.accounts.models import Membership
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def test_every_edition_is_listed_and_one_is_todays(irene: Membership) -> None:
    page = signed_in(irene).get("/rules/").content.decode()
    assert all(f'href="/rules/{name}/"' in page for name in editions.names())
    assert page.count(">Yes<") == 1


def test_an_edition_shows_its_proof_and_its_pages_read(irene: Membership) -> None:
    client = signed_in(irene)
    page = client.get("/rules/2026-09/")
    report = page.context["report"]
    assert f"{report.proved} of {len(report.obligations)}" in page.content.decode()
    for _, url in page.context["pages"]:
        assert client.get(url).status_code == 200


def test_what_nobody_confirmed_is_listed_with_how_far_it_was_checked(irene: Membership) -> None:
    client = signed_in(irene)
    page = client.get("/rules/2026-09/")
    doubtful = [source for source in editions.get("2026-09").sources.values() if source.status != CONFIRMED]
    assert [line[0] for line in page.context["unconfirmed"]] == [source.title for source in doubtful]
    assert "It does not show that they are lawful" in page.content.decode()
    codes = client.get("/rules/2026-09/sources/").content.decode()
    assert all(words in codes for words in STATUS_WORDS.values())


def test_what_is_not_there_is_404(irene: Membership) -> None:
    client = signed_in(irene)
    assert client.get("/rules/1999-01/").status_code == 404
    assert client.get("/rules/2026-09/nothing/").status_code == 404
