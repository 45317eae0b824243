"""Signing in and out, invitations, choosing one's organisation, and what happens to those who may not (any more)."""

import json
import logging
import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
import structlog
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infoshare.accounts import invitations, services
from infoshare.accounts.models import AccessEvent, Membership, User
from infoshare.accounts.roles import Role
from infoshare.outbox.models import Letter
from infoshare.outbox.relay import relay
from tests.people import PASSWORD, People, add, signed_in, with_password

LOGIN = reverse("account_login")
HOME_OF_SAM = reverse("administration:organisations")


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    """Where the form leads, or "" if it stays."""
    response = client.post(LOGIN, {"login": email, "password": password})
    return str(response.get("Location", ""))


def link_of(person: User) -> str:
    return invitations.link_for(User.objects.get(pk=person.pk)).removeprefix("http://127.0.0.1:8000")


def test_work_begins_at_the_persons_own_desk(anonymous: Client, people: People) -> None:
    with_password(people.sam)
    assert sign_in(anonymous, "SAM@example.org") == HOME_OF_SAM
    with_password(people.alice)
    assert sign_in(Client(), "alice@example.org") == reverse("home")


def test_a_page_asked_for_before_signing_in_is_opened_after_it(anonymous: Client, people: People) -> None:
    with_password(people.sam)
    asked = reverse("administration:organisation", args=[people.school.pk])
    response = anonymous.get(asked)
    assert response["Location"] == f"{LOGIN}?next={asked}"
    response = anonymous.post(response["Location"], {"login": "sam@example.org", "password": PASSWORD})
    assert response["Location"] == asked


def test_signing_in_and_out_are_access_events(anonymous: Client, alice: Membership) -> None:
    with_password(alice)
    sign_in(anonymous, "alice@example.org")
    anonymous.post(reverse("account_logout"))
    events = AccessEvent.objects.filter(by=alice.user)
    assert [event.kind for event in events] == ["signed_out", "signed_in"]


def test_a_failed_sign_in_is_logged_without_the_address(anonymous: Client, alice: Membership) -> None:
    with_password(alice)
    with structlog.testing.capture_logs() as logs:
        assert sign_in(anonymous, "alice@example.org", "wrong") == ""
        assert sign_in(anonymous, "Alice@example.org", "wrong") == ""
    failed = [line for line in logs if line["event"] == "sign-in failed"]
    assert len(failed) == 2
    assert failed[0]["account"] == failed[1]["account"]
    assert "alice" not in json.dumps(logs)
    assert not AccessEvent.objects.filter(person=alice.user, kind="signed_in").exists()


def test_the_log_holds_neither_searches_nor_links_that_set_a_password(anonymous: Client, alice: Membership) -> None:
    link = link_of(alice.user)
    with structlog.testing.capture_logs() as logs:
        anonymous.get(link)
        anonymous.get(LOGIN, {"next": "/log/?words=bruises"})
    written = json.dumps(logs, default=str)
    assert f"GET {reverse('accept_invitation', args=['X']).removesuffix('X/')}\\u2026" in written
    assert link.split("/")[3] not in written
    assert "bruises" not in written


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/email/", "/accounts/3rdparty/", "/admin/"])
def test_what_is_not_offered_has_no_address(sam: Membership, path: str) -> None:
    assert signed_in(sam).get(path).status_code == 404


def test_stopping_access_ends_every_session_at_once_and_for_good(people: People) -> None:
    phone, desk, other = signed_in(people.alice), signed_in(people.alice), signed_in(people.bob)
    page = reverse("choose_organisation")
    assert [client.get(page).status_code for client in (phone, desk, other)] == [200, 200, 200]
    services.stop_access(by=people.sam, person=people.alice.user)
    assert [client.get(page).status_code for client in (phone, desk, other)] == [302, 302, 200]
    services.restore_access(by=people.sam, person=people.alice.user)
    assert [client.get(page).status_code for client in (phone, desk, other)] == [302, 302, 200]


def test_a_session_that_outlives_the_stop_is_refused_all_the_same(people: People) -> None:
    """As if a session were written in the very moment of the stop."""
    browser = signed_in(people.alice)
    User.objects.filter(pk=people.alice.user_id).update(is_active=False)
    assert browser.get(reverse("choose_organisation")).status_code == 302


