"""The people of the tests, with fixed relations, made by the services: whoever reads a test knows who alice is.

school: alice and bob (practitioners, one team), irene (IG lead), rita (records administrator), sam (system
administrator). council: olga (practitioner), oscar (IG lead). nina works nowhere.
"""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password
from django.test import Client

from infoshare.accounts import services
from infoshare.accounts.models import Membership, Organisation, OrganisationKind, Team, User
from infoshare.accounts.permissions import SHELL
from infoshare.accounts.roles import Role

Person = Membership | User
# For the few tests that sign in by the form; see `with_password`.
PASSWORD = "apple-tractor-violin"


@dataclass(frozen=True)
class People:
    school: Organisation
    council: Organisation
    alice: Membership
    bob: Membership
    irene: Membership
    rita: Membership
    sam: Membership
    olga: Membership
    oscar: Membership
    nina: User


def make_people() -> People:
    school = services.create_organisation(
        by=SHELL,
        name="Ash Grove School",
        kind=OrganisationKind.STATE_SCHOOL,
        public_authority=True,
        children_duty_body=True,
    )
    council = services.create_organisation(
        by=SHELL,
        name="Eastmarsh Council",
        kind=OrganisationKind.COUNCIL,
        public_authority=True,
        children_duty_body=True,
        health_or_social_care=True,
        policy_document="Policy 12",
    )
    pastoral = services.add_team(by=SHELL, organisation=school, name="Pastoral")
    return People(
        school=school,
        council=council,
        alice=add("alice", school, Role.PRACTITIONER, team=pastoral),
        bob=add("bob", school, Role.PRACTITIONER, team=pastoral),
        irene=add("irene", school, Role.IG_LEAD),
        rita=add("rita", school, Role.RECORDS_ADMINISTRATOR),
        sam=add("sam", school, Role.SYSTEM_ADMINISTRATOR),
        olga=add("olga", council, Role.PRACTITIONER),
        oscar=add("oscar", council, Role.IG_LEAD),
        nina=User.objects.create_user("nina@example.org", "Nina Example"),
    )


def add(name: str, organisation: Organisation, *roles: Role, team: Team | None = None) -> Membership:
    """One more person, such as `add("pat", people.school, Role.IG_LEAD)`."""
    return services.add_person(
        by=SHELL,
        organisation=organisation,
        email=f"{name}@example.org",
        name=f"{name.capitalize()} Example",
        roles=list(roles),
        team=team,
    )


def user_of(person: Person) -> User:
    return person.user if isinstance(person, Membership) else person


def signed_in(person: Person) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user_of(person))
    return client


@cache
def hashed_password() -> str:
    """Made once: it is slow, as it should be."""
    return make_password(PASSWORD)


def with_password(person: Person) -> User:
    """The same person, who can sign in with PASSWORD."""
    user = user_of(person)
    user.password = hashed_password()
    user.save()
    return user
