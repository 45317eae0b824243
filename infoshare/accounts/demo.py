"""The demo's people: fictional organisations and one account per role, all with one password.

Not for a deployment: only `manage.py demo` calls this, and only with the embedded servers. What the demo's people have
recorded is made by the functions named in settings.DEMO_STEPS.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from . import services
from .models import Membership, Organisation, OrganisationKind, Team, User
from .permissions import SHELL
from .roles import Role
from .services import Profile

PASSWORD = "gentle-river-lantern"  # noqa: S105  # printed at every start; exists only on a machine that tries infoshare


class Body(NamedTuple):
    """One organisation of the demo; `people` names who has which role."""

    profile: Profile
    team: str
    people: dict[Role, str]


BODIES: dict[str, Body] = {
    "council": Body(
        Profile(
            name="Northbridge Council",
            kind=OrganisationKind.COUNCIL,
            public_authority=True,
            children_duty_body=True,
            health_or_social_care=True,
            policy_document="NC-APD-04: sensitive information in safeguarding",
        ),
        "Front door",
        {
            Role.PRACTITIONER: "Tomasz Wren",
            Role.IG_LEAD: "Adaeze Holt",
            Role.RECORDS_ADMINISTRATOR: "Gwen Marlow",
            Role.SYSTEM_ADMINISTRATOR: "Ravi Penrose",
        },
    ),
    "school": Body(
        Profile(
            name="Willow Lane Primary School",
            kind=OrganisationKind.STATE_SCHOOL,
            public_authority=True,
            children_duty_body=True,
        ),
        "Pastoral care",
        {
            Role.PRACTITIONER: "Bethan Clay",
            Role.IG_LEAD: "Kwame Foster",
            Role.RECORDS_ADMINISTRATOR: "Ines Harrow",
            Role.SYSTEM_ADMINISTRATOR: "Duncan Vale",
        },
    ),
    "surgery": Body(
        Profile(
            name="Mill Street Surgery",
            kind=OrganisationKind.GP_PRACTICE,
            public_authority=True,
            children_duty_body=True,
            health_or_social_care=True,
            policy_document="Information governance handbook, part 6",
        ),
        "Doctors and nurses",
        {Role.PRACTITIONER: "Leila Croft", Role.IG_LEAD: "Owen Strand"},
    ),
    "housing": Body(
        Profile(name="Harbour Homes", kind=OrganisationKind.HOUSING),
        "Tenancy support",
        {Role.PRACTITIONER: "Marcus Dell", Role.IG_LEAD: "Yasmin Rook"},
    ),
    "charity": Body(
        Profile(name="Kettle and Company Befriending", kind=OrganisationKind.CHARITY),
        "Volunteers",
        {Role.PRACTITIONER: "Joan Pickett", Role.IG_LEAD: "Samir Lowe"},
    ),
}


@dataclass(frozen=True)
class Account:
    """One line of the printed table."""

    organisation: str
    role: str
    name: str
    email: str


def email_of(body: str, role: Role) -> str:
    """Such as school.ig-lead@example.org."""
    return f"{body}.{role.value.replace('_', '-')}@example.org"


def member(body: str, role: Role) -> Membership:
    """The demo's person of that role, for functions in DEMO_STEPS: `member("school", Role.PRACTITIONER)`."""
    organisation = Organisation.objects.get(name=BODIES[body].profile["name"])
    found: Membership = Membership.objects.within(organisation).get(user__email=email_of(body, role))
    return found


def make_people() -> list[Account]:
    """Make who is missing; leave everybody else as they are."""
    hashed = ""
    for key, body in BODIES.items():
        organisation, team = _organisation(body)
        for role, name in body.people.items():
            email = email_of(key, role)
            if not User.objects.filter(email=email).exists():
                hashed = hashed or make_password(PASSWORD)
                _add(organisation, team, role, name, email, hashed)
    return [
        Account(body.profile["name"], role.label, name, email_of(key, role))
        for key, body in BODIES.items()
        for role, name in body.people.items()
    ]


def _organisation(body: Body) -> tuple[Organisation, Team]:
    found = Organisation.objects.filter(name=body.profile["name"]).first()
    organisation = found or services.create_organisation(by=SHELL, **body.profile)
    team = Team.objects.within(organisation).first()
    return organisation, team or services.add_team(by=SHELL, organisation=organisation, name=body.team)


def _add(organisation: Organisation, team: Team, role: Role, name: str, email: str, hashed: str) -> None:
    membership = services.add_person(
        by=SHELL, organisation=organisation, email=email, name=name, roles=[role], team=team
    )
    # One hash for all: making each its own would take longer than everything else here.
    User.objects.filter(pk=membership.user_id).update(password=hashed)
