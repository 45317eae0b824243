"""An IG lead finds one record among the organisation's in three clicks, whichever way, from any page with the menu."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership
from infoshare.days import london_date
from tests.govuk.page import Page
from tests.people import signed_in

from .test_log import write
from .walking import recorded

pytestmark = pytest.mark.django_db


class Browser:
    """Clicks what is on the page, and counts."""

    def __init__(self, person: Membership) -> None:
        self.client: Client = signed_in(person)
        self.clicks = -1  # the first page is where they were
        self.go("/")

    def go(self, address: str, sent: Mapping[str, Any] | None = None) -> None:
        self.clicks += 1
        response = (
            self.client.get(address, follow=True) if sent is None else self.client.post(address, sent, follow=True)
        )
        assert response.status_code == 200, (address, response.status_code)
        self.address, self.page = response.request["PATH_INFO"], Page(response.content.decode())

    def link(self, address: str) -> None:
        self.go(self.page.find("a", href=address)[0].attributes["href"])

    def form(self, action: str, **typed: str) -> None:
        form = self.page.one("form", action=action)
        names = {each.attributes["name"] for each in self.page.elements if "name" in each.attributes}
        assert set(typed) <= names
        self.go(action, typed) if form.attributes["method"] == "post" else self.go(f"{action}?{_query(typed)}")


def _query(typed: Mapping[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in typed.items())


@pytest.fixture
def wanted(alice: Membership, bob: Membership) -> DecisionRecord:
    """One of many."""
    for minute in range(30):
        write(bob, minute)
    return recorded(alice)


@pytest.fixture
def browser(irene: Membership, wanted: DecisionRecord) -> Browser:
    return Browser(irene)


def test_by_the_case_reference(browser: Browser, wanted: DecisionRecord) -> None:
    browser.link("/log/")
    browser.form("/log/case/", case_reference="4471")
    browser.link(f"/log/{wanted.reference}/")
    assert (browser.address, browser.clicks) == (f"/log/{wanted.reference}/", 3)


def test_by_our_reference(browser: Browser, wanted: DecisionRecord) -> None:
    browser.link("/log/")
    browser.form("/log/case/", case_reference=wanted.reference)
    assert (browser.address, browser.clicks) == (f"/log/{wanted.reference}/", 2)


def test_by_filters(browser: Browser, wanted: DecisionRecord) -> None:
    browser.link("/log/")
    day = london_date(wanted.recorded_at)
    since = {"since_day": str(day.day), "since_month": str(day.month), "since_year": str(day.year)}
    browser.form("/log/", author=str(wanted.author_id), recipient_kind="social_care", **since)
    browser.link(f"/log/{wanted.reference}/")
    assert browser.clicks == 3


def test_by_what_was_written(browser: Browser, wanted: DecisionRecord) -> None:
    browser.link("/log/")
    browser.form("/log/search/", text="hungry and bruised", query="")
    browser.link(f"/log/{wanted.reference}/")
    assert browser.clicks == 3


def test_what_was_written_is_looked_for_among_the_filtered(browser: Browser, wanted: DecisionRecord) -> None:
    browser.go(f"/log/?author={wanted.author_id}")
    (query,) = {each.attributes["value"] for each in browser.page.find("input", type="hidden", name="query")}
    browser.form("/log/search/", text="hungry and bruised", query=query)
    assert "Searched 1 of 1 record." in browser.page.one("main").text
