"""Whoever had a part in a record never reviews it: in the queue, on the pages, in the service and in the database."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from decisions import parts, services
from decisions.guide import drafts
from decisions.guide.sitting import Sitting
from decisions.models import Confirmation, DecisionRecord, Draft, RecordAdviser, Review
from decisions.outcomes import Outcome
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from infoshare.days import london_today
from tests.people import People, add, signed_in

from .test_reviews import amend, queue, reviewed
from .walking import REFUSE, ready, recorded

pytestmark = pytest.mark.django_db
Deed = Callable[[Membership, Membership], DecisionRecord]


def advised(author: Membership, lead: Membership) -> DecisionRecord:
    _, draft = ready(author, REFUSE)
    ask_and_answer(draft, author, lead)
    return services.record_decision(draft_id=draft.pk, by=author)


def ask_and_answer(draft: Draft, author: Membership, lead: Membership) -> None:
    asked = services.ask_advice(draft=draft, sitting=Sitting.of(draft, london_today()), by=author)
    services.reply(request=asked, by=lead, text="Ask who they are first.")


def added_to(author: Membership, lead: Membership) -> DecisionRecord:
    record = recorded(author, REFUSE)
    amend(record, lead)
    return record


def confirmed(author: Membership, lead: Membership) -> DecisionRecord:
    record = recorded(author, REFUSE)
    services.confirm(
        record=record,
        by=lead,
        kind=Confirmation.Kind.SENT,
        happened_on=london_today(),
        key=uuid4(),
        said={"whom": "The hub", "how": "letter", "note": ""},
    )
    return record


DEEDS: dict[parts.Part, Deed] = {
    parts.Part.ADVISED: advised,
    parts.Part.ADDED: added_to,
    parts.Part.CONFIRMED: confirmed,
}


@pytest.fixture
def ivor(people: People) -> Membership:
    """A second IG lead, who has no part in anything yet."""
    return add("ivor", people.school, Role.IG_LEAD)


@pytest.mark.parametrize("part", DEEDS)
def test_they_are_refused_and_another_is_not(
    part: parts.Part, alice: Membership, irene: Membership, ivor: Membership
) -> None:
    record = DEEDS[part](alice, irene)
    assert parts.of(irene, record) == [part]
    assert record not in queue(irene)
    with pytest.raises(PermissionDenied):
        reviewed(record, irene)
    assert record in queue(ivor)
    made = reviewed(record, ivor)
    columns = "record_id, organisation_id, signatory, verdict, reviewed_at, content_hash, document_id"
    copy = f"""INSERT INTO decisions_review ({columns}, reviewer_id, idempotency_key)
        SELECT {columns}, %s, gen_random_uuid() FROM decisions_review WHERE id = %s"""
    refused = pytest.raises(DatabaseError, match="whoever had a part")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy, [irene.user_id, made.pk])


@pytest.mark.parametrize("part", DEEDS)
def test_the_pages_say_why_and_who_can(
    part: parts.Part, alice: Membership, irene: Membership, ivor: Membership
) -> None:
    record = DEEDS[part](alice, irene)
    client = signed_in(irene)
    refusal = client.get(f"/log/{record.reference}/review/")
    assert refusal.status_code == 403
    waiting = client.get("/reviews/").content.decode()
    assert "1 record waiting for somebody else" in waiting
    for page in (refusal.content.decode(), client.get(f"/log/{record.reference}/").content.decode(), waiting):
        assert part.value in page.replace("You ", "you ")
        assert "Ivor Example" in page
    assert "Review this record" not in client.get(f"/log/{record.reference}/").content.decode()


def test_one_lead_alone_is_told_to_have_a_second_named(alice: Membership, irene: Membership, sam: Membership) -> None:
    record = added_to(alice, irene)
    for url in ("/reviews/", f"/log/{record.reference}/", f"/log/{record.reference}/review/"):
        page = " ".join(signed_in(irene).get(url).content.decode().split())
        assert "Ask Sam Example to give one more person the role of information-governance lead" in page
    assert "Nobody yet" in signed_in(irene).get("/reviews/").content.decode()


def test_somebody_recused_is_not_named_as_able(alice: Membership, irene: Membership, ivor: Membership) -> None:
    record = added_to(alice, irene)
    services.recuse(record=record, by=irene, person=ivor.user, reason="He knows the family")
    assert "Nobody yet" in signed_in(irene).get("/reviews/").content.decode()


def test_a_restricted_record_names_whom_to_let_in(alice: Membership, irene: Membership, ivor: Membership) -> None:
    record = added_to(alice, irene)
    services.restrict(record=record, by=irene, readers=[irene], reason="A colleague is in it")
    page = " ".join(signed_in(irene).get(f"/log/{record.reference}/review/").content.decode().split())
    assert "has to let Ivor Example read it" in page
    services.restrict(record=record, by=irene, readers=[irene, ivor], reason="He reviews it")
    assert "Ivor Example can review it" in signed_in(irene).get(f"/log/{record.reference}/").content.decode()


def test_the_desk_says_what_waits_for_somebody_else(alice: Membership, irene: Membership) -> None:
    added_to(alice, irene)
    assert "1 more for somebody else, as you had a part in it" in signed_in(irene).get("/desk/").content.decode()


def test_advice_on_a_draft_that_went_on_counts_for_each_record(alice: Membership, irene: Membership) -> None:
    """An interim decision keeps the draft, which takes its requests along: the first record still knows its adviser."""
    _, draft = ready(alice)
    ask_and_answer(draft, alice, irene)
    seen = drafts.fingerprint(draft.details["decision"])
    first_advice = {**draft.details["decision"], "decided": Outcome.SEEK_ADVICE_FIRST, "departure_reason": "Not sure"}
    drafts.save_details(draft, "decision", first_advice, seen=seen)
    first = services.record_decision(draft_id=draft.pk, by=alice)
    Draft.objects.get().delete()
    assert parts.of(irene, first) == [parts.Part.ADVISED]


def test_an_adviser_is_noted_once_and_for_good(alice: Membership, irene: Membership) -> None:
    record = advised(alice, irene)
    assert [each.adviser for each in RecordAdviser.objects.filter(record=record)] == [irene.user]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM decisions_recordadviser")


def test_they_may_still_say_who_reads_it(alice: Membership, irene: Membership) -> None:
    record = added_to(alice, irene)
    assert signed_in(irene).get(f"/log/{record.reference}/who/").status_code == 200


def test_what_was_signed_before_they_added_stays(alice: Membership, irene: Membership, ivor: Membership) -> None:
    record = recorded(alice, REFUSE)
    reviewed(record, irene, Review.Verdict.ACCEPT)
    amend(record, irene)
    assert record in queue(ivor)
    assert record not in queue(irene)
    assert Review.objects.count() == 1
