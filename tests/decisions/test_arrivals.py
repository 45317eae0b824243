"""Starting from a case system's link, and from an earlier record's answers."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from decisions.models import Draft, RecordRead
from infoshare.accounts.models import Membership
from tests.people import signed_in

from .walking import REFUSE, SHARE, recorded, url

pytestmark = pytest.mark.django_db


def test_a_reference_posted_from_elsewhere_fills_the_start_page_and_saves_nothing(alice: Membership) -> None:
    page = signed_in(alice).post("/guide/arrive/", {"case_reference": "4471"}).content.decode()
    assert 'value="4471"' in page
    assert 'action="/guide/start/"' in page
    assert not Draft.objects.exists()


def test_without_cookies_the_page_posts_again_from_here() -> None:
    page = Client(enforce_csrf_checks=True).post("/guide/arrive/", {"case_reference": "4471"}).content.decode()
    assert 'name="case_reference" value="4471"' in page
    assert "csrfmiddlewaretoken" not in page  # a new token would spoil the forms in the person's other tabs


def test_a_reference_in_the_address_is_not_taken(alice: Membership) -> None:
    assert signed_in(alice).get("/guide/arrive/?case_reference=4471").status_code == 405


def test_a_copy_has_the_answers_and_never_the_reasons(alice: Membership) -> None:
    record = recorded(alice)
    response = signed_in(alice).post(f"/log/{record.reference}/copy/", follow=True)
    draft = Draft.objects.get()
    assert response.redirect_chain[-1][0] == url(draft, "check")
    assert draft.answers["subject"] == SHARE["subject"]
    assert draft.details["case_reference"] == "4471"
    assert not {"decision", "sharing"} & set(draft.details)


def test_for_another_recipient_what_holds_for_the_first_only_is_asked_again(alice: Membership) -> None:
    record = recorded(alice)
    client = signed_in(alice)
    assert "Decide about another recipient" in client.get(f"/log/{record.reference}/recorded/").content.decode()
    response = client.post(f"/log/{record.reference}/copy/", {"another": "yes"}, follow=True)
    draft = Draft.objects.get()
    assert response.redirect_chain[-1][0] == url(draft, "recipient")
    assert not {"recipient", "request", "purpose", "worries"} & set(draft.answers)
    assert {"danger_now", "subject", "harm_subject", "tell_parent"} <= set(draft.answers)
    assert draft.details["case_reference"] == "4471"


def test_who_knows_of_the_first_sharing_does_not_know_of_another(alice: Membership) -> None:
    record = recorded(alice, {**SHARE, "tell_parent": "knows"})
    signed_in(alice).post(f"/log/{record.reference}/copy/", {"another": "yes"})
    assert "tell_parent" not in Draft.objects.get().answers


def test_the_answers_of_another_day_are_to_be_checked_for_another_recipient_too(alice: Membership) -> None:
    record = recorded(alice)
    with time_machine.travel(record.recorded_at + timedelta(days=3), tick=True):
        response = signed_in(alice).post(f"/log/{record.reference}/copy/", {"another": "yes"}, follow=True)
    draft = Draft.objects.get()
    assert response.redirect_chain[-1][0] == url(draft, "check")
    assert "recipient" not in draft.answers
    assert "Check each of them" in response.content.decode()


def test_whoever_copies_the_answers_of_a_record_has_read_it(alice: Membership) -> None:
    record = recorded(alice)
    signed_in(alice).post(f"/log/{record.reference}/copy/")
    assert RecordRead.objects.filter(record=record, reader=alice.user).exists()


def test_whoever_may_not_decide_is_offered_no_other_recipient(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    page = signed_in(irene).get(f"/log/{record.reference}/recorded/")
    assert page.status_code == 200
    assert "another recipient" not in page.content.decode()


def test_nobody_else_is_to_hear_what_was_not_shared(alice: Membership) -> None:
    record = recorded(alice, REFUSE)
    assert "another recipient" not in signed_in(alice).get(f"/log/{record.reference}/recorded/").content.decode()
