"""Who is told, each alone; and a refusal with its letter. Neither lets slip what it must not."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import pikepdf
import pytest
from django.test import Client

from decisions import reading
from decisions.guide import refusal, telling
from decisions.models import DecisionRecord, Draft, FollowUpTask
from infoshare.accounts.models import Membership
from infoshare.days import clock_words
from tests.people import signed_in

from .walking import (
    CASES,
    REFUSAL,
    REFUSE,
    SHARE,
    TOLD,
    answer,
    answered,
    as_shown,
    decide,
    follow_on,
    of,
    post,
    ready,
    recorded,
    refuse,
    seen,
    share,
    tell,
    url,
)

pytestmark = pytest.mark.django_db
LATER = {
    "status": "to_be_told",
    "tell_by_day": "4",
    "tell_by_month": "5",
    "tell_by_year": "2040",
    "safe_way": "At work",
}
HIDDEN = {
    "status": "not_told",
    "exemption": "objectives",
    "reason": "He reads her post",
    "look_again_on_day": "4",
    "look_again_on_month": "5",
    "look_again_on_year": "2040",
}
ASKED_AND_REFUSED = CASES["MDDUS-04"]


def unsaved(alice: Membership, answers: Mapping[str, Any]) -> Draft:
    """A draft with these answers, and something typed everywhere else."""
    draft = Draft(organisation=alice.organisation, author=alice.user)
    draft.answers = dict(answers)
    draft.details = {"case_reference": "Typed", "decision": {"reasons": "Typed"}, "sharing": {"recipient": "Typed"}}
    return draft


def sharing_draft(alice: Membership) -> tuple[Client, Draft]:
    client, draft = answered(alice, SHARE)
    decide(client, draft)
    share(client, draft)
    draft.refresh_from_db()
    return client, draft


def test_after_what_is_shared_each_person_has_a_block_of_their_own(alice: Membership) -> None:
    client, draft = sharing_draft(alice)
    assert [person.title for person in telling.needed(draft)] == ["The child", "A parent or carer"]
    page = client.get(url(draft, "telling")).content.decode()
    assert page.index("The child") < page.index("A parent or carer")
    assert "family" not in page.lower()
    assert client.post(url(draft, "record")).headers["Location"] == url(draft, "telling")
    half = post(client, draft, "telling", of("person", TOLD))
    told = half.content.decode()
    assert told.count("A parent or carer: choose whether they have been told") == 2  # in the summary and at the block
    assert "The child: choose" not in told
    draft.refresh_from_db()
    assert telling.KEY not in draft.details
    both = post(client, draft, "telling", {**of("person", TOLD), **of("parent", HIDDEN)})
    assert both.headers["Location"] == url(draft, "record")
    draft.refresh_from_db()
    assert telling.complete(draft)


@pytest.mark.parametrize(
    ("said", "parent", "child"),
    [
        ("knows", "told", None),
        ("now", "to_be_told", None),
        ("later", "to_be_told", None),
        ("unsafe", "not_told", "not_told"),  # a young child repeats it at home
        ("unsure", "not_told", "not_told"),
    ],
)
def test_a_block_begins_with_what_was_answered_of_telling_them(
    alice: Membership, said: str, parent: str, child: str | None
) -> None:
    client, draft = answered(alice, {**SHARE, "tell_parent": said})
    decide(client, draft)
    share(client, draft)
    shown = as_shown(client.get(url(draft, "telling")).content.decode())
    assert (shown["parent-status"], shown.get("person-status")) == (parent, child)
    assert shown.get("parent-exemption") == ("not_known" if said == "unsure" else None)
    changed = {**shown, **of("person", TOLD), **of("parent", TOLD)}  # what is chosen beforehand may be changed
    assert post(client, draft, "telling", changed).headers["Location"] == url(draft, "record")
    if said == "knows":
        assert shown["parent-told_on_day"] == ""  # which day it was, nobody has said


def test_nobody_has_to_say_why_they_do_not_know_whether_it_is_safe(alice: Membership) -> None:
    client, draft = answered(alice, {**SHARE, "tell_parent": "unsure"})
    decide(client, draft)
    share(client, draft)
    page = client.get(url(draft, "telling")).content.decode()
    assert "Do not tell the child or a parent or carer until you know that it is safe." in page
    assert page.count("What makes you think so? (optional)") == 2
    another = {**as_shown(page), "parent-exemption": "crime"}
    refused = post(client, draft, "telling", another).content.decode()
    assert refused.count("A parent or carer: enter what makes you think so") == 2
    assert refused.count("What makes you think so? (optional)") == 1
    assert post(client, draft, "telling", as_shown(page)).headers["Location"] == url(draft, "record")
    last_look = client.get(url(draft, "record")).content.decode()
    assert "We do not know yet whether it is safe (UK GDPR, Article 14(5))" in last_look


def test_whoever_is_settled_is_looked_at_again_where_telling_them_is_not_safe_any_more(alice: Membership) -> None:
    client, draft = ready(alice, {**SHARE, "tell_parent": "now"})
    in_time = {
        "status": "to_be_told",
        "tell_by_day": "1",
        "tell_by_month": "12",
        "tell_by_year": "2040",
        "safe_way": "At school",
    }
    told = {**of("person", in_time), **of("parent", in_time)}
    post(client, draft, "telling", told)
    answer(client, draft, "tell_parent", "unsafe")
    assert client.post(url(draft, "record")).headers["Location"] == url(draft, "telling")
    page = client.get(url(draft, "telling")).content.decode()
    assert "Do not tell the child or a parent or carer until you know that it is safe." in page
    post(client, draft, "telling", told)  # the person decides
    client.post(url(draft, "record"))
    kept = DecisionRecord.objects.get().document.content["telling"]["parent"]
    assert kept["status"] == "to_be_told"
    assert telling.SAID not in kept


def test_a_grown_up_begins_with_what_was_answered_of_them(alice: Membership) -> None:
    draft = unsaved(alice, {"subject": "adult", "tell_person": "unsure", "tell_parent": "now"})
    assert telling.said_before(draft, telling.Somebody("person", "The adult")) == "unsure"


def test_what_was_typed_under_an_option_that_was_not_chosen_refuses_nothing(alice: Membership) -> None:
    client, draft = sharing_draft(alice)
    half = {"look_again_on_day": "4", "look_again_on_month": "", "look_again_on_year": "2040", "tell_by_day": "x"}
    assert tell(client, draft, said={**TOLD, **half}).status_code == 302
    draft.refresh_from_db()
    assert draft.details[telling.KEY]["person"]["day"] == "2026-09-01"
    wrong = tell(client, draft, said={**HIDDEN, **half}).content.decode()
    assert "The child: the date must include a month" in wrong
    assert "must be a real date" not in wrong


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "The child: choose whether they have been told"),
        ({**TOLD, "told_on_year": "2040"}, "The child: enter the day they were told, today or earlier"),
        ({**LATER, "safe_way": ""}, "The child: enter a safe way to reach them"),
        ({**LATER, "tell_by_year": "2020"}, "The child: enter the day to tell them by, today or later"),
        ({**HIDDEN, "exemption": ""}, "The child: choose why they should not be told"),
        ({**HIDDEN, "reason": ""}, "The child: enter what makes you think so"),
        ({**HIDDEN, "look_again_on_day": ""}, "must include a day"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(alice: Membership, wrong: dict[str, str], said: str) -> None:
    client, draft = sharing_draft(alice)
    response = tell(client, draft, said=wrong)
    assert said in response.content.decode()
    draft.refresh_from_db()
    assert telling.KEY not in draft.details


def test_two_tabs_may_settle_two_people_but_not_one_differently(alice: Membership) -> None:
    client, draft = sharing_draft(alice)
    old, address = seen(client, draft, "telling/person"), url(draft, "telling/person")
    tell(client, draft, "parent")
    assert client.post(address, {**of("person", TOLD), "seen": old}).status_code == 302
    other = client.post(address, {**of("person", HIDDEN), "seen": old})
    assert other.status_code == 409
    assert "He reads her post" in other.content.decode()


@pytest.mark.parametrize("case_id", CASES)
@pytest.mark.parametrize("status", [telling.TOLD, telling.TO_BE_TOLD])
def test_a_notice_holds_nothing_that_was_typed(case_id: str, status: str, alice: Membership) -> None:
    draft = unsaved(alice, CASES[case_id])
    by = telling.Author(alice.user.name, alice.organisation.name)
    for person in [*telling.needed(draft), telling.another("parent-2")]:
        words = telling.notice(by, draft.answers, person, status)
        assert "Typed" not in words
        assert "[" not in words  # no gap that could be sealed as it stands
        assert alice.user.name in words
        assert alice.organisation.name in words
        assert ("your child" in words) == person.is_parent
        young = draft.answers.get("subject") == "child" and person.key == "person"
        assert ("Information Commissioner" in words) != young  # a parent hears of it for a young child
        assert ("grown-up" in words) == young


def test_a_notice_may_be_changed_and_printed_and_stays_with_the_record(alice: Membership) -> None:
    client, draft = sharing_draft(alice)
    tell(client, draft, said=LATER)
    own = {"text": "My own words", "seen": seen(client, draft, "telling/person/notice"), "paper": "1"}
    assert "Who else sees their post" in client.get(url(draft, "telling/person")).content.decode()
    response = client.post(url(draft, "telling/person/notice"), own, follow=True)
    assert response.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    with pikepdf.open(io.BytesIO(response.content)) as read, read.open_metadata() as meta:
        assert meta["dc:title"] == "Information that we share"
    tell(client, draft, "parent")
    assert client.post(url(draft, "record")).headers["Location"].endswith("/recorded/")
    content = DecisionRecord.objects.get(idempotency_key=draft.pk).document.content
    assert content["telling"]["person"] == {
        "title": "The child",
        "status": "to_be_told",
        "day": "2040-05-04",
        "exemption": "",
        "exemption_words": "",
        "reason": "",
        "safe_way": "At work",
        "notice": "My own words",
    }
    rows = dict(reading.parts(content, sent=False))["Who is told"]
    assert "By 4 May 2040" in str(rows[0].value)


def test_more_people_can_be_added(alice: Membership) -> None:
    client, draft = ready(alice)
    settled = as_shown(client.get(url(draft, "telling")).content.decode())
    added = post(client, draft, "telling", {**settled, "add": "parent"})
    assert added.headers["Location"] == url(draft, "telling/parent-2")
    tell(client, draft, "parent-2", HIDDEN)
    draft.refresh_from_db()
    assert [person.key for person in telling.people(draft)] == ["person", "parent", "parent-2"]
    assert client.get(url(draft, "telling/uncle")).status_code == 404


def test_nobody_has_to_see_the_words_but_they_are_shown_made_and_kept(alice: Membership) -> None:
    client, draft = sharing_draft(alice)
    tell(client, draft, said=LATER)
    tell(client, draft, "parent", HIDDEN)
    page = client.get(url(draft, "record")).content.decode()
    assert "We are sharing some things that we know about you" in page
    assert url(draft, "telling/person/notice") in page
    assert url(draft, "telling/parent/notice") not in page
    tell(client, draft, said=TOLD)  # the words follow what is true now
    assert "We have shared some things that we know about you" in client.get(url(draft, "record")).content.decode()
    client.post(url(draft, "record"))
    content = DecisionRecord.objects.get(idempotency_key=draft.pk).document.content
    assert content["telling"]["person"]["notice"].startswith("We are from Ash Grove School.")
    assert content["telling"]["parent"]["notice"] == ""


def test_a_refusal_says_who_was_answered_and_when_it_is_looked_at_again(alice: Membership) -> None:
    client, draft = answered(alice, ASKED_AND_REFUSED)
    assert decide(client, draft).headers["Location"] == url(draft, "refusal")
    assert refuse(client, draft).headers["Location"] == url(draft, "refusal/letter")
    assert client.post(url(draft, "record")).headers["Location"] == url(draft, "refusal")
    follow_on(client, draft)
    client.post(url(draft, "record"))
    content = DecisionRecord.objects.get(idempotency_key=draft.pk).document.content
    assert content["telling"] is None
    assert content["refusal"]["letter"] == "No."
    rows = dict(reading.parts(content, sent=False))["The answer to them"]
    assert [row.key for row in rows] == ["Not talked about", "What would change it", "Look again on", "Letter"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"discussed": ""}, "Choose whether you have talked about it"),
        ({"not_discussed": ""}, "Enter why you have not talked about it"),
        ({"discussed": "yes", "discussed_with": ""}, "Enter who you talked with"),
        ({"would_change": ""}, "Enter what would change your answer"),
        ({"look_again_on_year": "2020"}, "Enter a day to look again, today or later"),
    ],
)
def test_a_refusal_that_lacks_something_is_not_saved(alice: Membership, wrong: dict[str, str], said: str) -> None:
    client, draft = answered(alice, ASKED_AND_REFUSED)
    decide(client, draft)
    assert said in refuse(client, draft, {**REFUSAL, **wrong}).content.decode()
    draft.refresh_from_db()
    assert refusal.KEY not in draft.details


@pytest.mark.parametrize("case_id", CASES)
def test_the_letter_is_the_same_whatever_we_know(case_id: str, alice: Membership) -> None:
    """Whoever compares two refusals learns nothing."""
    assert refusal.letter(unsaved(alice, CASES[case_id])) == refusal.letter(unsaved(alice, {}))


def test_the_day_to_look_again_is_soon_where_someone_could_be_badly_harmed(alice: Membership) -> None:
    friday = date(2026, 11, 27)
    badly = unsaved(alice, {"harm_others": "child_significant"})
    hardly = unsaved(alice, {"harm_others": "no_harm"})
    assert refusal.look_again(badly, friday) == date(2026, 11, 30)
    assert refusal.look_again(hardly, friday) == date(2026, 12, 25)


def test_pages_that_do_not_apply_lead_back(alice: Membership) -> None:
    client, draft = ready(alice, REFUSE)
    assert client.get(url(draft, "telling")).headers["Location"] == url(draft, "recommendation")
    client, draft = ready(alice, SHARE)
    assert client.get(url(draft, "refusal")).headers["Location"] == url(draft, "recommendation")


def test_a_record_of_before_these_pages_reads_as_it_did(alice: Membership) -> None:
    content = {**recorded(alice).document.content}
    del content["telling"], content["refusal"]
    assert "Who is told" not in dict(reading.parts(content, sent=False))


def test_what_is_promised_for_later_becomes_a_task_that_says_nothing_of_the_case(
    alice: Membership, irene: Membership
) -> None:
    client, draft = sharing_draft(alice)
    tell(client, draft, said=LATER)
    tell(client, draft, "parent", HIDDEN)
    client.post(url(draft, "record"))
    tasks = FollowUpTask.objects.filter(kind=FollowUpTask.Kind.TELL_PERSON, owner=alice.user).order_by("words")
    assert [task.words for task in tasks] == [
        "See whether a parent or carer can be told now.",
        "Tell the child what was shared.",
    ]
    assert {clock_words(task.due_at) for task in tasks} == {"5:00 pm on Friday 4 May 2040"}
    listed = client.get("/tasks/").content.decode()
    assert "Tell the person" not in listed  # which of the two would it be?
    assert "See whether a parent or carer can be told now" in listed
    assert "Tell the child what was shared</h1>" in client.get(f"/tasks/{tasks[1].pk}/").content.decode()
    record = DecisionRecord.objects.get(idempotency_key=draft.pk)
    still = signed_in(irene).get(f"/log/{record.reference}/review/").content.decode()
    assert "Tell the person" not in still
    assert "Tell the child what was shared" in still


def test_a_refusal_is_looked_at_again_by_a_task(alice: Membership) -> None:
    record = recorded(alice, REFUSE)
    task = FollowUpTask.objects.get(record=record)
    assert (task.kind, clock_words(task.due_at)) == ("look_again", "5:00 pm on Friday 4 May 2040")


@pytest.mark.parametrize(
    ("answers", "who", "title"),
    [(SHARE, "person", "Information that we share"), (ASKED_AND_REFUSED, "letter", "Your request for information")],
)
def test_the_words_of_a_record_can_be_changed_copied_and_printed(
    answers: Mapping[str, Any], who: str, title: str, alice: Membership
) -> None:
    record = recorded(alice, answers)
    client, address = signed_in(alice), f"/log/{record.reference}/words/{who}/"
    assert f'href="{address}"' in client.get(f"/log/{record.reference}/").content.decode()
    copy = client.get(address)
    assert copy.context["form"].initial["text"].startswith(("We are", "Thank you"))
    response = client.post(address, {"text": "My own words"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    with pikepdf.open(io.BytesIO(response.content)) as read, read.open_metadata() as meta:
        assert meta["dc:title"] == title
    assert "Enter what you will say" in client.post(address, {"text": ""}).content.decode()
    assert "My own words" not in client.get(address).content.decode()


def test_a_record_has_no_other_words(alice: Membership) -> None:
    record = recorded(alice)
    assert signed_in(alice).get(f"/log/{record.reference}/words/letter/").status_code == 404
