"""Carrying out what two people agreed on: in the worker, after the days, checked again, and nothing personal stays."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions import services as decisions
from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership, Organisation
from infoshare.ledger.models import Certificate
from retention import selectors, services, tasks
from retention.models import Answer, ReviewTask, ScheduleItem, Scope, TriggerEntry
from retention.schedule import Trigger
from tests.ledger.worker import worker
from tests.people import People, signed_in

from .records import recorded, years_ago

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
DESTROY, TRANSFER = Answer.Kind.DESTROY, Answer.Kind.TRANSFER


def agreed(people: People, kind: Answer.Kind = DESTROY, cooled: bool = True, **more: Any) -> Answer:
    """A record that two people agreed to dispose of; its cooling-off is over unless told otherwise."""
    (record,) = recorded(people.alice, years_ago(7))
    services.sweep(organisation=people.school, as_of=selectors.today())
    services.enter_date(record=record, by=people.alice, trigger=Trigger.BIRTH, day=years_ago(12))
    task = ReviewTask.objects.get(record=record)
    asked = services.answer_review(task=task, by=people.rita, kind=kind, reason="Nobody needs it", **more)
    answer = services.decide_answer(answer=asked, by=people.irene, approve=True)
    if cooled:
        Answer.objects.filter(pk=answer.pk).update(not_before=timezone.now() - timedelta(seconds=1))
    return answer


def run() -> None:
    with worker():
        tasks.dispose.apply(throw=True)


def state() -> str:
    return ScheduleItem.objects.get().state


def test_it_goes_and_a_certificate_stays(people: People) -> None:
    answer = agreed(people)
    run()
    assert not DecisionRecord.objects.exists()
    content = Certificate.objects.get().content
    assert content["records"] == [answer.task.record_id]
    assert (content["rule"], content["rule_version"]) == ("Decisions to share or not to share", 1)
    assert (content["proposed_by"], content["approved_by"]) == (people.rita.user_id, people.irene.user_id)
    item = ScheduleItem.objects.get()
    assert (item.state, item.born_on, item.case_index) == ("disposed", None, None)
    assert not TriggerEntry.objects.exists()
    answer.refresh_from_db()
    assert (answer.state, answer.reason) == ("done", "")


def test_the_web_could_not(people: People) -> None:
    agreed(people)
    tasks.dispose.apply(throw=True)
    assert DecisionRecord.objects.exists()
    assert state() == "approved"


def test_not_while_it_cools_off(people: People) -> None:
    agreed(people, cooled=False)
    run()
    assert state() == "approved"


def test_a_hold_placed_meanwhile_stops_it(people: People) -> None:
    answer = agreed(people)
    review_on = selectors.today() + timedelta(days=9)
    told: dict[str, Any] = {"mandate": "A claim", "reason": "Needed", "review_on": review_on}
    services.place_hold(organisation=people.school, by=people.rita, scope=Scope.ORGANISATION, **told)
    run()
    answer.refresh_from_db()
    assert (state(), answer.state, answer.ended_because) == ("held", "cancelled", "A hold covers the record.")
    assert DecisionRecord.objects.exists()


def test_anything_new_on_the_record_stops_it(people: People) -> None:
    answer = agreed(people)
    decisions.amend(record=DecisionRecord.objects.get(), by=people.alice, text="They came back.", key=uuid4())
    run()
    answer.refresh_from_db()
    assert (state(), answer.state) == ("due", "cancelled")
    assert DecisionRecord.objects.exists()


def test_what_was_added_before_the_answer_stops_nothing(people: People) -> None:
    (record,) = recorded(people.alice, years_ago(7))
    decisions.amend(record=record, by=people.alice, text="They came back.", key=uuid4())
    services.sweep(organisation=people.school, as_of=selectors.today())
    asked = services.answer_review(task=ReviewTask.objects.get(), by=people.rita, kind=DESTROY, reason="x")
    services.decide_answer(answer=asked, by=people.irene, approve=True)
    Answer.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    run()
    assert state() == "disposed"


def test_a_transfer_goes_only_with_its_receipt(people: People) -> None:
    answer = agreed(people, TRANSFER, transferred_to="Beech Lane School")
    run()
    assert DecisionRecord.objects.exists()
    told = {"transferred_to": "Beech Lane School", "receipt": "BL-12"}
    services.note_receipt(answer=answer, by=people.rita, **told)
    run()
    assert Certificate.objects.get().content["receipt"] == "BL-12"


def test_twice_is_once_and_one_that_may_not_go_stops_no_other(people: People) -> None:
    stopped = agreed(people)
    ScheduleItem.objects.filter(pk=stopped.task.record_id).update(state="due")
    (record,) = recorded(people.alice, years_ago(7))
    services.sweep(organisation=people.school, as_of=selectors.today())
    asked = services.answer_review(task=ReviewTask.objects.get(record=record), by=people.rita, kind=DESTROY, reason="x")
    services.decide_answer(answer=asked, by=people.irene, approve=True)
    Answer.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    run()
    run()
    assert Certificate.objects.count() == 1
    assert [each.pk for each in DecisionRecord.objects.all()] == [stopped.task.record_id]


def test_the_certificates_pages(people: People, school: Organisation, council: Organisation, oscar: Membership) -> None:
    browser = signed_in(people.rita)
    assert "Nothing has been disposed of" in browser.get(reverse("retention:certificates")).content.decode()
    answer = agreed(people)
    reference = answer.task.record_id
    run()
    assert reference in browser.get(reverse("retention:certificates")).content.decode()
    certificate = Certificate.objects.get()
    page = browser.get(reverse("retention:certificate", args=[certificate.pk])).content.decode()
    assert people.irene.user.name in page
    assert "Limitation Act 1980" in page
    paper = browser.get(reverse("retention:certificate_pdf", args=[certificate.pk]))
    assert paper.content.startswith(b"%PDF-")
    for name in ("certificate", "certificate_pdf"):
        assert signed_in(oscar).get(reverse(f"retention:{name}", args=[certificate.pk])).status_code == 404
    assert reference not in signed_in(oscar).get(reverse("retention:certificates")).content.decode()
    review = browser.get(reverse("retention:review", args=[answer.task_id])).content.decode()
    assert "It has been disposed of" in review or "disposed of" in review
