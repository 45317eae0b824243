"""Disposal reviews: three answers, a second person, cooling off, objections. What carries them out is elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from infoshare.accounts.models import Membership, Organisation
from retention import selectors, services, worklists
from retention.models import Answer, ReviewTask, ScheduleItem
from retention.schedule import add_whole_years
from tests.people import People, signed_in

from .records import changed, recorded, reviews, states, years_ago

pytestmark = pytest.mark.django_db
DESTROY, KEEP, TRANSFER = Answer.Kind.DESTROY, Answer.Kind.KEEP, Answer.Kind.TRANSFER


def sweep(organisation: Organisation) -> None:
    services.sweep(organisation=organisation, as_of=selectors.today())


@pytest.fixture
def task(school: Organisation, alice: Membership) -> ReviewTask:
    recorded(alice, years_ago(7))
    sweep(school)
    return ReviewTask.objects.get()


def answer(task: ReviewTask, by: Membership, kind: Answer.Kind = DESTROY, **more: Any) -> Answer:
    return services.answer_review(task=task, by=by, kind=kind, reason="No longer needed", **more)


def state() -> str:
    return ScheduleItem.objects.get().state


def test_a_longer_rule_that_nobody_adopted_is_named_before_a_record_goes(
    school: Organisation, alice: Membership, rita: Membership, irene: Membership
) -> None:
    """Destroying first and adopting after would be too late."""
    recorded(alice, years_ago(7), subject="child", harm_subject="significant")
    sweep(school)
    task = ReviewTask.objects.get()
    said = "Not adopted, but it would keep this kind of record longer"
    page = signed_in(rita).get(reverse("retention:review", args=[task.pk])).content.decode()
    assert said in page
    assert "About a pupil" in page
    given = answer(task, rita)
    address = reverse("retention:decide_answer", args=[given.pk])
    assert said in signed_in(irene).get(address).content.decode()
    services.decide_answer(answer=given, by=irene, approve=True)
    assert said not in signed_in(irene).get(address).content.decode()


def test_destroying_takes_two_people_and_cools_off(task: ReviewTask, rita: Membership, irene: Membership) -> None:
    given = answer(task, rita)
    assert state() == "answered"
    with pytest.raises(PermissionDenied, match="Another person has to"):
        services.decide_answer(answer=given, by=rita, approve=True)
    before = timezone.now()
    decided = services.decide_answer(answer=given, by=irene, approve=True)
    assert decided.not_before is not None
    assert timedelta(days=7) <= decided.not_before - before < timedelta(days=7, minutes=5)
    assert state() == "approved"


def test_the_database_insists_on_another_person(task: ReviewTask, rita: Membership) -> None:
    answer(task, rita)
    with pytest.raises(IntegrityError, match="another_person"), transaction.atomic():
        Answer.objects.update(state="approved", decided_by=rita.user)
    with pytest.raises(IntegrityError, match="ends_by_a_person"), transaction.atomic():
        Answer.objects.update(state="approved")


def test_a_refusal_opens_the_review_again(task: ReviewTask, rita: Membership, irene: Membership) -> None:
    services.decide_answer(answer=answer(task, rita), by=irene, approve=False, because="A claim is coming")
    assert state() == "due"
    assert list(worklists.open_reviews(task.organisation)) == [task]
    answer(task, irene)


def test_an_objection_ends_it(task: ReviewTask, people: People) -> None:
    given = services.decide_answer(answer=answer(task, people.rita), by=people.irene, approve=True)
    with pytest.raises(PermissionDenied):
        services.object_to(answer=given, by=people.olga, because="x")
    services.object_to(answer=given, by=people.alice, because="The case is open again")
    given.refresh_from_db()
    assert (given.state, state()) == ("cancelled", "due")
    assert "The case is open again" in given.ended_because


def test_keeping_sets_the_next_day_and_counts(
    task: ReviewTask, school: Organisation, rita: Membership, irene: Membership
) -> None:
    until = add_whole_years(selectors.today(), 2)
    kept = answer(task, rita, KEEP, keep_until=until, indefinite=True)
    services.decide_answer(answer=kept, by=irene, approve=True)
    item = ScheduleItem.objects.get()
    assert (item.state, item.due_on, item.renewals, item.indefinite, item.cycle) == ("waiting", until, 1, True, 2)
    sweep(school)
    assert list(reviews()) == [(item.pk, 1, "ended")]
    changed(rita, "decision_log", years=2)
    sweep(school)
    assert ScheduleItem.objects.get().due_on == until
    ScheduleItem.objects.update(due_on=years_ago(0), kept_until=years_ago(0))
    sweep(school)
    assert list(reviews()) == [(item.pk, 1, "ended"), (item.pk, 2, "open")]


@pytest.mark.parametrize("years", [None, 0, 11])
def test_a_next_day_that_does_not_do(task: ReviewTask, rita: Membership, years: int | None) -> None:
    until = add_whole_years(selectors.today(), years) if years is not None else None
    with pytest.raises(ValidationError, match="within the next 10 years"):
        answer(task, rita, KEEP, keep_until=until)
    assert state() == "due"


def test_a_rule_changed_in_mid_review_moves_nothing(task: ReviewTask, school: Organisation, rita: Membership) -> None:
    answer(task, rita)
    changed(rita, "decision_log", years=20)
    sweep(school)
    assert states()[task.record_id] == ("answered", add_whole_years(years_ago(7), 6), 1)


def test_only_one_answer_counts(task: ReviewTask, rita: Membership, irene: Membership) -> None:
    answer(task, rita)
    with pytest.raises(services.AlreadyDecided):
        answer(task, irene)


def test_who_may_answer(task: ReviewTask, people: People) -> None:
    for person in (people.alice, people.sam, people.oscar):
        with pytest.raises(PermissionDenied):
            answer(task, person)


def test_a_transfer_waits_for_its_bundle_and_its_receipt(task: ReviewTask, rita: Membership, irene: Membership) -> None:
    given = answer(task, rita, TRANSFER, transferred_to="Beech Lane School")
    told = {"receipt": "R-1"}
    with pytest.raises(services.AlreadyDecided):
        services.note_receipt(answer=given, by=rita, **told)
    services.decide_answer(answer=given, by=irene, approve=True)
    with pytest.raises(ValidationError, match="bundle first"):
        services.note_receipt(answer=given, by=rita, **told)
    with pytest.raises(IntegrityError, match="a_receipt_is_for_a_bundle"), transaction.atomic():
        Answer.objects.update(receipt="R-1")


class TestPages:
    def test_one_review(self, task: ReviewTask, people: People) -> None:
        url, browser = reverse("retention:review", args=[task.pk]), signed_in(people.rita)
        assert task.record_id in browser.get(reverse("retention:worklist")).content.decode()
        assert "Choose what should happen" in browser.post(url, {"reason": "x"}).content.decode()
        keep = browser.post(url, {"kind": "keep", "reason": "x"}).content.decode()
        assert "Enter a day within the next 10 years" in keep
        asked = browser.post(url, {"kind": "destroy", "reason": "No longer needed"}, follow=True).content.decode()
        assert "waits for a second person" in asked
        decide = reverse("retention:decide_answer", args=[Answer.objects.get().pk])
        assert "Another person" in browser.get(decide).content.decode()
        second = signed_in(people.irene)
        assert "nothing happens for 7 days: it cools off" in second.get(decide).content.decode()
        second.post(decide, {"decision": "yes"})
        shown = browser.get(url).content.decode()
        assert "Time left to object: 7 days, until" in shown
        assert "No longer needed" in shown
        objected = reverse("retention:object", args=[Answer.objects.get().pk])
        page = signed_in(people.alice).post(objected, {"because": "Still open"}, follow=True).content.decode()
        assert "Your objection is noted" in page
        assert signed_in(people.bob).get(objected).status_code == 404

    def test_several_at_once_each_of_which_may_be_left_out(self, school: Organisation, people: People) -> None:
        recorded(people.alice, years_ago(7), number=4)
        sweep(school)
        ticked = [str(pk) for pk in ReviewTask.objects.values_list("pk", flat=True)][:3]
        url = reverse("retention:many")
        told = {"kind": "destroy", "reason": "Nothing happened since", "records": ticked}
        assert "Tick at least one" in signed_in(people.rita).post(url, {**told, "records": []}).content.decode()
        signed_in(people.rita).post(url, told)
        assert [state for state, *_ in states().values()].count("answered") == 3
        page = signed_in(people.irene).get(reverse("retention:waiting"))
        assert "the same words stand on 2 other answers" in page.content.decode()
        agreed = [str(pk) for pk in Answer.objects.values_list("pk", flat=True)][:2]
        signed_in(people.irene).post(reverse("retention:waiting"), {"answers": agreed})
        assert Answer.objects.filter(state="approved").count() == 2
        assert "Agreed, and cooling off" in signed_in(people.rita).get(reverse("retention:waiting")).content.decode()

    def test_mine_and_a_teams(self, task: ReviewTask, people: People) -> None:
        url, browser = reverse("retention:worklist"), signed_in(people.rita)
        assert task.record_id not in browser.get(url, {"whose": "mine"}).content.decode()
        browser.post(reverse("retention:take", args=[task.pk]))
        assert task.record_id in browser.get(url, {"whose": "mine"}).content.decode()
        team = people.alice.team
        assert team is not None
        assert task.record_id not in browser.get(url, {"team": team.pk}).content.decode()
        ReviewTask.objects.update(team=team)
        assert task.record_id in browser.get(url, {"team": team.pk}).content.decode()
