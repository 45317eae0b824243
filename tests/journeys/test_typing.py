"""Long text outlives a closed browser: it is saved while it is typed."""

from collections.abc import Callable

from playwright.sync_api import expect

from decisions.cases import published

from .people import Person

EMAIL = "school.practitioner@example.org"
ANSWERS = next({given.question: given.answer for given in case.answers} for case in published() if case.id == "SCIE-03")


def test_reasons_are_there_on_another_device(person: Callable[..., Person]) -> None:
    worker = person(EMAIL)
    worker.start("typing")
    worker.answer_all(ANSWERS)
    worker.page.get_by_label("Your reasons, in your own words").press_sequentially("She is in danger")
    expect(worker.page.get_by_text("Saved at")).to_be_visible()
    address = worker.page.url
    worker.page.close()
    other = person(EMAIL, width=320)
    other.page.goto(address)
    assert other.page.get_by_label("Your reasons, in your own words").input_value() == "She is in danger"
    assert other.axe() == []
