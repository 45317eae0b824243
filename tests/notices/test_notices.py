"""Notices: given once, seen by their person alone, and e-mailed without a word about any case."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from infoshare.accounts.models import Membership
from infoshare.notices import services
from infoshare.notices.models import MailWish, Notice
from infoshare.outbox.models import Letter
from infoshare.outbox.relay import relay
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def tell(person: Membership, key: str = "one", **more: bool) -> None:
    about = {"kind": "emergency", "words": "Reasons are due.", "url": "/log/SECRET/"}
    services.notify(person=person.user, organisation=person.organisation, key=key, **about, **more)  # type: ignore[arg-type]


def test_it_is_given_and_mailed_once_per_key(alice: Membership) -> None:
    tell(alice)
    tell(alice)
    assert Notice.objects.count() == Letter.objects.count() == 1


def test_the_e_mail_counts_and_says_nothing_of_a_case(alice: Membership) -> None:
    tell(alice)
    tell(alice, "two")
    relay()
    [message] = mail.outbox
    assert message.subject == "infoshare: 2 notices"
    text = str(message.body)
    assert "Emergencies: 2" in text
    assert "/notices/" in text
    assert "SECRET" not in text
    assert "Reasons" not in text


def test_no_e_mail_about_what_was_read_meanwhile(alice: Membership) -> None:
    tell(alice)
    services.read(notice=Notice.objects.get(), by=alice)
    relay()
    assert mail.outbox == []
    assert Letter.objects.get().sent_at is not None


def test_an_unknown_kind_is_refused(alice: Membership) -> None:
    with pytest.raises(ValueError, match="gossip"):
        services.notify(person=alice.user, organisation=alice.organisation, kind="gossip", words="", url="/", key="one")


@pytest.mark.parametrize(("when", "letters"), [("at_once", 1), ("never", 0)])
def test_a_person_chooses_when_to_be_mailed(alice: Membership, when: str, letters: int) -> None:
    signed_in(alice).post("/notices/settings/", {"when": when})
    tell(alice)
    assert Letter.objects.count() == letters


def test_once_a_day_waits_for_the_morning_but_not_where_it_is_urgent(alice: Membership) -> None:
    services.choose_mail(by=alice, when=MailWish.When.DAILY)
    tell(alice)
    due = Letter.objects.get().due_at
    assert timezone.now() < due <= timezone.now() + timedelta(days=1)
    tell(alice, "two", urgent=True)
    assert Letter.objects.exclude(due_at=due).get().due_at <= timezone.now()


def test_opening_one_marks_it_as_read_and_leads_on(alice: Membership) -> None:
    tell(alice)
    client = signed_in(alice)
    page = client.get("/notices/").content.decode()
    assert "(1<span" in page
    assert "Reasons are due." in page
    answer = client.get(f"/notices/{Notice.objects.get().pk}/")
    assert answer.headers["Location"] == "/log/SECRET/"
    assert "You have read everything" in client.get("/notices/").content.decode()


def test_marking_all_leaves_what_came_in_meanwhile(alice: Membership) -> None:
    client = signed_in(alice)
    tell(alice)
    newest = client.get("/notices/").context["newest"]
    tell(alice, "two")
    client.post("/notices/read/", {"newest": newest})
    assert [notice.key for notice in Notice.objects.filter(read_at=None)] == ["two"]


def test_an_empty_list_says_what_will_stand_there(alice: Membership) -> None:
    assert "When something waits for you" in signed_in(alice).get("/notices/").content.decode()


@pytest.mark.parametrize("newest", ["", "²", "9" * 30, "9" * 5000])
def test_a_hand_made_newest_marks_nothing(alice: Membership, newest: str) -> None:
    tell(alice)
    assert signed_in(alice).post(reverse("notices:read_all"), {"newest": newest}).status_code == 302
    assert Notice.objects.get().read_at is None
