"""Review: the order of the queue, who may, what a sign-off holds for, and what the database itself refuses."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from decisions import selectors, services, signing
from decisions.guide import drafts
from decisions.guide.sharing import guidance
from decisions.guide.sitting import Sitting
from decisions.models import WEIGHT, DecisionRecord, FollowUpTask, Mark, Review, ReviewItem
from decisions.outcomes import Outcome
from decisions.services.queueing import put_up
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from infoshare.days import london_today
from infoshare.notices.models import Notice
from tests.people import People, add, signed_in

from .test_log import write
from .walking import REFUSE, SHARE, ready, recorded

pytestmark = pytest.mark.django_db
Verdict = Review.Verdict


def reviewed(record: DecisionRecord, by: Membership, verdict: Verdict = Verdict.QUERY) -> Review:
    seen = signing.content_hash(record)
    return services.review(record=record, by=by, verdict=verdict, comment="Who agreed?", seen=seen, key=uuid4())


def state(record: DecisionRecord) -> str:
    return str(ReviewItem.objects.get(record=record).state)


def queue(lead: Membership) -> list[DecisionRecord]:
    return [item.record for item in selectors.to_review(lead)]


def amend(record: DecisionRecord, by: Membership) -> None:
    services.amend(record=record, by=by, text="The nurse rang back", key=uuid4())


def test_what_is_most_at_risk_comes_first(alice: Membership, irene: Membership) -> None:
    emergency = write(alice, 9, Outcome.SHARE_URGENTLY, route="emergency")
    refusal = write(alice, 8)
    departure = write(alice, 7, Outcome.SHARE_LIMITED, Outcome.ANONYMISE)
    untold = write(alice, 6, Outcome.SHARE_WITHOUT_CONSENT, agreement="do_not_ask", telling="not_yet")
    older_refusal = write(alice, 50)
    unverified = write(alice, 5, Outcome.SHARE_WITH_CONSENT, agreement="obtained")
    for record in (emergency, refusal, departure, untold, older_refusal):
        put_up(record)
    put_up(unverified, unverified=True)
    danger = write(alice, 1, Outcome.SHARE_WITH_CONSENT, agreement="obtained")
    put_up(danger, danger=True)
    assert queue(irene) == [danger, untold, departure, older_refusal, refusal, unverified, emergency]


def test_recording_puts_a_record_up(alice: Membership, irene: Membership) -> None:
    record = recorded(alice, REFUSE)
    assert ReviewItem.objects.get(record=record).marks == [Mark.REFUSAL]
    assert record.reference in signed_in(irene).get("/reviews/").content.decode()


@pytest.mark.parametrize(("link", "marked"), [("unsure", True), ("danger", True), ("no", False), ("", False)])
def test_what_may_reach_the_danger_is_marked(link: str, marked: bool, alice: Membership) -> None:
    _, draft = ready(alice)

    def say(details: dict[str, Any]) -> None:
        details["recipients"][0]["link"] = link

    drafts.change_details(draft, say)
    table = guidance.table_of(draft, Sitting.of(draft, london_today()))
    drafts.save_details(draft, "sharing", table.by_default("To find out whether someone is safe"), seen="")
    record = services.record_decision(draft_id=draft.pk, by=alice)
    gets = any(cell.goes for cell in table.cells)
    assert (Mark.DANGER in ReviewItem.objects.get(record=record).marks) == (marked and gets)
    assert gets


def test_the_first_mark_outweighs_all_others_together() -> None:
    assert WEIGHT[Mark.DANGER] > sum(weight for mark, weight in WEIGHT.items() if mark != Mark.DANGER)


def test_the_review_page_shows_the_reasons_and_warns_of_tasks_that_are_due(
    alice: Membership, irene: Membership
) -> None:
    record = recorded(alice)
    FollowUpTask.objects.filter(record=record).update(due_at=timezone.now() + timedelta(days=3))
    client, url = signed_in(irene), f"/log/{record.reference}/review/"
    page = client.get(url).content.decode()
    assert record.document.content["decision"]["reasons"] in page
    assert "overdue or due today" not in page
    task = FollowUpTask.objects.filter(record=record).first()
    assert task is not None
    assert task.get_kind_display() in page
    FollowUpTask.objects.filter(pk=task.pk).update(due_at=timezone.now(), remind_at=timezone.now() - timedelta(hours=1))
    page = client.get(url).content.decode()
    assert "1 task on this record is overdue or due today" in page
    assert "1 task is still open, and overdue or due today." in page  # beside ‘Accept’ itself


@pytest.mark.parametrize(("percent", "expected"), [(0, "not_chosen"), (100, "waiting")])
def test_the_sample_takes_of_the_rest(percent: int, expected: str, alice: Membership, irene: Membership) -> None:
    services.set_log(by=irene, team_reads=False, sample_percent=percent)
    assert state(recorded(alice, {**SHARE, "tell_person": "yes"})) in (expected, "waiting")
    plain = write(alice, 1, Outcome.SHARE_WITH_CONSENT, agreement="obtained")
    assert put_up(plain).state == expected


def test_the_author_never_reviews(people: People) -> None:
    both = add("pat", people.school, Role.PRACTITIONER, Role.IG_LEAD)
    record = recorded(both)
    assert record not in queue(both)
    assert signed_in(both).get(f"/log/{record.reference}/review/").status_code == 403
    with pytest.raises(PermissionDenied):
        reviewed(record, both)


def test_the_database_refuses_the_author_and_every_change(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    made = reviewed(record, irene)
    columns = "record_id, organisation_id, signatory, verdict, reviewed_at, content_hash, document_id"
    copy = f"""INSERT INTO decisions_review ({columns}, reviewer_id, idempotency_key)
        SELECT {columns}, %s, gen_random_uuid() FROM decisions_review"""
    for statement, values in (
        (copy, [alice.user_id]),
        ("UPDATE decisions_review SET verdict = 'accept' WHERE id = %s", [made.pk]),
        ("DELETE FROM decisions_review WHERE id = %s", [made.pk]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)


def test_a_sign_off_goes_stale_with_an_amendment(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    made = reviewed(record, irene, Verdict.ACCEPT)
    assert (state(record), made.content_hash) == ("accepted", signing.content_hash(record))
    amend(record, alice)
    assert state(record) == "stale"
    assert made.content_hash != signing.content_hash(record)
    assert record in queue(irene)


def test_what_was_added_meanwhile_is_not_signed(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    client = signed_in(irene)
    page = client.get(f"/log/{record.reference}/review/").content.decode()
    hidden = dict(re.findall(r'name="(seen|key)" value="([^"]+)"', page))
    amend(record, alice)
    data = {**hidden, "verdict": "accept", "comment": "Fine"}
    answer = client.post(f"/log/{record.reference}/review/", data).content.decode()
    assert "Read it again" in answer
    assert not Review.objects.exists()
    hidden = dict(re.findall(r'name="(seen|key)" value="([^"]+)"', answer))
    assert client.post(f"/log/{record.reference}/review/", {**data, **hidden}).status_code == 302
    assert Review.objects.count() == 1


def test_a_comment_is_compulsory(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    data = {"seen": signing.content_hash(record), "key": str(uuid4()), "verdict": "accept", "comment": " "}
    assert "Enter why" in signed_in(irene).post(f"/log/{record.reference}/review/", data).content.decode()
    with pytest.raises(ValueError, match="why"):
        services.review(record=record, by=irene, verdict=Verdict.ACCEPT, comment=" ", seen="", key=uuid4())


def test_a_query_is_answered_on_the_record(alice: Membership, bob: Membership, irene: Membership) -> None:
    record = recorded(alice)
    made = reviewed(record, irene)
    assert state(record) == "queried"
    assert "Answer it on the record" in Notice.objects.get(person=alice.user).words
    assert "Answer the review" in signed_in(alice).get(f"/log/{record.reference}/").content.decode()
    url = f"/log/{record.reference}/review/{made.pk}/answer/"
    assert signed_in(bob).post(url, {"text": "I did"}).status_code == 404
    page = signed_in(alice).post(url, {"text": "Her mother, on Tuesday"}, follow=True).content.decode()
    assert "Her mother, on Tuesday" in page
    assert "Answer the review" not in page
    assert state(record) == "answered"
    assert record in queue(irene)
    services.answer_review(review=made, by=alice, text="Again")
    assert "Her mother" in made.answer.document.content["text"]


def test_the_signatory_stays_by_value(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    reviewed(record, irene, Verdict.DISAGREE)
    irene.user.name = "Irene Married"
    irene.user.save()
    assert (
        "Irene Example, " in signed_in(alice).get(f"/log/{record.reference}/").content.decode().split("Review</h2>")[1]
    )


def test_sending_twice_makes_one_review(alice: Membership, irene: Membership) -> None:
    record, key = recorded(alice), uuid4()
    seen = signing.content_hash(record)
    for _ in range(2):
        services.review(record=record, by=irene, verdict=Verdict.ACCEPT, comment="Fine", seen=seen, key=key)
    assert Review.objects.count() == 1


def test_the_settings_are_kept_with_who_set_them(irene: Membership) -> None:
    client = signed_in(irene)
    assert (
        "Enter a number from 0 to 100"
        in client.post("/reviews/settings/", {"team_reads": "yes", "sample_percent": "101"}).content.decode()
    )
    client.post("/reviews/settings/", {"team_reads": "yes", "sample_percent": "25"})
    page = client.get("/reviews/settings/").content.decode()
    assert 'value="25"' in page
    assert "Last set by Irene Example" in page


@pytest.mark.parametrize("typed", ["101", "-1", "²", "9" * 5000])
def test_a_share_that_is_none_is_refused(irene: Membership, typed: str) -> None:
    page = signed_in(irene).post("/reviews/settings/", {"team_reads": "no", "sample_percent": typed})
    assert "Enter a number from 0 to 100" in page.content.decode()
