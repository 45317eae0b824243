"""My work and the desk: what waits comes first, numbers open what they count, and emptiness teaches."""

import pytest

from infoshare.accounts.models import Membership
from tests.people import signed_in

from .following import emergency
from .walking import answered, recorded, start

pytestmark = pytest.mark.django_db


def test_an_empty_desk_says_what_will_stand_there(alice: Membership, irene: Membership) -> None:
    work = signed_in(alice).get("/").content.decode()
    for words in ("You have no unfinished drafts", "Nothing is due", "You have recorded nothing yet"):
        assert words in work
    desk = signed_in(irene).get("/desk/").content.decode()
    for words in ("Nobody waits for advice", "No clock is running", "Nothing is recorded yet"):
        assert words in desk


def test_what_presses_comes_first(alice: Membership) -> None:
    emergency(alice)
    answered(alice)
    start(signed_in(alice))
    recorded(alice)
    page = signed_in(alice).get("/").content.decode()
    order = ("Clocks running", "My drafts", "Ready to decide", "My tasks", "Check that it arrived", "All my tasks (")
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "In progress" in page
    assert "All my records (2)" in page


def test_my_work_is_mine(alice: Membership, bob: Membership) -> None:
    emergency(alice)
    answered(alice)
    page = signed_in(bob).get("/").content.decode()
    assert "Clocks running" not in page
    assert "You have no unfinished drafts" in page


def test_the_leads_desk_shows_everybodys_clock_in_the_organisation(
    alice: Membership, irene: Membership, oscar: Membership
) -> None:
    emergency(alice)
    assert "Alice Example. Due by" in signed_in(irene).get("/desk/").content.decode()
    assert "No clock is running" in signed_in(oscar).get("/desk/").content.decode()
    assert "Alice Example" in signed_in(irene).get("/tasks/").content.decode()
