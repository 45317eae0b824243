"""Carrying out what two people agreed on: in the worker, after the days, checked again, and nothing personal stays."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions import services as decisions
from decisions.models import Confirmation, DecisionRecord, Export, RecordRead
from infoshare.accounts.models import Membership, Organisation
from infoshare.ledger import verifying
from infoshare.ledger.models import Certificate
from infoshare.notices.kinds import Kind
from infoshare.notices.models import Notice
from infoshare.notices.services import notify
from retention import selectors, services, tasks
from retention.models import Answer, ReviewTask, ScheduleItem, Scope, TriggerEntry
from retention.schedule import Trigger
from tests.decisions.test_reviews import reviewed
from tests.decisions.walking import recorded as walked
from tests.ledger.worker import sequence, worker
from tests.people import People, signed_in

from .records import changed, recorded, years_ago

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


def test_notices_that_lead_to_it_go_with_it(people: People) -> None:
    answer = agreed(people)
    (another,) = recorded(people.alice, years_ago(1))
    gone, stay = (
        [reverse(f"{room}:record", args=[reference]) for room in ("log", "retention")]
        for reference in (answer.task.record_id, another.pk)
    )
    alice = people.alice
    for url in (*gone, *stay):
        kind, words = Kind.REVIEW, "Somebody looked"
        notify(person=alice.user, organisation=alice.organisation, kind=kind, words=words, url=url, key=url)
    run()
    assert set(Notice.objects.filter(kind=Kind.REVIEW).values_list("url", flat=True)) == set(stay)


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


def real(people: People, **more: Any) -> Answer:
    """A record that came through the guide, due for long, and a waiting answer to its review."""
    record = walked(people.alice)
    ScheduleItem.objects.create(record=record, organisation=people.school, recorded_on=years_ago(7))
    services.sweep(organisation=people.school, as_of=selectors.today())
    task = ReviewTask.objects.get(record=record)
    return services.answer_review(task=task, by=people.rita, reason="The case has moved", **more)


def test_a_transfer_goes_only_with_its_bundle_and_its_receipt(people: People) -> None:
    """From the review's page: the bundle first, then the receipt, then the days, and only then it goes."""
    answer = real(people, kind=TRANSFER, transferred_to="Beech Lane School")
    rita = signed_in(people.rita)
    take = reverse("retention:bundle", args=[answer.pk])
    assert rita.post(take).status_code == 404
    services.decide_answer(answer=answer, by=people.irene, approve=True)
    Answer.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    run()
    sequence()
    review = reverse("retention:review", args=[answer.task_id])
    assert "Take the bundle first" in rita.get(review).content.decode()
    packed = rita.post(take).content
    said = hashlib.sha256(packed).hexdigest()
    assert {"record.pdf", "check_bundle.py"} <= set(zipfile.ZipFile(io.BytesIO(packed)).namelist())
    assert Export.objects.get().reason == "Passed on to Beech Lane School"
    assert RecordRead.objects.filter(reader=people.rita.user).exists()
    assert said in rita.get(review).content.decode()
    run()
    assert state() == "approved"
    told = {"transferred_to": "Somebody else", "receipt": "BL-12"}
    page = rita.post(reverse("retention:receipt", args=[answer.pk]), told, follow=True).content.decode()
    assert "Done: BL-12" in page
    run()
    content = Certificate.objects.get().content
    assert (content["receipt"], content["bundle_sha256"]) == ("BL-12", said)
    assert content["transferred_to"] == "Beech Lane School"  # as two people agreed, whatever is posted with the receipt
    assert said in rita.get(reverse("retention:certificate", args=[Certificate.objects.get().pk])).content.decode()


