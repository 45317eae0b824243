"""Rows of the administration pages, as the page components take them. Not the queries: those are selectors.py."""

from collections.abc import Collection, Iterable

from django.urls import reverse

from infoshare.govuk.components import Cell, Row

from .forms import FACTS
from .models import Membership, Organisation, Team, User

Line = list[object]
ORGANISATIONS = ("Organisation", "Kind", "People")
PEOPLE = ("Name", "E-mail address", "Team", "Roles", "Access")


def organisations(found: Iterable[Organisation]) -> list[Line]:
    return [
        [
            Cell(each.name, url=reverse("administration:organisation", args=[each.pk])),
            each.get_kind_display(),
            Cell(each.people, numeric=True),  # type: ignore[attr-defined]  # counted by selectors.organisations
        ]
        for each in found
    ]


def profile(organisation: Organisation) -> list[Row]:
    facts = "\n".join(choice for fact, choice in FACTS.items() if getattr(organisation, fact))
    review = organisation.policy_document_review_on
    rows = {
        "Kind": organisation.get_kind_display(),
        "In law, it is": facts or "Nothing that the form lists",
        "Policy document": organisation.policy_document or "Not given",
        "Document’s next review": f"{review:%-d %B %Y}" if review else "Not given",
    }
    return [Row(key, value) for key, value in rows.items()]


def teams(found: Iterable[Team]) -> list[Row]:
    return [
        Row(
            team.name,
            _people(team.people),  # type: ignore[attr-defined]  # counted by selectors.teams_of
            url=reverse("administration:rename_team", args=[team.organisation_id, team.pk]),
            action="Rename",
            about=team.name,
        )
        for team in found
    ]


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def people(found: Iterable[Membership], refused: Collection[int] = ()) -> list[Line]:
    """`refused` are the ids of people whose mail server takes no e-mail for them."""
    return [
        [
            Cell(each.user.name, url=reverse("administration:person", args=[each.organisation_id, each.pk])),
            each.user.email,
            each.team or "No team",
            ", ".join(each.role_names),
            standing(each.user)
            + (". Their mail server refuses our e-mails: check the address" if each.user_id in refused else ""),
        ]
        for each in found
    ]


def standing(user: User) -> str:
    """Whether the person can sign in. Not "disabled": that would say something else of a person."""
    if not user.is_active:
        return "Access stopped"
    return "Can sign in" if user.has_usable_password() else "Invited"
