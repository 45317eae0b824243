"""Nobody destroys alone, by whatever path; and nobody reaches into another organisation."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.urls import reverse

from decisions import services as decisions
from decisions.models import DecisionRecord
from infoshare.accounts import services as accounts
from infoshare.accounts.models import Membership
from infoshare.accounts.permissions import SHELL
from infoshare.accounts.roles import Role
from retention import selectors, services
from retention.models import Answer, ReviewTask, ScheduleItem, Scope
from retention.services.two_people import DAYS
from tests.people import People, add, signed_in

from .records import decision_log, recorded, years_ago
from .test_holds import place

pytestmark = pytest.mark.django_db
EVERYTHING = [Role.RECORDS_ADMINISTRATOR, Role.IG_LEAD, Role.SYSTEM_ADMINISTRATOR]


def asked(by: Membership, people: People) -> Answer:
    """That a record of alice's be destroyed."""
    (record,) = recorded(people.alice, years_ago(7))
    services.sweep(organisation=people.school, as_of=selectors.today())
    task = ReviewTask.objects.get(record=record)
    return services.answer_review(task=task, by=by, kind=Answer.Kind.DESTROY, reason="Nobody needs it")


def refused(answer: Answer, by: Membership) -> None:
    with pytest.raises(PermissionDenied):
        services.decide_answer(answer=answer, by=by, approve=True)
    assert ScheduleItem.objects.get(pk=answer.task.record_id).state == "answered"


def test_not_by_a_second_membership_of_the_same_person(people: People) -> None:
    elsewhere = accounts.add_person(
        by=SHELL, organisation=people.council, email=people.rita.user.email, name="Rita", roles=[Role.IG_LEAD]
    )
    assert elsewhere.user == people.rita.user
    answer = asked(people.rita, people)
    refused(answer, elsewhere)
    refused(answer, people.rita)
    other_way_round = asked(people.irene, people)
    refused(other_way_round, elsewhere)
    refused(other_way_round, people.oscar)


def test_not_by_another_role_taken_in_between(people: People) -> None:
    answer = asked(people.rita, people)
    changed = accounts.change_membership(by=SHELL, membership=people.rita, roles=[*EVERYTHING])
    refused(answer, changed)


def test_not_by_somebody_just_let_in(people: People) -> None:
    """One person with all roles invites a second account, which agrees with them; or asks what they agree with."""
    boss = add("boss", people.school, *EVERYTHING)
    puppet = accounts.add_person(
        by=boss, organisation=people.school, email="puppet@example.org", name="Puppet", roles=[Role.IG_LEAD]
    )
    mine, theirs = asked(boss, people), asked(puppet, people)
    refused(mine, puppet)
    refused(theirs, boss)
    page = signed_in(puppet).get(reverse("retention:decide_answer", args=[mine.pk])).content.decode()
    assert "Somebody else has to decide it" in page
    assert "Agree with several" not in signed_in(puppet).get(reverse("retention:waiting")).content.decode()
    services.decide_answer(answer=theirs, by=people.irene, approve=True)
    # Somebody who was let in long before is a second person.
    Answer.objects.filter(pk=mine.pk).update(asked_at=mine.asked_at + timedelta(days=DAYS + 1))
    services.decide_answer(answer=mine, by=puppet, approve=True)


def test_not_by_somebody_who_stepped_back_from_the_record(people: People) -> None:
    lead = add("lead", people.school, Role.IG_LEAD)
    answer = asked(people.rita, people)
    decisions.recuse(record=DecisionRecord.objects.get(), person=lead.user, by=people.irene, reason="Their niece")
    browser = signed_in(lead)
    for name, number in (("review", answer.task_id), ("decide_answer", answer.pk), ("object", answer.pk)):
        assert browser.get(reverse(f"retention:{name}", args=[number])).status_code == 404
    assert browser.get(reverse("retention:record", args=[answer.task.record_id])).status_code == 404
    assert answer.task.record_id not in browser.get(reverse("retention:waiting")).content.decode()
    refused(answer, lead)
    services.decide_answer(answer=answer, by=people.irene, approve=False, because="No")
    assert answer.task.record_id not in browser.get(reverse("retention:worklist")).content.decode()
    with pytest.raises(PermissionDenied, match="stepped back"):
        services.answer_review(task=answer.task, by=lead, kind=Answer.Kind.DESTROY, reason="Mine")


def test_a_rule_a_period_and_a_hold_are_no_way_round(people: People) -> None:
    boss = add("boss", people.school, *EVERYTHING)
    puppet = add("puppet", people.school, Role.PRACTITIONER)
    accounts.change_membership(by=boss, membership=puppet, roles=[Role.IG_LEAD])
    puppet.refresh_from_db()
    told: dict[str, Any] = {"mandate": "Mine", "reason": "Mine"}
    rule = services.propose_rule(rule=decision_log(people.school), by=boss, based_on=1, years=1, adopted=True, **told)
    with pytest.raises(PermissionDenied):
        services.decide_proposal(proposal=rule, by=puppet, approve=True)
    lifting = services.ask_to_lift(hold=place(boss, Scope.ORGANISATION), by=boss, reason="Mine")
    with pytest.raises(PermissionDenied):
        services.decide_lifting(lifting=lifting, by=puppet, approve=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(6))
def test_agreeing_and_objecting_at_once(people: People, number: int) -> None:
    """Two seconds and an objector at the same moment: one deed counts, and record and answer say the same."""
    answer = asked(people.rita, people)
    second = add("second", people.school, Role.IG_LEAD)
    deeds: list[Callable[[], object]] = [
        lambda: services.decide_answer(answer=answer, by=people.irene, approve=True),
        lambda: services.decide_answer(answer=answer, by=second, approve=False, because="No"),
        lambda: services.object_to(answer=answer, by=people.alice, because="It must stay"),
    ]

    def one(deed: Callable[[], object]) -> None:
        try:
            deed()
        except services.AlreadyDecided:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(one, deeds[number % 3 :] + deeds[: number % 3]))
    answer.refresh_from_db()
    item = ScheduleItem.objects.get()
    assert (item.state, answer.state) in {("due", "cancelled"), ("due", "refused")}
