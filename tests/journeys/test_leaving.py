"""Leave quickly in a real browser: by the button and by the key. What was typed is there on return; Back is not."""

from collections.abc import Callable

import pytest

from .people import Person

MakePerson = Callable[..., Person]
ELSEWHERE = "https://www.bbc.co.uk/weather"


def leave(worker: Person, by_key: bool) -> None:
    if by_key:
        for _ in range(3):
            worker.page.keyboard.press("Shift")
    else:
        worker.page.get_by_role("button", name="Leave quickly").click()
    worker.page.wait_for_url(ELSEWHERE)


@pytest.mark.parametrize("by_key", [False, True])
def test_nothing_half_typed_is_lost_and_the_page_is_gone_from_the_history(by_key: bool, person: MakePerson) -> None:
    worker = person("charity.practitioner@example.org")
    worker.page.context.route(ELSEWHERE, lambda route: route.fulfill(body="<title>Weather</title>"))
    worker.go("/guide/emergency/")
    worker.page.get_by_label("What is happening?").fill("Half a sent")
    with worker.page.expect_request("**/guide/keep/"):
        leave(worker, by_key)
    assert worker.page.title() == "Weather"
    worker.page.go_back()
    assert "emergency" not in worker.page.url
    worker.go("/guide/emergency/")
    assert worker.page.get_by_label("What is happening?").input_value() == "Half a sent"


def test_a_choice_not_yet_sent_is_kept_with_the_draft(person: MakePerson) -> None:
    worker = person("charity.practitioner@example.org")
    worker.page.context.route(ELSEWHERE, lambda route: route.fulfill(body="<title>Weather</title>"))
    worker.start()
    address = worker.page.url
    worker.page.locator('input[name="answer"][value="no"]').check()
    with worker.page.expect_request("**/typed/"):
        leave(worker, by_key=False)
    worker.page.goto(address)
    assert worker.page.locator('input[name="answer"][value="no"]').is_checked()
