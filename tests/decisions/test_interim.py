"""Decisions that are not final: the draft goes on, a clock runs, and the final decision is a new, linked record."""

from typing import Any

import pytest
from django.test import Client

from decisions import editions, services
from decisions.cases import own
from decisions.guide import drafts
from decisions.guide.sitting import Sitting
from decisions.models import DecisionRecord, Draft, FollowUpTask
from infoshare.accounts.models import Membership
from infoshare.days import LONDON, london_today, working_days_later
from infoshare.notices.models import Notice
from tests.people import signed_in

from .following import draft_of
from .walking import SHARE, answered, decide, follow_on, share

pytestmark = pytest.mark.django_db
ATTENDANCE = next({g.question: g.answer for g in case.answers} for case in own() if case.id == "attendance-worry")


def decided_otherwise(draft: Draft, decided: str) -> None:
    details = {
        "recommended": Sitting.of(draft, london_today()).outcome,
        "decided": decided,
        "departure_reason": "I want to ask first.",
        "reasons": "There is time.",
    }
    drafts.save_details(draft, "decision", details, seen="")


def interim(by: Membership, decided: str = "seek_advice_first", answers: Any = SHARE) -> DecisionRecord:
    _, draft = answered(by, answers)
    decided_otherwise(draft, decided)
    return services.record_decision(draft_id=draft.pk, by=by)


@pytest.mark.parametrize(
    ("decided", "kind"), [("seek_advice_first", "seek_advice"), ("seek_consent_first", "seek_agreement")]
)
def test_it_opens_a_task_tells_the_lead_and_keeps_the_draft(
    alice: Membership, irene: Membership, decided: str, kind: str
) -> None:
    record = interim(alice, decided)
    task = FollowUpTask.objects.get()
    assert (task.kind, task.record, task.owner) == (kind, record, alice.user)
    assert [notice.person for notice in Notice.objects.all()] == [irene.user]
    draft = draft_of(task)
    assert draft.answers == answered(alice)[1].answers
    assert "decision" not in draft.details
    assert draft.details["case_reference"] == "4471"
    page = signed_in(alice).get("/").content.decode()
    assert f"/guide/{draft.pk}/" in page
    assert "Clocks running" in page


def test_due_today_where_somebody_could_be_badly_harmed(alice: Membership) -> None:
    """REV-01 is about a child who could be badly harmed; the other is a worry about attendance."""
    today, later = (interim(alice, answers=answers) for answers in (SHARE, ATTENDANCE))
    due = FollowUpTask.objects.get(record=today).due_at.astimezone(LONDON)
    assert due.date() == today.recorded_at.astimezone(LONDON).date()
    assert FollowUpTask.objects.get(record=later).due_at == working_days_later(later.recorded_at, 1)


def test_the_final_decision_is_a_new_record_linked_to_it_and_ends_the_clock(alice: Membership) -> None:
    first = interim(alice)
    task = FollowUpTask.objects.get()
    draft, client = draft_of(task), signed_in(alice)
    decide(client, draft)
    share(client, draft)
    follow_on(client, draft)
    client.post(f"/guide/{draft.pk}/record/")
    final = DecisionRecord.objects.exclude(pk=first.pk).get()
    assert final.follows == first
    assert final.document.content["follows"] == first.reference
    task.refresh_from_db()
    assert task.closed_by == alice.user
    assert not Draft.objects.exists()
    assert "Clocks running" not in client.get("/").content.decode()


def test_recording_it_twice_is_one_record_one_task_and_one_draft(alice: Membership) -> None:
    _, draft = answered(alice)
    decided_otherwise(draft, "seek_advice_first")
    client: Client = signed_in(alice)
    answers = [client.post(f"/guide/{draft.pk}/record/").headers["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert (DecisionRecord.objects.count(), FollowUpTask.objects.count(), Draft.objects.count()) == (1, 1, 1)
    page = client.get(answers[0]).content.decode()
    assert "Take advice, then decide" in page


def test_a_second_interim_decision_starts_a_new_clock(alice: Membership) -> None:
    interim(alice)
    first = FollowUpTask.objects.get()
    draft = draft_of(first)
    decided_otherwise(draft, "seek_consent_first")
    second = services.record_decision(draft_id=draft.pk, by=alice)
    assert second.follows == first.record
    assert [task.kind for task in FollowUpTask.objects.filter(closed_at=None)] == ["seek_agreement"]


def test_the_rule_set_says_how_soon() -> None:
    """The due time rests on this decision of the rule set and two of its values."""
    urgency = editions.current(on=london_today()).decision("urgency")
    assert {"now", "today"} <= {value.id for value in urgency.values}
