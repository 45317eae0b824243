"""Who gets what, by single keys: each chooses, goes on to the next cell, and the sum says what comes of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .people import HARM, WHAT, Person
from .test_five_cases import CASES

ITEMS = "Attendance since September\nHome address\nNotes of bruises"


@pytest.mark.slow
def test_share_redact_and_withhold_by_one_key_each(typist: Callable[..., Person]) -> None:
    worker = typist("school.practitioner@example.org")
    worker.start("keys")
    worker.answer_all({given.question: given.answer for given in CASES["REV-01"].answers})
    worker.decide_as_suggested("He is hungry and bruised.")
    page, keyboard = worker.page, worker.page.keyboard
    worker.write(page.get_by_label(WHAT), ITEMS)
    worker.receive("Duty officer", "Eastmarsh Safeguarding Hub", "telephone")
    worker.write(page.get_by_label("What do they need it for?"), "To keep someone safe")
    worker.tick(page.locator('.app-cells input[value="share"]').first)
    for key in ("s", "R", "w"):
        keyboard.press(key)
    chosen = page.locator(".app-cells input:checked")
    assert [radio.get_attribute("value") for radio in chosen.all()] == ["share", "redact", "withhold"]
    expect(page.locator(".app-cells input:focus")).to_have_value("withhold")
    expect(page.locator("[data-sum]")).to_have_text(
        "Duty officer, Eastmarsh Safeguarding Hub will get 2 items, 1 of them in part."
    )
    taken_out = page.get_by_label("If you send part: what do you take out?").nth(1)
    expect(taken_out).to_be_visible()  # the key opened it
    keyboard.press("Control+s")  # with another key it is the browser's
    assert chosen.last.get_attribute("value") == "withhold"
    worker.write(taken_out, "the street")
    worker.write(page.get_by_label(HARM), "They may be upset.")
    worker.press("Continue")
    assert worker.heading() == "Have they been told what is shared?"
