"""An answer is changed: what goes is shown first, nothing is lost, and the draft remembers."""

import pytest

from decisions.guide import drafts
from decisions.models import Draft
from infoshare.accounts.models import Membership
from tests.people import signed_in

from .walking import answered, ready, seen, start, url

pytestmark = pytest.mark.django_db
SELF = {"answer": "self"}


def test_what_no_longer_applies_is_shown_before_it_goes(alice: Membership) -> None:
    client, draft = answered(alice)
    before = Draft.objects.get(pk=draft.pk).answers
    page = client.post(url(draft, "recipient"), {**SELF, "seen": seen(client, draft, "recipient")}).content.decode()
    assert "no longer appl" in page
    assert Draft.objects.get(pk=draft.pk).answers == before
    client.post(url(draft, "recipient"), {**SELF, "seen": seen(client, draft, "recipient"), "confirmed": "yes"})
    draft.refresh_from_db()
    assert draft.answers["recipient"] == "self"
    gone = set(before) - set(draft.answers)
    assert gone
    assert {e["question"] for e in draft.details["history"] if e["why"] == drafts.NOT_ASKED} == gone
    assert [e["question"] for e in draft.details["history"] if e["why"] == drafts.CHANGED] == ["recipient"]


def test_the_history_shows_the_earlier_answer(alice: Membership) -> None:
    client, draft = answered(alice)
    client.post(url(draft, "recipient"), {**SELF, "seen": seen(client, draft, "recipient"), "confirmed": "yes"})
    page = client.get(url(draft, "history")).content.decode()
    assert "Changed" in page
    assert "No longer applied" in page
    assert "social care" in page


def test_an_answer_that_changes_nothing_else_is_saved_at_once(alice: Membership) -> None:
    client, draft = answered(alice)
    saved = Draft.objects.get(pk=draft.pk).answers["recipient"]
    response = client.post(url(draft, "recipient"), {"answer": saved, "seen": seen(client, draft, "recipient")})
    assert response.status_code == 302
    assert "history" not in Draft.objects.get(pk=draft.pk).details


def test_the_overview_says_what_is_done_and_what_is_next(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    page = client.get(url(draft, "overview")).content.decode()
    assert page.count("govuk-tag--blue") == 1  # the next question
    assert "Cannot start yet" in page
    client, draft = ready(alice)
    page = client.get(url(draft, "overview")).content.decode()
    assert "Next" not in page
    assert url(draft, "record") in page


class TestTyped:
    """Text is kept while it is typed, until its page is saved."""

    def test_it_is_there_on_another_device(self, alice: Membership) -> None:
        client, draft = answered(alice)
        typed = {
            "page": url(draft, "recommendation"),
            "seen": seen(client, draft, "recommendation"),
            "reasons": "Half a sent",
        }
        assert client.post(url(draft, "typed"), typed).json()["saved"].startswith("Saved at ")
        page = signed_in(alice).get(url(draft, "recommendation")).content.decode()
        assert "Half a sent" in page
        assert "There is a problem" not in page  # nobody has said that they are finished

    def test_what_was_saved_since_wins(self, alice: Membership) -> None:
        client, draft = answered(alice)
        typed = {
            "page": url(draft, "recommendation"),
            "seen": seen(client, draft, "recommendation"),
            "reasons": "Half a sent",
        }
        decision = {"choice": "follow", "reasons": "A whole sentence.", "seen": typed["seen"]}
        client.post(url(draft, "recommendation"), decision)
        client.post(url(draft, "typed"), typed)  # was on its way while the page was saved
        page = client.get(url(draft, "recommendation")).content.decode()
        assert "Half a sent" not in page
        assert "A whole sentence." in page

    def test_too_much_is_refused_and_nothing_of_it_kept(self, alice: Membership) -> None:
        client, draft = answered(alice)
        typed = {"page": url(draft, "recommendation"), "seen": "", "reasons": "x" * 60_001}
        assert client.post(url(draft, "typed"), typed).status_code == 400
        assert "typed" not in Draft.objects.get(pk=draft.pk).details

    def test_two_tabs_do_not_lose_each_other(self, alice: Membership) -> None:
        _, draft = answered(alice)
        stale = Draft.objects.get(pk=draft.pk)
        drafts.save_typed(draft, "decision", {"reasons": ["In the first"]}, seen="")
        drafts.save_typed(stale, "remarks", {"answer": ["In the second"]}, seen="")
        assert set(Draft.objects.get(pk=draft.pk).details["typed"]) == {"decision", "remarks"}