def test_a_restricted_record_is_taken_only_by_whom_it_is_open_to(people: People) -> None:
    answer = real(people, kind=TRANSFER, transferred_to="Beech Lane School")
    services.decide_answer(answer=answer, by=people.irene, approve=True)
    record = DecisionRecord.objects.get()
    decisions.restrict(record=record, by=people.irene, readers=[people.irene], reason="A colleague's child")
    sequence()
    take = reverse("retention:bundle", args=[answer.pk])
    rita = signed_in(people.rita)
    assert rita.post(take).status_code == 403
    assert "Somebody who may read it" in rita.get(reverse("retention:review", args=[answer.task_id])).content.decode()
    assert signed_in(people.irene).post(take)["Content-Type"] == "application/zip"


def test_a_transfer_without_a_receipt_is_asked_about_each_week(people: People) -> None:
    answer = agreed(people, TRANSFER, transferred_to="Beech Lane School")
    Answer.objects.filter(pk=answer.pk).update(decided_at=timezone.now() - timedelta(days=8))
    for _ in range(2):
        services.sweep(organisation=people.school, as_of=selectors.today())
    words = Notice.objects.filter(person=people.rita.user, words__contains="no receipt yet")
    assert words.count() == 1


def test_its_author_is_told_and_finds_how_to_object(people: People) -> None:
    answer = agreed(people, cooled=False)
    notice = Notice.objects.get(person=people.alice.user, words__contains="is to be removed on")
    alice = signed_in(people.alice)
    page = alice.get(notice.url).content.decode()
    assert "Time left to object" in page
    assert reverse("retention:object", args=[answer.pk]) in page
    assert "Go to its review" not in page


def confirm(record: DecisionRecord, people: People) -> None:
    kind, said = Confirmation.Kind.SENT, {"whom": "Hub", "how": "Post", "note": ""}
    today = selectors.today()
    decisions.confirm(record=record, by=people.alice, kind=kind, happened_on=today, key=uuid4(), said=said)


def correct_a_date(record: DecisionRecord, people: People) -> None:
    services.enter_date(record=record, by=people.alice, trigger=Trigger.BIRTH, day=years_ago(11), reason="A slip")


def go_on_from_it(record: DecisionRecord, people: People) -> None:
    recorded(people.alice, timezone.now(), follows=record)


@pytest.mark.parametrize("happens", [confirm, correct_a_date, go_on_from_it])
def test_whatever_comes_to_the_record_stops_it(
    people: People, happens: Callable[[DecisionRecord, People], None]
) -> None:
    answer = agreed(people)
    happens(DecisionRecord.objects.get(), people)
    run()
    answer.refresh_from_db()
    assert (answer.state, answer.ended_because) == (
        "cancelled",
        "Something was added to the record after the answer was given.",
    )
    assert DecisionRecord.objects.filter(pk=answer.task.record_id).exists()


def test_a_review_of_an_ig_lead_stops_it(people: People) -> None:
    answer = real(people, kind=DESTROY)
    services.decide_answer(answer=answer, by=people.irene, approve=True)
    reviewed(DecisionRecord.objects.get(), people.irene)
    Answer.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    run()
    answer.refresh_from_db()
    assert (answer.state, state()) == ("cancelled", "due")


def test_a_rule_that_grew_while_it_cooled_off_stops_it(people: People) -> None:
    answer = agreed(people)
    changed(people.rita, "decision_log", years=20)
    run()
    answer.refresh_from_db()
    assert answer.ended_because == "By today’s rules the record is kept longer."
    item = ScheduleItem.objects.get()
    assert (item.state, item.due_on) == ("waiting", years_ago(-13))
    assert ReviewTask.objects.get().state == "withdrawn"


def test_a_record_goes_before_the_one_that_goes_on_from_it(people: People) -> None:
    (first,) = recorded(people.alice, years_ago(7))
    (later,) = recorded(people.alice, years_ago(1), follows=first)
    services.sweep(organisation=people.school, as_of=selectors.today())
    asked = services.answer_review(task=ReviewTask.objects.get(), by=people.rita, kind=DESTROY, reason="x")
    services.decide_answer(answer=asked, by=people.irene, approve=True)
    Answer.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    run()
    assert DecisionRecord.objects.get() == later
    assert later.follows_id == first.pk
    sequence()
    with worker():
        assert verifying.verify(verifying.Wish()).findings.found == []


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
