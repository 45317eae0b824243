"""Five published cases, decided and recorded through the pages alone and read in the log by the IG lead."""

from collections.abc import Callable
from typing import Any

import pytest

from decisions.cases import Case, published
from decisions.outcomes import SHARES, Outcome

from .people import Person

# Case → the demo's organisation whose practitioner decides it.
WHERE = {"REV-01": "school", "ICO-E03": "housing", "MDU-08": "surgery", "SCIE-03": "charity", "MDDUS-01": "surgery"}
CASES = {case.id: case for case in published()}
SHARING = (
    "What they need\nNothing else",
    "Duty officer",
    "Eastmarsh Safeguarding Hub",
    "To keep someone safe",
    "telephone",
)

MakePerson = Callable[..., Person]


def decide(worker: Person, case: Case, seen: Callable[[Person], None] = lambda _: None) -> str:
    """From *Start* to the receipt; returns the record's reference."""
    answers = {given.question: given.answer for given in case.answers}
    worker.start(case.id)
    worker.answer_all(answers, seen)
    worker.decide_as_suggested("As the guide says.")
    if case.expected in SHARES:
        worker.share(*SHARING, seen=seen)
        worker.tell(seen)
    elif case.expected == Outcome.DO_NOT_SHARE:
        worker.refuse(seen)
    return worker.record()


@pytest.mark.slow
@pytest.mark.parametrize("case_id", WHERE)
def test_a_case_is_decided_on_a_phone_without_javascript_and_read_by_the_ig_lead(
    case_id: str, person: MakePerson
) -> None:
    case, body = CASES[case_id], WHERE[case_id]
    reference = decide(person(f"{body}.practitioner@example.org", width=320, javascript=False), case)
    lead = person(f"{body}.ig-lead@example.org")
    lead.go("/log/")
    with lead.page.expect_navigation():
        lead.page.locator(f'a[href="/log/{reference}/"]').click()
    assert Outcome(case.expected).label in lead.text()
    assert case_id in lead.text()
    assert "As the guide says." in lead.text()


ZOOMED = {"width": 640, "device_scale_factor": 2}  # 1280 pixels at 200 %
FORCED = {"forced_colors": "active"}
SIGHT: dict[str, dict[str, Any]] = {"ICO-E03": ZOOMED, "MDU-08": FORCED, "SCIE-03": {**ZOOMED, **FORCED}}


@pytest.mark.slow
@pytest.mark.parametrize("case_id", WHERE)
def test_a_case_is_decided_by_keyboard_alone(case_id: str, typist: MakePerson) -> None:
    """Some of them at 200 % zoom, some in forced colours; the focus is seen wherever it goes."""
    worker = typist(f"{WHERE[case_id]}.practitioner@example.org", **SIGHT.get(case_id, {}))
    wide: list[str] = []
    decide(worker, CASES[case_id], lambda at: None if at.fits() else wide.append(at.address))
    assert "Your receipt" in worker.text()
    assert wide == []


def test_from_start_to_receipt_on_a_phone_without_javascript(person: MakePerson) -> None:
    worker = person("school.practitioner@example.org", width=320, javascript=False)
    decide(worker, CASES["REV-01"])
    assert "Your receipt" in worker.text()


@pytest.mark.slow
def test_no_other_organisation_finds_it(person: MakePerson) -> None:
    reference = decide(person("housing.practitioner@example.org"), CASES["ICO-E03"])
    stranger = person("school.ig-lead@example.org")
    stranger.go(f"/log/{reference}/")
    assert stranger.heading() == "Page not found"
