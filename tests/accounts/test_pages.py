"""The administration pages, used as a browser uses them: by the form each page shows."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infoshare.accounts import services
from infoshare.accounts.models import Membership, Organisation, Team
from infoshare.accounts.permissions import SHELL
from infoshare.accounts.roles import Role
from infoshare.outbox.models import Letter
from tests.people import People, add, signed_in, with_password

PROFILE = {
    "name": "Hill Surgery",
    "kind": "gp_practice",
    "facts": ["public_authority", "health_or_social_care"],
    "policy_document": "IG handbook",
    "policy_document_review_on_day": "27",
    "policy_document_review_on_month": "3",
    "policy_document_review_on_year": "2027",
}


@pytest.fixture
def browser(sam: Membership) -> Client:
    return signed_in(sam)


def page(name: str, *ids: int) -> str:
    return reverse(f"administration:{name}", args=ids)


def text(browser: Client, url: str) -> str:
    response = browser.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_counts_those_who_may_sign_in(browser: Client, people: People) -> None:
    services.stop_access(by=SHELL, person=people.bob.user)
    rows = browser.get(page("organisations")).context["rows"]
    assert [(row[0].text, row[2].text) for row in rows] == [("Ash Grove School", 4), ("Eastmarsh Council", 2)]


def test_an_organisation_is_added_with_its_legal_profile(browser: Client) -> None:
    assert 'name="policy_document_review_on_day"' in text(browser, page("add_organisation"))
    response = browser.post(page("add_organisation"), PROFILE, follow=True)
    added = Organisation.objects.get(name="Hill Surgery")
    assert response.redirect_chain == [(page("organisation", added.pk), 302)]
    assert (added.public_authority, added.children_duty_body, added.health_or_social_care) == (True, False, True)
    assert str(added.policy_document_review_on) == "2027-03-27"
    assert "Nobody works here yet" in response.content.decode()


def test_what_is_missing_is_said_at_the_top_and_beside_the_field(browser: Client) -> None:
    response = browser.post(page("add_organisation"), {})
    shown = response.content.decode()
    assert "There is a problem" in shown
    assert shown.count("Enter the organisation’s name") == 2
    assert shown.count("Choose the kind of organisation") == 2
    assert "<title>Error: " in shown


def test_a_name_that_is_taken_is_said_beside_the_name(browser: Client, school: Organisation) -> None:
    shown = browser.post(page("add_organisation"), PROFILE | {"name": school.name}).content.decode()
    assert shown.count("There is already an organisation with this name") == 2
    assert 'value="IG handbook"' in shown


def test_the_profile_form_starts_from_what_is_stored(browser: Client, council: Organisation) -> None:
    url = page("change_organisation", council.pk)
    form = browser.get(url).context["form"]
    assert form.initial["facts"] == ["public_authority", "children_duty_body", "health_or_social_care"]
    browser.post(url, PROFILE | {"name": council.name, "kind": "council"})
    council.refresh_from_db()
    assert (council.policy_document, council.children_duty_body) == ("IG handbook", False)


def test_a_team_is_added_and_renamed(browser: Client, school: Organisation) -> None:
    browser.post(page("add_team", school.pk), {"name": "Sixth form"})
    team = Team.objects.within(school).get(name="Sixth form")
    assert 'value="Sixth form"' in text(browser, page("rename_team", school.pk, team.pk))
    shown = browser.post(page("rename_team", school.pk, team.pk), {"name": "Year 12"}, follow=True)
    assert "The team is now called Year 12." in shown.content.decode()


def test_a_person_is_invited_with_team_and_roles(
    browser: Client, people: People, django_capture_on_commit_callbacks: object
) -> None:
    url = page("invite_person", people.school.pk)
    assert "Pastoral" in text(browser, url)
    typed = {"name": "Pat Example", "email": "Pat@Example.org", "roles": ["ig_lead", "practitioner"]}
    response = browser.post(url, typed | {"team": people.alice.team_id}, follow=True)
    assert "Pat Example" in response.content.decode()
    assert "Invited" in response.content.decode()
    pat = Membership.objects.get(user__email="pat@example.org")
    assert (pat.team, pat.roles) == (people.alice.team, ["practitioner", "ig_lead"])
    assert mail.outbox == []  # the worker sends it, not the request


def test_teams_of_other_organisations_are_not_offered(browser: Client, people: People) -> None:
    theirs = services.add_team(by=SHELL, organisation=people.council, name="Front door")
    assert "Front door" not in text(browser, page("invite_person", people.school.pk))
    typed = {"name": "Pat", "email": "pat@example.org", "roles": ["ig_lead"], "team": theirs.pk}
    assert browser.post(page("invite_person", people.school.pk), typed).status_code == 200
    assert not Membership.objects.filter(user__email="pat@example.org").exists()


@pytest.mark.parametrize("name", ["person", "stop_access", "restore_access"])
def test_a_person_is_found_only_under_their_own_organisation(browser: Client, people: People, name: str) -> None:
    assert browser.get(page(name, people.council.pk, people.olga.pk)).status_code == 200
    assert browser.get(page(name, people.school.pk, people.olga.pk)).status_code == 404


def test_a_team_is_found_only_under_its_own_organisation(browser: Client, people: People) -> None:
    assert people.alice.team_id is not None
    assert browser.get(page("rename_team", people.council.pk, people.alice.team_id)).status_code == 404


def test_team_and_roles_are_changed(browser: Client, people: People) -> None:
    url = page("person", people.school.pk, people.alice.pk)
    assert browser.get(url).context["form"].initial == {"roles": ["practitioner"], "team": people.alice.team_id}
    browser.post(url, {"roles": ["records_administrator"], "team": ""})
    changed = Membership.objects.get(pk=people.alice.pk)
    assert (changed.roles, changed.team) == (["records_administrator"], None)


def test_taking_ones_own_last_role_is_refused_on_the_page(browser: Client, people: People) -> None:
    shown = browser.post(page("person", people.school.pk, people.sam.pk), {"roles": ["practitioner"]})
    assert "Ask another system administrator" in shown.content.decode()


def test_stopping_access_is_confirmed_and_names_the_other_organisations(browser: Client, people: People) -> None:
    add("alice", people.council, Role.PRACTITIONER)
    url = page("stop_access", people.school.pk, people.alice.pk)
    assert "Eastmarsh Council" in text(browser, url)
    people.alice.user.refresh_from_db()
    assert people.alice.user.is_active
    shown = browser.post(url, follow=True).content.decode()
    assert "Access stopped" in shown
    shown = browser.post(page("restore_access", people.school.pk, people.alice.pk), follow=True).content.decode()
    assert "Alice Example can sign in again." in shown


def test_stopping_ones_own_access_is_refused_on_the_page(browser: Client, people: People) -> None:
    shown = browser.post(page("stop_access", people.school.pk, people.sam.pk)).content.decode()
    assert "You cannot stop your own access" in shown


def test_somebody_with_a_password_is_not_invited_again(browser: Client, people: People) -> None:
    with_password(people.alice)
    shown = browser.post(page("resend_invitation", people.school.pk, people.alice.pk), follow=True)
    assert "has a password already" in shown.content.decode()


def test_pages_of_signed_in_people_are_not_stored(browser: Client) -> None:
    assert "no-store" in browser.get(page("organisations"))["Cache-Control"]


def test_a_name_cannot_carry_line_breaks_or_invisible_characters(browser: Client, school: Organisation) -> None:
    typed = {"name": "Pat\r\nBcc: x\x1b", "email": "pat@example.org", "roles": ["ig_lead"]}
    browser.post(page("invite_person", school.pk), typed)
    assert Membership.objects.get(user__email="pat@example.org").user.name == "Pat Bcc: x"


def test_a_name_far_too_long_is_refused(browser: Client, school: Organisation) -> None:
    shown = browser.post(page("add_team", school.pk), {"name": "x" * 100_000})
    assert "at most 200 characters" in shown.content.decode()


def test_whose_e_mail_is_refused_is_shown_until_one_arrives(browser: Client, people: People) -> None:
    ids = {"person": people.bob.user, "organisation": people.school, "kind": "digest"}
    Letter.objects.create(**ids, key="one", gave_up_at=timezone.now())
    assert (
        "Their mail server refuses our e-mails" in browser.get(page("organisation", people.school.pk)).content.decode()
    )
    Letter.objects.create(**ids, key="two", sent_at=timezone.now())
    assert (
        "Their mail server refuses our e-mails"
        not in browser.get(page("organisation", people.school.pk)).content.decode()
    )
