"""The six pages from the recommendation to the receipt, by keyboard alone and looked at by axe, with their warnings."""

from collections.abc import Callable

import pytest

from .people import ADDRESS, HARM, WHAT, Person
from .test_every_page import check
from .test_five_cases import CASES

pytestmark = pytest.mark.slow
MakePerson = Callable[..., Person]
HEADINGS = [
    "What, and to whom?",
    "Does any of it show one of these?",
    "Who gets what?",
    "Have they been told what is shared?",
]


def receive_unchecked(worker: Person) -> None:
    page = worker.page
    worker.write(page.get_by_label(WHAT), "Home address\nNotes of bruises")
    worker.tick(page.locator('input[name="partner"][value="else"]'))
    worker.write(page.locator("#id_organisation"), "Eastmarsh Risk Conference")
    worker.choose(page.get_by_label("What kind of recipient?"), "meeting")
    worker.choose(page.get_by_label("How will you send it?"), "case_system")
    worker.write(page.get_by_label(ADDRESS), "Portal")
    worker.tick(page.get_by_label("Not checked yet"))
    worker.press("Continue")


@pytest.mark.parametrize("width", [1280, 320])
def test_an_unchecked_service_and_people_who_cannot_safely_be_told(width: int, typist: MakePerson) -> None:
    worker = typist("school.practitioner@example.org", width=width)
    headings: list[str] = []
    wrong: list[str] = []

    def look() -> None:
        headings.append(worker.heading())
        wrong.extend(check(worker))

    worker.start("4471")
    worker.answer_all({each.question: each.answer for each in CASES["REV-01"].answers} | {"tell_parent": "unsure"})
    wrong += check(worker)  # the recommendation, with the decision at its end
    worker.decide_as_suggested("As the guide says.")
    look()
    receive_unchecked(worker)
    look()
    worker.press("Continue")  # what its words suggest is marked
    look()
    assert "Check who this is before you send it" in worker.text()
    worker.write(worker.page.get_by_label(HARM), "They may be upset.")
    worker.press("Continue")
    look()
    worker.press("Continue")
    wrong += check(worker)
    assert "Check who this is before you send it" in worker.text()
    worker.record()
    wrong += check(worker)
    assert "Ring them first" in worker.text()
    assert headings == HEADINGS
    assert wrong == []
