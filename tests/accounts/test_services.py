"""Deeds on organisations, teams, people and roles: who may, what is refused, and that each leaves an access event."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, connection, transaction

from infoshare.accounts import services
from infoshare.accounts.models import AccessEvent, Membership, Organisation, Team, User
from infoshare.accounts.permissions import SHELL
from infoshare.accounts.roles import Role
from tests.people import PASSWORD, People, add, make_people, with_password

Kind = AccessEvent.Kind


def last_event() -> AccessEvent:
    event = AccessEvent.objects.first()
    assert event is not None
    return event


def test_a_system_administrator_adds_an_organisation(sam: Membership) -> None:
    added = services.create_organisation(
        by=sam, name="  Hill   Surgery ", kind="gp_practice", health_or_social_care=True
    )
    assert Organisation.objects.get(pk=added.pk).name == "Hill Surgery"
    event = last_event()
    assert (event.kind, event.by, event.organisation) == (Kind.ORGANISATION_ADDED, sam.user, added)
    assert event.details["health_or_social_care"] is True


@pytest.mark.parametrize("name", ["ash grove school", "Ash  Grove School"])
def test_two_organisations_cannot_share_a_name(sam: Membership, name: str) -> None:
    with pytest.raises(ValidationError, match="already an organisation with this name"):
        services.create_organisation(by=sam, name=name, kind="charity")


@pytest.mark.parametrize("profile", [{"kind": "castle"}, {"name": " "}])
def test_a_profile_that_makes_no_sense_is_refused(
    sam: Membership, school: Organisation, profile: dict[str, str]
) -> None:
    with pytest.raises(ValidationError) as refused:
        services.change_organisation(by=sam, organisation=school, **profile)  # type: ignore[arg-type]
    assert list(refused.value.message_dict) == list(profile)


def test_a_change_of_profile_says_what_was_before_and_after(sam: Membership, school: Organisation) -> None:
    services.change_organisation(by=sam, organisation=school, name=school.name, policy_document="APD 3")
    assert last_event().details == {"policy_document": ["", "APD 3"]}


def test_saving_a_profile_unchanged_leaves_no_event(sam: Membership, school: Organisation) -> None:
    services.change_organisation(by=sam, organisation=school, name=school.name)
    assert last_event().kind != Kind.ORGANISATION_CHANGED


def test_teams_are_added_and_renamed(sam: Membership, school: Organisation) -> None:
    team = services.add_team(by=sam, organisation=school, name="Sixth form")
    services.rename_team(by=sam, team=team, name="Year 12")
    assert Team.objects.within(school).filter(name="Year 12").exists()
    assert last_event().details == {"team": ["Sixth form", "Year 12"]}


def test_team_names_are_unique_within_one_organisation_only(sam: Membership, people: People) -> None:
    with pytest.raises(ValidationError, match="already a team"):
        services.add_team(by=sam, organisation=people.school, name="PASTORAL")
    assert services.add_team(by=sam, organisation=people.council, name="Pastoral")


def test_somebody_who_already_has_an_account_works_in_a_second_place(sam: Membership, people: People) -> None:
    second = add("ALICE", people.council, Role.PRACTITIONER)
    assert second.user == people.alice.user
    assert second.user.name == "Alice Example"


def test_the_same_person_is_not_added_twice(people: People) -> None:
    with pytest.raises(ValidationError, match="already belongs to Ash Grove School"):
        add("alice", people.school, Role.IG_LEAD)


def test_a_team_of_another_organisation_is_refused(sam: Membership, people: People) -> None:
    theirs = services.add_team(by=sam, organisation=people.council, name="Front door")
    with pytest.raises(ValidationError, match="team of this organisation"):
        services.change_membership(by=sam, membership=people.alice, roles=[Role.PRACTITIONER], team=theirs)


@pytest.mark.parametrize("roles", [[], ["headteacher"], [Role.IG_LEAD, "root"]])
def test_roles_that_do_not_exist_are_refused(sam: Membership, alice: Membership, roles: list[str]) -> None:
    with pytest.raises(ValidationError):
        services.change_membership(by=sam, membership=alice, roles=roles)
    assert Membership.objects.get(pk=alice.pk).roles == [Role.PRACTITIONER]


def test_a_change_of_roles_says_what_was_before_and_after(sam: Membership, alice: Membership) -> None:
    services.change_membership(by=sam, membership=alice, roles=[Role.IG_LEAD, Role.PRACTITIONER], team=alice.team)
    event = last_event()
    assert (event.kind, event.person, event.organisation) == (Kind.MEMBERSHIP_CHANGED, alice.user, alice.organisation)
    assert event.details == {"roles": [["practitioner"], ["practitioner", "ig_lead"]]}


def test_nobody_takes_their_own_last_system_administrator_role(sam: Membership) -> None:
    with pytest.raises(ValidationError, match="Ask another system administrator"):
        services.change_membership(by=sam, membership=sam, roles=[Role.PRACTITIONER])


def test_a_system_administrator_in_two_places_may_leave_the_role_in_one(sam: Membership, people: People) -> None:
    there = add("sam", people.council, Role.SYSTEM_ADMINISTRATOR)
    services.change_membership(by=there, membership=sam, roles=[Role.PRACTITIONER])
    with pytest.raises(ValidationError, match="Ask another system administrator"):
        services.change_membership(by=there, membership=there, roles=[Role.PRACTITIONER])


def test_another_system_administrator_may_take_the_role(sam: Membership, people: People) -> None:
    second = add("pat", people.council, Role.SYSTEM_ADMINISTRATOR)
    services.change_membership(by=second, membership=sam, roles=[Role.PRACTITIONER])
    with pytest.raises(PermissionDenied):
        services.add_team(by=sam, organisation=people.school, name="Too late")


def test_nobody_stops_their_own_access(sam: Membership) -> None:
    with pytest.raises(ValidationError, match="Ask another system administrator"):
        services.stop_access(by=sam, person=sam.user)


def test_stopped_access_means_no_signing_in_until_restored(sam: Membership, alice: Membership) -> None:
    with_password(alice)
    services.stop_access(by=sam, person=alice.user)
    assert authenticate(None, email="alice@example.org", password=PASSWORD) is None
    services.restore_access(by=sam, person=alice.user)
    assert authenticate(None, email="alice@example.org", password=PASSWORD) == alice.user
    assert [event.kind for event in AccessEvent.objects.filter(person=alice.user)[:2]] == [
        Kind.ACCESS_RESTORED,
        Kind.ACCESS_STOPPED,
    ]


def test_a_person_whose_access_was_stopped_is_not_added_elsewhere(sam: Membership, people: People) -> None:
    services.stop_access(by=sam, person=people.alice.user)
    with pytest.raises(ValidationError, match="Restore it first"):
        add("alice", people.council, Role.PRACTITIONER)


@pytest.mark.parametrize("name", ["alice", "irene", "rita", "oscar"])
def test_no_other_role_may_do_any_of_it(people: People, name: str) -> None:
    by: Membership = getattr(people, name)
    team = people.alice.team
    assert team is not None
    deeds: list[Callable[[], object]] = [
        lambda: services.create_organisation(by=by, name="New", kind="charity"),
        lambda: services.change_organisation(by=by, organisation=people.school, name="New"),
        lambda: services.add_team(by=by, organisation=people.school, name="New"),
        lambda: services.rename_team(by=by, team=team, name="New"),
        lambda: services.add_person(
            by=by, organisation=people.school, email="n@example.org", name="N", roles=["ig_lead"]
        ),
        lambda: services.invite_person(
            by=by, organisation=people.school, email="n@example.org", name="N", roles=["ig_lead"]
        ),
        lambda: services.change_membership(by=by, membership=people.bob, roles=["ig_lead"]),
        lambda: services.resend_invitation(by=by, membership=people.bob),
        lambda: services.stop_access(by=by, person=people.bob.user),
        lambda: services.restore_access(by=by, person=people.bob.user),
    ]
    before = AccessEvent.objects.count()
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()
    assert AccessEvent.objects.count() == before
    assert not User.objects.filter(email="n@example.org").exists()


def test_a_system_administrator_who_was_stopped_meanwhile_may_do_nothing(sam: Membership, people: People) -> None:
    services.stop_access(by=SHELL, person=sam.user)
    with pytest.raises(PermissionDenied):
        services.add_team(by=sam, organisation=people.school, name="New")


@pytest.mark.parametrize("sql", ["UPDATE accounts_accessevent SET kind = 'x'", "DELETE FROM accounts_accessevent"])
def test_access_events_cannot_be_changed_by_sql(people: People, sql: str) -> None:
    with pytest.raises(Error, match=r"denied|sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def try_to_take_the_role(by: Membership, of: Membership, both_there: threading.Barrier) -> bool:
    both_there.wait()
    try:
        services.change_membership(by=by, membership=of, roles=[Role.PRACTITIONER])
    except PermissionDenied:
        return False
    finally:
        connection.close()
    return True


def test_two_administrators_cannot_take_the_role_from_each_other(transactional_db: None) -> None:
    """The second waits for the first, and then may no longer."""
    people = make_people()
    other = add("pat", people.council, Role.SYSTEM_ADMINISTRATOR)
    both_there = threading.Barrier(2, timeout=30)
    with ThreadPoolExecutor() as threads:
        first = threads.submit(try_to_take_the_role, people.sam, other, both_there)
        second = threads.submit(try_to_take_the_role, other, people.sam, both_there)
        assert sorted([first.result(), second.result()]) == [False, True]
    assert Membership.objects.filter(roles__contains=[Role.SYSTEM_ADMINISTRATOR]).count() == 1
