"""The guide's pages with their errors, and with the longest of texts: nothing sticks out, and axe finds nothing."""

from collections.abc import Callable

import pytest

from .people import ADDRESS, HARM, WHAT, Person
from .test_every_page import check
from .test_five_cases import CASES

pytestmark = pytest.mark.slow
MakePerson = Callable[..., Person]
LONG = "Donaudampfschifffahrtsgesellschaftskapitän " * 4  # one item, of long words
ASKED_AND_REFUSED = "MDDUS-04"


def decided(worker: Person, case_id: str, **other: str) -> None:
    worker.start(case_id)
    worker.answer_all({given.question: given.answer for given in CASES[case_id].answers} | other)
    worker.decide_as_suggested("As the guide says.")


def test_of_sharing_and_telling(person: MakePerson) -> None:
    worker = person("school.practitioner@example.org", width=320)
    decided(worker, "REV-01", tell_parent="unsafe")
    page, wrong = worker.page, []

    def go_wrong(button: str = "Continue") -> None:
        worker.press(button)
        assert page.get_by_text("There is a problem").count(), f"{worker.address} has no error to look at"
        wrong.extend(check(worker))

    go_wrong()
    worker.tick(page.locator('input[name="partner"]').first)  # of the directory, and typed as well
    worker.write(page.get_by_label(WHAT), f"{LONG}\nHome address\nWhat the neighbour told us")
    worker.tick(page.locator('input[name="partner"][value="else"]'))
    worker.write(page.get_by_label(ADDRESS), LONG)
    worker.tick(page.locator('input[name="partner"]').first)
    go_wrong()
    worker.receive(LONG, LONG, "telephone")
    worker.follow("Mark what shows where someone is, or who told you")
    wrong += check(worker)  # marks, some of them ticked
    worker.press("Continue")
    worker.write(page.get_by_label("What do they need it for?"), "")
    worker.tick(page.locator('.app-cells input[value="redact"]').first)
    go_wrong()
    worker.write(page.get_by_label("If you send part: what do you take out?").first, LONG)
    worker.write(page.get_by_label("What do they need it for?"), LONG)
    worker.write(page.get_by_label(HARM), LONG)
    worker.press("Continue")
    go_wrong()
    for answer in ("to_be_told", "not_told"):
        for choice in page.locator(f'input[value="{answer}"]').all():
            worker.tick(choice)
        go_wrong()
    worker.tell(lambda at: wrong.extend(check(at)))
    wrong += check(worker)  # the last look
    assert wrong == []


def test_of_a_refusal(person: MakePerson) -> None:
    worker = person("surgery.practitioner@example.org", width=320)
    decided(worker, ASKED_AND_REFUSED)
    worker.press("Continue")
    wrong = check(worker)
    worker.refuse(lambda at: wrong.extend(check(at)))
    wrong += check(worker)
    reference = worker.record()
    wrong += check(worker, f"/log/{reference}/", f"/log/{reference}/words/letter/")
    worker.write(worker.page.get_by_label("The words"), "")
    worker.press("Get these words as a PDF")
    wrong += check(worker)
    assert wrong == []


def test_of_changing_an_answer_in_two_tabs(person: MakePerson) -> None:
    worker = person("school.practitioner@example.org", width=320)
    worker.start("4471")
    address = worker.address.rsplit("/", 2)[0]
    worker.answer_all({given.question: given.answer for given in CASES["REV-01"].answers})
    worker.page.goto(f"{address}/subject/")
    other = Person(worker.page.context.new_page(), worker.site)
    other.page.goto(f"{address}/subject/")
    worker.tick(worker.page.locator('input[name="answer"][value="list"]'))
    worker.press("Continue")
    wrong = check(worker)
    assert worker.heading() == "1 answer no longer applies"
    worker.press("Change my answer")
    other.tick(other.page.locator('input[name="answer"][value="adult"]'))
    other.press("Continue")
    if other.page.get_by_role("button", name="Change my answer").count():
        other.press("Change my answer")
    assert "In another tab or on another device" in other.text()
    wrong += check(other)
    wrong += [finding for page in ("overview", "history", "ask", "delete") for finding in go_to(other, address, page)]
    assert wrong == []


def go_to(worker: Person, address: str, page: str) -> list[str]:
    worker.page.goto(f"{address}/{page}/")
    return check(worker)