def test_somebody_stopped_is_told_so_when_signing_in(anonymous: Client, people: People) -> None:
    with_password(people.alice)
    services.stop_access(by=people.sam, person=people.alice.user)
    response = anonymous.post(LOGIN, {"login": "alice@example.org", "password": PASSWORD}, follow=True)
    assert not response.wsgi_request.user.is_authenticated
    assert response.status_code == 200


def test_an_invitation_is_posted_with_the_person(people: People) -> None:
    services.invite_person(
        by=people.sam, organisation=people.school, email="pat@example.org", name="Pat", roles=[Role.IG_LEAD]
    )
    letter = Letter.objects.get()
    assert (letter.kind, letter.person, letter.organisation) == (
        "invitation",
        User.objects.get(name="Pat"),
        people.school,
    )
    assert relay() == 1
    assert mail.outbox[0].to == ["pat@example.org"]


def test_nobody_is_invited_where_they_no_longer_belong(people: People) -> None:
    invitations.send(people.bob)
    people.bob.delete()
    assert relay() == 1
    assert mail.outbox == []


def test_an_invitation_is_followed_to_the_first_sign_in(anonymous: Client, people: People) -> None:
    invitations.send(people.sam)
    relay()
    sent = mail.outbox[0]
    assert sent.to == ["sam@example.org"]
    assert sent.subject == "infoshare: you have been added to Ash Grove School"
    link = next(line for line in str(sent.body).splitlines() if "/invitation/" in line)
    assert "sam" not in link
    path = link.removeprefix("http://127.0.0.1:8000")
    assert "sam@example.org" in anonymous.get(path).content.decode()
    response = anonymous.post(path, {"password": PASSWORD}, follow=True)
    assert response.redirect_chain == [(LOGIN, 302)]
    assert "Your password is set" in response.content.decode()
    assert sign_in(anonymous, "sam@example.org") == HOME_OF_SAM


def test_somebody_with_a_password_is_only_told_where_they_were_added(people: People) -> None:
    with_password(people.alice)
    invitations.send(add("alice", people.council, Role.PRACTITIONER))
    relay()
    text = str(mail.outbox[0].body)
    assert "Eastmarsh Council" in text
    assert LOGIN in text
    assert "/invitation/" not in text


@pytest.mark.parametrize(
    ("password", "said"), [("", "Enter a password"), ("short", "too short"), ("password1234", "common")]
)
def test_a_weak_password_is_refused_with_its_reason(
    anonymous: Client, alice: Membership, password: str, said: str
) -> None:
    shown = anonymous.post(link_of(alice.user), {"password": password}).content.decode()
    assert shown.count(said) == 2
    assert not User.objects.get(pk=alice.user_id).has_usable_password()


def test_an_invitation_works_once(anonymous: Client, alice: Membership) -> None:
    link = link_of(alice.user)
    anonymous.post(link, {"password": PASSWORD})
    response = anonymous.post(link, {"password": "another-good-one"})
    assert response.status_code == 410
    assert "no longer works" in response.content.decode()
    assert User.objects.get(pk=alice.user_id).check_password(PASSWORD)


def test_an_invitation_ends_after_seven_days(anonymous: Client, alice: Membership) -> None:
    link, now = link_of(alice.user), timezone.now()
    with time_machine.travel(now + timedelta(days=6, hours=23)):
        assert anonymous.get(link).status_code == 200
    with time_machine.travel(now + timedelta(days=7, minutes=1)):
        assert anonymous.get(link).status_code == 410


def test_only_the_newest_invitation_works(anonymous: Client, people: People) -> None:
    first = link_of(people.alice.user)
    services.resend_invitation(by=people.sam, membership=people.alice)
    assert anonymous.get(first).status_code == 410
    assert anonymous.get(link_of(people.alice.user)).status_code == 200


def test_an_invitation_ends_when_access_is_stopped(anonymous: Client, people: People) -> None:
    link = link_of(people.alice.user)
    services.stop_access(by=people.sam, person=people.alice.user)
    assert anonymous.post(link, {"password": PASSWORD}).status_code == 410


