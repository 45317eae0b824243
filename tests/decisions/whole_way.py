"""A published case from start to receipt as its person goes, page by page. NOT what comes out: test_cases.py.

Every page is got, and what it asks is sent or its button pressed. So a page that is added to the way is counted without
being named here, and one that asks something new stops the walk and says where.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client

from decisions import cases, editions
from decisions.guide import telling
from decisions.models import Draft, Partner
from decisions.recipients import PEOPLE
from infoshare.accounts.models import Membership, Organisation
from tests.govuk.page import Element, Page
from tests.people import signed_in

from .walking import FOLLOW, IMPACT, ITEMS, PURPOSE, RECIPIENT, REFUSAL, answer_for, as_shown, of, url

MOST_PAGES = 60
ERRORS = "govuk-list govuk-error-summary__list"
# Read apart from what is asked: each option with its hint, what is folded away, what only a screen reader gets.
APART = {"govuk-radios__item", "govuk-checkboxes__item", "govuk-visually-hidden", "govuk-details"}
NAMED = {"recommendation": FOLLOW, "refusal": REFUSAL, "marks": {}, "record": {}, "letter": {"text": "No."}}
# On the days that the page suggests, and otherwise as it begins, where it begins with something.
TO_BE_TOLD = {"status": telling.TO_BE_TOLD, "safe_way": "In person, at the clinic"}
NOT_TOLD = {"status": telling.NOT_TOLD, "exemption": "objectives", "reason": "They could be hurt over it."}
SAID = {"unsafe": NOT_TOLD, "unsure": {"status": telling.NOT_TOLD}}


@dataclass(frozen=True)
class Seen:
    """One page that the person saw: the last word of its address, and the words on it besides the options."""

    name: str
    words: int
    question: bool


class Beside(Page):
    """The words of the main part that a person reads besides the options."""

    def __init__(self, html: str) -> None:
        self.words: list[str] = []
        super().__init__(html)

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        if any(each.name == "main" for each in self.within) and not any(map(is_apart, self.within)):
            self.words += data.split()


def is_apart(element: Element) -> bool:
    return element.name == "script" or bool(APART & set(element.attributes.get("class", "").split()))


def adopt_profile(organisation: Organisation, case: cases.Case) -> None:
    """Make it the organisation of the case."""
    organisation.kind = case.organisation["org_kind"]
    for field in ("public_authority", "children_duty_body", "competent_authority", "health_or_social_care"):
        setattr(organisation, field, case.organisation[f"org_{field}"] == "yes")
    organisation.policy_document = "Policy 12" if case.organisation["org_policy_document"] == "yes" else ""
    organisation.save()


class WholeWay:
    """One person with one case. `pages` are those seen, the start and the receipt too."""

    def __init__(self, person: Membership, case: cases.Case) -> None:
        adopt_profile(person.organisation, case)
        self.person = person
        self.client: Client = signed_in(person)
        self.ruleset = editions.get(case.edition)
        self.given = {each.question: each.answer for each in case.answers}
        self.pages: list[Seen] = []

    def go(self) -> list[Seen]:
        place = "/guide/start/"
        while not place.endswith("/recorded/"):
            assert len(self.pages) < MOST_PAGES, [page.name for page in self.pages]
            page, sent = self.look(place)
            if sent is None:
                place = self.landed(page.one("a", class_="govuk-button", role="button").attributes["href"])
                continue
            seen = [each.attributes["value"] for each in page.find("input", name="seen")]
            offered = as_shown(self.client.get(place).content.decode())
            response = self.client.post(place, {**offered, **sent, "seen": "".join(seen)})
            assert response.status_code == 302, (place, Page(response.content.decode()).one("ul", class_=ERRORS).text)
            place = self.landed(response.headers["Location"])
        self.look(place)
        return self.pages

    def landed(self, place: str) -> str:
        """Where a redirect leads in the end."""
        while (response := self.client.get(place)).status_code == 302:
            place = response.headers["Location"]
        return place

    def look(self, place: str) -> tuple[Beside, Mapping[str, Any] | None]:
        """The page of this address, and what the person enters there; None where they only press on."""
        page = Beside(self.client.get(place).content.decode())
        name = place.rstrip("/").rsplit("/", 1)[1]
        self.pages.append(Seen(name, len(page.words), self.is_question(name)))
        return page, self.sent(name) if page.find("form", method="post", novalidate="") else None

    def is_question(self, name: str) -> bool:
        return name in {question.id for question in self.ruleset.questions}

    def sent(self, name: str) -> Mapping[str, Any] | None:
        if name == "start":
            return {"case_reference": "4471"}
        if name in NAMED:
            return NAMED[name]
        if self.is_question(name):
            return {"answer": answer_for(self.ruleset.question(name), self.given)}
        match name:
            case "items":
                return {"items": "\n".join(ITEMS), **self.recipient()}
            case "link":
                return {"link": self.given.get("recipient_link", "no")}
            case "sharing":
                return self.table(Draft.objects.latest("started_at"))
            case "telling":
                draft = Draft.objects.latest("started_at")
                people = telling.needed(draft)
                return {name: value for person in people for name, value in self.told(draft, person).items()}
        return None

    def recipient(self) -> Mapping[str, Any]:
        """The best contact that the directory has of the kind; where it has none, an organisation and no role there."""
        kind = self.given.get("recipient", "other")
        listed = Partner.objects.filter(organisation=self.person.organisation, kind=kind).exclude(verified_on=None)
        partner = listed.order_by("-verified_on").first()
        nobody = {} if kind in PEOPLE else {"name": ""}
        return {"partner": str(partner.pk)} if partner else {"partner": "else", **RECIPIENT, "kind": kind, **nobody}

    def told(self, draft: Draft, person: telling.Somebody) -> dict[str, str]:
        return of(person.key, SAID.get(telling.said_before(draft, person), TO_BE_TOLD))

    def table(self, draft: Draft) -> Mapping[str, str]:
        """What is said beside what is offered: the harm, and the need where it is not offered."""
        offered = as_shown(self.client.get(url(draft, "sharing")).content.decode())
        sent = {**IMPACT} if offered["purpose"] else {**IMPACT, "purpose": PURPOSE}
        if draft.details["decision"]["decided"] == "share_limited":  # the last item stays out
            sent[[name for name in offered if name.startswith("cell-")][-1]] = "withhold"
        return sent
