"""Every page at two widths: nothing sticks out, axe finds nothing, the console stays empty."""

from collections.abc import Callable

import pytest

from .people import Person
from .test_five_cases import CASES, SHARING

MakePerson = Callable[..., Person]
WIDTHS = (1280, 320)
pytestmark = pytest.mark.slow
DESK = ("/desk/", "/desk/advice/", "/desk/clocks/", "/tasks/", "/notices/", "/notices/settings/")


def check(looker: Person, *paths: str) -> list[str]:
    """What is wrong on these pages; with no path, on the page that is open."""
    wrong = []
    for path in paths or (None,):
        if path:
            looker.go(path)
        wrong += [f"{looker.page.url}: {finding}" for finding in looker.axe()]
        if not looker.fits():
            wrong.append(f"{looker.page.url}: sticks out to the right")
    return wrong


@pytest.mark.parametrize("width", WIDTHS)
def test_the_guide_from_start_to_receipt(width: int, person: MakePerson) -> None:
    worker = person("school.practitioner@example.org", width=width)
    said: list[str] = []
    worker.page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    wrong = check(worker, "/", "/guide/start/")
    worker.start("4471")
    worker.press("Continue")
    wrong += check(worker)  # the question with its error
    answers = {given.question: given.answer for given in CASES["REV-01"].answers}
    worker.answer_all(answers, lambda at: wrong.extend(check(at)))
    wrong += check(worker)
    worker.press("Continue")
    wrong += check(worker)  # the decision with its errors
    worker.page.locator('input[name="choice"][value="follow"]').check()
    worker.page.get_by_label("Your reasons, in your own words").fill("Long reasons. " * 200)
    worker.press("Continue")
    wrong += check(worker)
    worker.share(*SHARING, seen=lambda at: wrong.extend(check(at)))
    worker.tell(lambda at: wrong.extend(check(at)))
    wrong += check(worker)
    reference = worker.record()
    wrong += check(worker)
    wrong += check(worker, f"/log/{reference}/", f"/log/{reference}/add/", "/log/", "/")
    assert wrong == []
    assert said == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_emergency_route(width: int, person: MakePerson) -> None:
    worker = person("charity.practitioner@example.org", width=width)
    wrong = check(worker, "/guide/emergency/")
    worker.page.locator('input[name="recipients"][value="other"]').check()
    worker.press("Record this now")
    wrong += check(worker)
    worker.page.locator('input[name="recipients"][value="other"]').uncheck()
    worker.page.locator('input[name="recipients"][value="ambulance"]').check()
    worker.page.get_by_label("What is happening?").fill("Barely conscious beside empty packets")
    worker.page.get_by_label("What did you, or will you, tell them?").fill("What was taken, and allergies")
    worker.press("Record this now")
    assert "Complete the reasons by" in worker.text()
    wrong += check(worker)
    assert wrong == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_desks(width: int, person: MakePerson) -> None:
    lead = person("council.ig-lead@example.org", width=width)
    directory = check(lead, "/partners/", "/partners/add/", "/partners/import/")
    wrong = check(
        lead,
        "/desk/",
        "/desk/advice/",
        "/desk/clocks/",
        "/tasks/",
        "/notices/",
        "/notices/settings/",
        "/log/",
        "/log/?decided=anonymise",
        "/log/charts/",
        "/log/drift/",
        "/log/drift/?by=month",
        "/log/evidence/",
        "/reviews/",
        "/log/?since_day=31&since_month=2&since_year=2026",
    )
    keeper = person("council.records-administrator@example.org", width=width)
    wrong += check(keeper, "/retention/", "/retention/simulate/")
    administrator = person("council.system-administrator@example.org", width=width)
    wrong += check(administrator, "/administration/")
    wrong += check(administrator, "/nothing/here/")
    assert directory + wrong == []
