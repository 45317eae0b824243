"""One record's whole life, on real pages in a real browser: recorded, due, objected to, kept with a reason, due again,
held, released, agreed by a second person, cooled off, disposed of, certified, and the log verified clean.

Time is moved by changing dates in the site's database; everything that a person does is done on a page, and the sweep
and the disposal are the running worker's. Each page is looked at for what axe finds, the lead's on a phone.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest

from tests.retention.waiting import until

from .people import Person
from .test_every_page import check

pytestmark = pytest.mark.slow
WHY = "The family moved away and nobody has asked for it since"


class Life:
    """The record and the three people around it. What they find wrong with a page is kept in `wrong`."""

    def __init__(self, person: Callable[..., Person], database: psycopg.Connection) -> None:
        self.database = database
        self.worker = person("school.practitioner@example.org")
        self.keeper = person("school.records-administrator@example.org")
        self.lead = person("school.ig-lead@example.org", width=320)
        self.wrong: list[str] = []
        self.reference = self._record()

    def _record(self) -> str:
        self.worker.go("/guide/emergency/")
        self.worker.page.locator('input[name="recipients"][value="ambulance"]').check()
        self.worker.page.get_by_label("What is happening?").fill("A fall from the climbing frame")
        self.worker.page.get_by_label("What did you, or will you, tell them?").fill("Where, and how long ago")
        self.worker.press("Record this now")
        return self.worker.page.url.split("/log/")[1].split("/")[0]

    def move(self, statement: str, *parameters: Any) -> None:
        self.database.execute(statement, [*parameters, self.reference])

    def look(self, who: Person) -> str:
        """What the page says; what axe finds is kept."""
        self.wrong += check(who)
        return who.text()

    def why(self, who: Person) -> str:
        who.go(f"/retention/records/{self.reference}/")
        return self.look(who)

    def sweep(self) -> None:
        """Run now, and wait on the run's page until the worker has finished."""
        self.keeper.go("/retention/")
        self.look(self.keeper)
        self.keeper.press("Run now")

        def finished() -> bool:
            self.keeper.page.reload()
            return self.keeper.heading() == "The sweep has finished"

        until(finished)
        self.look(self.keeper)

    def answer(self, choice: str, reason: str, until: date | None = None) -> None:
        self.why(self.keeper)
        self.keeper.press("Review it")
        self.look(self.keeper)
        self.keeper.page.get_by_label(choice).check()
        for part in ("day", "month", "year") if until else ():
            self.keeper.page.locator(f"input[name=keep_until_{part}]").fill(str(getattr(until, part)))
        self.keeper.page.get_by_label("Why?", exact=True).fill(reason)
        self.keeper.press("Ask a second person")
        assert "waits for a second person" in self.look(self.keeper)

    def agree(self) -> None:
        """The lead, from the list of what waits."""
        self.lead.go("/retention/waiting/")
        self.look(self.lead)
        self.lead.page.get_by_role("link", name=self.reference).first.click()
        self.lead.page.wait_for_url("**/answers/**")
        self.look(self.lead)
        self.lead.page.get_by_label("Yes", exact=True).check()
        self.lead.press("Save")
        self.look(self.lead)


@pytest.fixture
def life(person: Callable[..., Person], database: psycopg.Connection) -> Life:
    return Life(person, database)


def test_one_record_from_its_recording_to_its_certificate(life: Life) -> None:
    keeper, lead, worker = life.keeper, life.lead, life.worker

    # Recorded; the first sweep gives it its day.
    life.sweep()
    assert "recorded" in life.why(worker)
    assert "Then a person reviews it" in worker.text()

    # Due, six years on.
    past = "UPDATE retention_scheduleitem SET recorded_on = recorded_on - 2500, revision = 0 WHERE record_id = %s"
    life.move(past)
    life.sweep()
    assert "It has been due since" in life.why(worker)

    # Agreed to be destroyed, and objected to by its author, who was told.
    life.answer("Destroy it", WHY)
    life.agree()
    worker.go("/notices/")
    assert "is to be removed on" in life.look(worker)
    assert "Time left to object" in life.why(worker)
    worker.press("Object: it must stay")
    life.look(worker)
    worker.page.get_by_label("Why must it stay?").fill("The insurer has written to us")
    worker.press("Object")
    assert "It has been due since" in life.look(worker)

    # Kept with a reason, until a day; due again once that day has come.
    life.answer("Keep it longer", "The insurer has written to us", until=date(date.today().year + 2, 3, 1))
    life.agree()
    assert "Kept after a review until 1 March" in life.why(worker)
    life.move("UPDATE retention_scheduleitem SET kept_until = current_date - 1, revision = 0 WHERE record_id = %s")
    life.sweep()
    assert "It has been due since" in life.why(worker)

    # Held, and released by two people.
    keeper.go(f"/retention/holds/place/?record={life.reference}")
    life.look(keeper)
    keeper.page.get_by_label("What requires the hold?").fill("Letter of the insurer")
    keeper.page.get_by_label("Why are these records needed?").fill("A claim may follow")
    for part, value in (("day", "1"), ("month", "3"), ("year", str(date.today().year + 1))):
        keeper.page.locator(f"input[name=review_on_{part}]").fill(value)
    keeper.press("See what it covers")
    assert life.reference in life.look(keeper)
    keeper.press("Place the hold")
    assert "The hold is in force" in life.look(keeper)
    hold = keeper.page.url
    life.sweep()
    assert "A hold covers it" in life.why(worker)
    keeper.page.goto(hold)
    keeper.press("Ask to lift this hold")
    life.look(keeper)
    keeper.page.get_by_label("Why is the hold no longer needed?").fill("The claim is settled")
    keeper.press("Ask a second person")
    lead.go(hold.removeprefix(lead.site))
    lead.press("Look at the request")
    life.look(lead)
    lead.page.get_by_label("Yes", exact=True).check()
    lead.press("Save")
    life.sweep()
    assert "It has been due since" in life.why(worker)

    # Agreed by a second person, cooled off, disposed of by the worker.
    life.answer("Destroy it", "The claim is settled, and " + WHY.lower())
    life.agree()
    assert "agreed by two people" in life.why(worker)
    life.move(
        """UPDATE retention_answer SET not_before = now() FROM retention_reviewtask AS task
        WHERE task.id = task_id AND retention_answer.state = 'approved' AND task.record_id = %s"""
    )
    life.sweep()

    def gone() -> bool:
        keeper.go("/retention/certificates/")
        return life.reference in keeper.text()

    until(gone)
    worker.go(f"/log/{life.reference}/")
    assert worker.page.title().startswith("Page not found")

    # The certificate says who and why; the log verifies clean.
    life.look(keeper)
    keeper.page.get_by_role("link", name=life.reference).click()
    keeper.page.wait_for_url("**/certificates/*/")
    certificate = life.look(keeper)
    assert all(words in certificate for words in ("Ines Harrow", "Kwame Foster", "Limitation Act 1980"))
    assert "climbing frame" not in certificate
    with keeper.page.expect_download() as paper:
        keeper.page.get_by_role("button", name="Download as PDF").click()
    assert paper.value.suggested_filename == f"certificate-{life.reference}.pdf"
    asked = life.database.execute("SELECT now()").fetchone()
    lead.go("/seal/")
    lead.press("Verify the whole log now")
    read = "SELECT count(*) > 0 FROM ledger_verification WHERE whole AND started_at > %s AND finished_at IS NOT NULL"
    until(lambda: life.database.execute(read, asked).fetchone() == (True,))
    lead.go("/seal/")
    assert "The log is intact: nothing was found." in life.look(lead)
    assert life.wrong == []