@pytest.mark.parametrize("token", ["x", "WzFd:1:x", "%00"])
def test_a_link_that_is_not_ours_is_refused(anonymous: Client, people: People, token: str) -> None:
    assert anonymous.get(f"/accounts/invitation/{token}/").status_code == 410


def test_accepting_signs_out_whoever_used_the_device(people: People) -> None:
    browser = signed_in(people.irene)
    browser.post(link_of(people.alice.user), {"password": PASSWORD})
    assert browser.get(reverse("choose_organisation")).status_code == 302


def test_a_person_in_two_organisations_chooses_where_they_work(people: People) -> None:
    there = add("alice", people.council, Role.SYSTEM_ADMINISTRATOR)
    browser = signed_in(people.alice)
    response = browser.get(reverse("choose_organisation"))
    assert response.context["membership"] == people.alice
    response = browser.post(reverse("choose_organisation"), {"organisation": people.council.pk})
    assert response["Location"] == HOME_OF_SAM
    assert browser.get(HOME_OF_SAM).context["membership"] == there


def test_nobody_chooses_an_organisation_that_is_not_theirs(people: People) -> None:
    browser = signed_in(people.alice)
    response = browser.post(reverse("choose_organisation"), {"organisation": people.council.pk})
    assert response.status_code == 200
    assert response.context["membership"] == people.alice


def test_somebody_who_works_nowhere_is_told_whom_to_ask(people: People) -> None:
    response = signed_in(people.nina).get(HOME_OF_SAM)
    assert response.status_code == 403
    assert "sam@example.org" in response.content.decode()


def test_somebody_who_works_nowhere_can_still_sign_out(people: People) -> None:
    browser = signed_in(people.nina)
    assert browser.post(reverse("account_logout")).status_code == 302


def test_logging_is_set_up_without_addresses(caplog: pytest.LogCaptureFixture, people: People) -> None:
    with caplog.at_level(logging.INFO):
        signed_in(people.sam).get(HOME_OF_SAM)
    assert "sam@example.org" not in caplog.text


def test_whoever_works_stays_signed_in_and_whoever_does_not_is_signed_out(alice: Membership) -> None:
    with time_machine.travel("2026-11-23 09:00", tick=False) as clock:
        client = signed_in(alice)
        for _ in range(4):
            clock.shift(timedelta(minutes=40))
            assert client.get("/").status_code == 200
        clock.shift(timedelta(minutes=61))
        assert client.get("/").status_code == 302


def test_a_request_that_fails_or_is_refused_leaves_no_secret_in_the_log(
    people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    link = link_of(people.alice.user)
    refused, failing = Client(enforce_csrf_checks=True), Client(raise_request_exception=False)
    with structlog.testing.capture_logs() as logs:
        assert refused.post(link, {"password": "x"}).status_code == 403
        monkeypatch.setattr("infoshare.accounts.invitations.person_for", lambda _: 1 / 0)
        assert failing.get(f"{link}?words=bruises").status_code == 500
        refused.get("/retention/calendar/nobody-knows-it.ics")
    written = json.dumps(logs, default=str) + caplog.text
    assert "request_failed" in written
    assert "Forbidden (" in written
    for secret in (link.split("/")[3], "bruises", "nobody-knows-it"):
        assert secret not in written


@pytest.mark.parametrize(("proxies", "answer"), [(0, "Too many tries"), (1, "We do not know this")])
def test_behind_a_proxy_one_guesser_does_not_keep_the_others_out(
    settings: Any, anonymous: Client, alice: Membership, proxies: int, answer: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    cache.clear()
    for number in range(11):
        data = {"login": f"nobody{number}@example.org", "password": "wrong"}
        anonymous.post(LOGIN, data, headers={"x-forwarded-for": "203.0.113.7"})
    data = {"login": "alice@example.org", "password": "wrong"}
    page = anonymous.post(LOGIN, data, headers={"x-forwarded-for": "203.0.113.7, 203.0.113.8"})
    cache.clear()
    assert answer in page.content.decode()


@pytest.mark.parametrize("flag", ["0", "1"])
def test_addresses_are_taken_from_the_proxy_only_where_there_is_one(flag: str) -> None:
    code = "from infoshare import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    environment = {**os.environ, "BEHIND_PROXY": flag}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == flag
