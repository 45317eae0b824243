"""A form sent after the sign-in expired: nothing lost, nothing left for the next person."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from decisions.models import Draft, HeldAnswer
from infoshare.accounts.models import Membership
from tests.people import PASSWORD, signed_in, with_password

from .walking import answered, start, url

pytestmark = pytest.mark.django_db


def form_of(client: Client, path: str) -> dict[str, str]:
    return form_in(client.get(path).content.decode())


def form_in(page: str) -> dict[str, str]:
    """What a page carries unseen."""
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))


def sign_in(client: Client, person: Membership) -> None:
    user = with_password(person)
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


@pytest.fixture
def expired(alice: Membership) -> tuple[Client, Draft]:
    """Alice posted her reasons after her session had ended."""
    client, draft = answered(alice)
    hidden = form_of(client, url(draft, "recommendation"))
    client.logout()
    response = client.post(
        url(draft, "recommendation"), {**hidden, "choice": "follow", "reasons": "Typed while signed out"}
    )
    assert response.headers["Location"].startswith("/accounts/login/")
    return client, draft


def test_after_signing_in_it_is_on_the_page_and_not_saved_unseen(
    expired: tuple[Client, Draft], alice: Membership
) -> None:
    client, draft = expired
    sign_in(client, alice)
    page = client.get(url(draft, "recommendation")).content.decode()
    assert "Typed while signed out" in page
    draft.refresh_from_db()
    assert "decision" not in draft.details
    assert not HeldAnswer.objects.exists()


def test_it_is_kept_encrypted(expired: tuple[Client, Draft]) -> None:
    assert b"Typed" not in bytes(HeldAnswer.objects.get().sealed)


def test_it_is_nowhere_on_the_sign_in_page_or_in_the_session(expired: tuple[Client, Draft]) -> None:
    client, draft = expired
    page = client.get(f"/accounts/login/?next={url(draft, 'decision')}")
    assert b"Typed" not in page.content
    assert b"nothing you typed is lost" in page.content
    assert not any("Typed" in str(value) for value in client.session.values())


def test_it_does_not_say_so_to_anyone_else(expired: tuple[Client, Draft], alice: Membership) -> None:
    other = Client()
    for cookie in ("", "not an id", "6f9c0c55-6b1d-4f43-9d38-2f6f8d7a4c10"):
        other.cookies["held"] = cookie
        assert b"nothing you typed is lost" not in other.get("/accounts/login/").content
        sign_in(other, alice)
        other.logout()


def test_the_next_person_on_this_computer_deletes_it_by_signing_in(
    expired: tuple[Client, Draft], bob: Membership
) -> None:
    client, _ = expired
    sign_in(client, bob)
    assert not HeldAnswer.objects.exists()


def test_after_half_an_hour_it_is_gone(expired: tuple[Client, Draft], alice: Membership) -> None:
    client, draft = expired
    HeldAnswer.objects.update(held_at=timezone.now() - timedelta(minutes=31))
    sign_in(client, alice)
    assert b"Typed while" not in client.get(url(draft, "recommendation")).content
    assert not HeldAnswer.objects.exists()


def test_a_forged_token_holds_nothing(alice: Membership, anonymous: Client) -> None:
    draft = start(signed_in(alice))
    anonymous.post(url(draft, "danger_now"), {"holder": "forged", "answer": "no"})
    assert not HeldAnswer.objects.exists()


def test_a_question_too_comes_back_as_it_was_answered(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    hidden = form_of(client, url(draft, "danger_now"))
    client.logout()
    client.post(url(draft, "danger_now"), {**hidden, "answer": "unsure"})
    sign_in(client, alice)
    page = " ".join(client.get(url(draft, "danger_now")).content.decode().split())
    assert 'value="unsure" checked' in page
    assert "Nothing you typed was lost" in page
