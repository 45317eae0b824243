"""A record's whole life on the pages: due, objected to, kept with a reason, due again, held, released, agreed, gone.

Time is moved by back-dating rows; everything that a person does is done on a page.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decisions.models import DecisionRecord
from infoshare.ledger import verifying
from infoshare.ledger.models import Certificate
from retention import selectors, services, tasks
from retention.models import Answer, Hold, Lifting, ReviewTask, ScheduleItem
from tests.ledger.worker import sequence, worker
from tests.people import People, signed_in

from .records import recorded, years_ago

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def page(browser: Client, name: str, *arguments: Any, **told: Any) -> str:
    """What the person reads after having posted `told`, or on opening the page."""
    url = reverse(f"retention:{name}", args=arguments)
    answer = browser.post(url, told, follow=True) if told else browser.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def in_three_boxes(name: str, years: int) -> dict[str, int]:
    day = years_ago(-years)
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def sweep(people: People) -> ReviewTask | None:
    services.sweep(organisation=people.school, as_of=selectors.today())
    return ReviewTask.objects.filter(state="open").first()


def answered(browser: Client, task: ReviewTask, **told: Any) -> int:
    assert "waits for a second person" in page(browser, "review", task.pk, **told)
    return int(Answer.objects.latest("pk").pk)


def test_a_whole_life(people: People) -> None:
    rita, irene, alice = (signed_in(each) for each in (people.rita, people.irene, people.alice))
    (record,) = recorded(people.alice, years_ago(7))
    task = sweep(people)
    assert task is not None
    assert "6 years" in page(alice, "record", record.pk)

    first = answered(rita, task, kind="destroy", reason="Nothing since")
    page(irene, "decide_answer", first, decision="yes")
    assert "Time left to object" in page(rita, "review", task.pk)
    assert "The record stays" in page(alice, "object", first, because="The case is open again")

    kept = answered(rita, task, kind="keep", reason="The case is open again", **in_three_boxes("keep_until", 1))
    page(irene, "decide_answer", kept, decision="yes")
    assert "kept after a review until" in page(alice, "record", record.pk).lower()
    assert sweep(people) is None
    ScheduleItem.objects.update(kept_until=years_ago(0), due_on=years_ago(0))

    told = {"scope": "record", "record": record.pk, "mandate": "A claim", "reason": "Needed in court", "step": "save"}
    assert "The hold is in force" in page(rita, "place_hold", **told, **in_three_boxes("review_on", 1))
    assert sweep(people) is None
    assert "A hold covers it" in page(irene, "record", record.pk)
    page(rita, "lift_hold", Hold.objects.get().pk, reason="Settled")
    assert "The hold is lifted" in page(irene, "decide_lifting", Lifting.objects.get().pk, decision="yes")

    again = sweep(people)
    assert again is not None
    last = answered(irene, again, kind="destroy", reason="Settled, and nothing since")
    page(rita, "decide_answer", last, decision="yes")
    Answer.objects.filter(pk=last).update(not_before=timezone.now() - timedelta(seconds=1))
    with worker():
        tasks.dispose.apply(throw=True)

    assert not DecisionRecord.objects.filter(pk=record.pk).exists()
    assert record.pk in page(rita, "certificates")
    certificate = page(irene, "certificate", Certificate.objects.get().pk)
    assert people.rita.user.name in certificate
    assert people.irene.user.name in certificate
    sequence()
    with worker():
        assert verifying.verify(verifying.Wish()).findings.found == []
