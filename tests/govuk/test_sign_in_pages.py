"""The pages for signing in, a forgotten password, and what went wrong: in our look and words, and they work."""

import re

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from infoshare.accounts.models import Membership
from infoshare.errors import server_error
from infoshare.outbox.relay import relay

from .page import Page

GOOD = "harbour-candle-thistle"


def page_of(response: HttpResponse, status: int = 200) -> Page:
    assert response.status_code == status
    page = Page(response.content.decode())
    assert page.one("header", class_="app-header")
    assert page.one("title").text.endswith(" – infoshare")
    return page


def send(client: Client, name: str, **answers: str) -> HttpResponse:
    return client.post(reverse(name), answers, follow=True)  # type: ignore[return-value]


def test_signing_in_with_nothing_says_what_to_enter(anonymous: Client, db: None) -> None:
    page = page_of(send(anonymous, "account_login"))
    assert page.one("title").text == "Error: Sign in – infoshare"
    assert page.one("a", href="#id_login").text == "Enter e-mail address"
    assert page.one("a", href="#id_password").text == "Enter password"


def test_a_wrong_password_says_what_to_check(anonymous: Client, alice: Membership) -> None:
    page = page_of(send(anonymous, "account_login", login=alice.user.email, password="wrong"))
    assert any("Check both" in item.text for item in page.find("li"))


def test_a_forgotten_password_is_set_anew_from_a_link(anonymous: Client, alice: Membership) -> None:
    alice.user.set_password("an old one, forgotten")
    alice.user.save()
    assert (
        page_of(send(anonymous, "account_reset_password", email=alice.user.email)).one("h1").text
        == "Look in your e-mail"
    )
    assert mail.outbox == []  # a mail server that is slow or away must not tell who is known here
    relay()
    (message,) = mail.outbox
    assert message.subject == "Choose a new password for infoshare"
    link = re.search(r"https?://[^/]+(\S+)", str(message.body))
    assert link
    opened = anonymous.get(link[1], follow=True)
    page = page_of(opened)  # type: ignore[arg-type]
    assert page.one("h1").text == "Choose a new password"
    address = page.find("form", method="post")[-1].attributes["action"]
    done = anonymous.post(address, {"password1": GOOD, "password2": GOOD}, follow=True)
    assert "Your password is changed" in page_of(done).one("h1").text  # type: ignore[arg-type]
    alice.user.refresh_from_db()
    assert alice.user.check_password(GOOD)


def test_an_unknown_address_sees_the_same_page_and_gets_nothing(anonymous: Client, db: None) -> None:
    page = page_of(send(anonymous, "account_reset_password", email="nobody@example.org"))
    assert page.one("h1").text == "Look in your e-mail"
    relay()
    assert mail.outbox == []


def test_a_used_link_says_so(anonymous: Client, db: None) -> None:
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "used-up"})
    assert page_of(anonymous.get(address)).one("h1").text == "This link no longer works"  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["account_logout", "account_change_password", "account_reauthenticate"])
def test_signed_in_the_pages_about_oneself_open(client: Client, alice: Membership, name: str) -> None:
    alice.user.set_password(GOOD)
    alice.user.save()
    client.force_login(alice.user)
    page = page_of(client.get(reverse(name)))  # type: ignore[arg-type]
    assert page.one("span", class_="app-header__where").text == alice.organisation.name
    assert page.one("button", class_="app-header__sign-out")


def test_an_address_that_is_not_there_gets_our_page(client: Client, alice: Membership) -> None:
    client.force_login(alice.user)
    assert page_of(client.get("/nowhere/"), 404).one("h1").text == "Page not found"  # type: ignore[arg-type]


def test_a_form_without_its_token_gets_our_page(alice: Membership) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice.user)
    assert page_of(send(client, "account_logout"), 403).one("h1").text == "We could not take that in"


def test_our_own_failure_gives_a_reference_to_quote(rf: RequestFactory) -> None:
    page = page_of(server_error(rf.get("/")), 500)
    assert re.fullmatch(r"[0-9a-f]{8}", page.one("strong").text)
