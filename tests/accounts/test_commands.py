"""The commands: the first organisation, and the demo."""

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from infoshare.accounts import demo
from infoshare.accounts.models import AccessEvent, Membership, Organisation, User
from infoshare.accounts.roles import Role
from infoshare.outbox.models import Letter

FIRST = {"name": "Hill Trust", "kind": "charity", "admin_email": "hilda@example.org", "admin_name": "Hilda Peak"}


def run(command: str, **options: Any) -> str:
    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


def test_the_first_organisation_has_a_system_administrator_who_can_begin(db: None, anonymous: Client) -> None:
    said = run("create_organisation", **FIRST)
    membership = Membership.objects.get(organisation__name="Hill Trust")
    assert membership.roles == [Role.SYSTEM_ADMINISTRATOR]
    link = said.splitlines()[-1].removeprefix("http://127.0.0.1:8000")
    assert "Hilda Peak" in anonymous.get(link).content.decode()


def test_the_link_is_also_sent_when_asked(db: None) -> None:
    run("create_organisation", send=True, **FIRST)
    assert Letter.objects.get().person.email == "hilda@example.org"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "ash grove school"}, "--name: There is already an organisation with this name"),
        ({"admin_email": "hilda"}, "--admin-email: Enter a valid email address"),
        ({"admin_name": " "}, "--admin-name: This field cannot be blank"),
    ],
)
def test_what_is_wrong_is_said_by_option_and_nothing_is_left_behind(
    school: Organisation, wrong: dict[str, str], said: str
) -> None:
    before = Organisation.objects.count()
    with pytest.raises(CommandError, match=said):
        run("create_organisation", **FIRST | wrong)
    assert Organisation.objects.count() == before


def test_an_unknown_kind_is_answered_with_the_known_ones(db: None) -> None:
    with pytest.raises(CommandError, match="state_school"):
        call_command(
            "create_organisation", "--name=x", "--kind=castle", "--admin-email=a@example.org", "--admin-name=A"
        )


def test_the_demo_has_each_role_in_two_organisations_and_can_sign_in(db: None) -> None:
    printed = json.loads(run("demo", json=True))
    for body in ("council", "school"):
        for role in Role:
            member = demo.member(body, role)
            assert member.roles == [role]
            assert member.user.email in {account["email"] for account in printed["accounts"]}
    one = printed["accounts"][0]["email"]
    assert authenticate(None, email=one, password=printed["password"]) == User.objects.get(email=one)


def test_a_second_start_changes_nothing_and_prints_the_same(db: None) -> None:
    first = run("demo")
    before = AccessEvent.objects.count(), list(User.objects.order_by("pk").values())
    assert run("demo") == first
    assert (AccessEvent.objects.count(), list(User.objects.order_by("pk").values())) == before
    assert demo.PASSWORD in first


def test_the_demo_is_refused_on_real_servers(db: None, settings: Settings) -> None:
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="make run"):
        run("demo")
    assert not User.objects.exists()
