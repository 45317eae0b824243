"""Practice: the guide's questions on known cases, apart from drafts and log, compared with the model answers."""

import re

import pytest
from django.test import Client

from decisions.engine import ask
from decisions.models import DecisionRecord, Draft, PracticeSitting
from decisions.practice import library, sittings
from infoshare.accounts.models import Membership
from tests.people import signed_in

pytestmark = pytest.mark.django_db
CASE = library.find("REV-01")
assert CASE is not None


def answered(person: Membership, change: dict[str, str] | None = None) -> tuple[Client, PracticeSitting]:
    """All questions of REV-01 answered as the model answers them, but for `change`."""
    assert CASE is not None
    practice = sittings.start(by=person, case=CASE)
    prepared = {given.question: given.answer for given in CASE.answers} | (change or {})
    while question := sittings.sitting(practice, CASE).next_question:
        value = prepared.get(question.id, [] if question.kind == "checkboxes" else "unsure")
        sittings.answer(practice, CASE, question, ask.check_answer(question, value))
    return signed_in(person), practice


def test_the_twenty_two_and_ten_more_are_offered(alice: Membership) -> None:
    assert (len(library.published()), len(library.fictional())) == (22, 10)
    page = signed_in(alice).get("/practice/").content.decode()
    assert page.count("Not started") == 32
    assert not re.search(r"https?://|made for this project| ;", page)  # nobody listens to addresses in a list


def test_a_case_can_be_understood_alone() -> None:
    """It does not go on from another, which the person may not have read."""
    goes_on = re.compile(r"^(?:The s|S)ame\b|\bthe same (?:\d|\w+ situation)", re.M)
    cases = (*library.published(), *library.fictional())
    assert not [case.id for case in cases if goes_on.search(f"{case.title}\n{case.facts}")]


def test_every_page_says_that_it_is_practice(alice: Membership) -> None:
    client, practice = answered(alice)
    pages = ["/practice/", "/practice/cases/REV-01/", f"/practice/{practice.pk}/danger_now/"]
    for path in [*pages, f"/practice/{practice.pk}/compare/"]:
        assert "This is not a real decision" in client.get(path).content.decode(), path


def test_the_model_answers_have_nothing_that_differs(alice: Membership) -> None:
    client, practice = answered(alice)
    page = client.get(f"/practice/{practice.pk}/compare/").content.decode()
    assert "agrees with the model answer" in page
    assert "All your answers are the model answers" in page


def test_an_answer_that_differs_is_shown_with_the_words_of_the_case(alice: Membership) -> None:
    client, practice = answered(alice, {"harm_subject": "no_harm"})
    page = client.get(f"/practice/{practice.pk}/compare/").content.decode()
    assert "losing weight and, on different days, bruised" in page
    assert "Where you answered differently" in page


def test_it_leaves_no_draft_and_no_record(alice: Membership) -> None:
    client = signed_in(alice)
    client.post("/practice/cases/REV-01/start/")
    practice = PracticeSitting.objects.get()
    client.post(f"/practice/{practice.pk}/danger_now/", {"answer": "unsure"})
    practice.refresh_from_db()
    assert practice.answers == {"danger_now": "unsure"}
    assert not Draft.objects.exists()
    assert not DecisionRecord.objects.exists()


def test_starting_again_forgets_the_answers(alice: Membership) -> None:
    client, practice = answered(alice)
    client.post("/practice/cases/REV-01/start/")
    practice.refresh_from_db()
    assert practice.answers == {}


def test_a_wrong_answer_is_told_and_kept(alice: Membership) -> None:
    client, practice = answered(alice)
    response = client.post(f"/practice/{practice.pk}/danger_now/", {})
    assert "There is a problem" in response.content.decode()


def test_another_persons_practice_is_not_found(alice: Membership, bob: Membership) -> None:
    _, practice = answered(alice)
    assert signed_in(bob).get(f"/practice/{practice.pk}/").status_code == 404
