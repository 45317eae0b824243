"""The guide: from the first question to the record, and what happens when something is not as expected."""

import re
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connections

from decisions import editions
from decisions.engine.ruleset import Question
from decisions.guide import drafts
from decisions.log import paper
from decisions.models import DecisionRecord, Draft
from decisions.outcomes import Outcome
from infoshare.accounts.models import Membership
from infoshare.days import london_today
from tests.govuk.page import Page
from tests.people import signed_in
from tests.retention.overlapping import WAITING, another_connection
from tests.retention.waiting import until

from .walking import (
    AFTER,
    FOLLOW,
    ITEMS,
    REFUSE,
    SHARE,
    answer,
    answer_all,
    answer_for,
    answer_quickly,
    answered,
    as_shown,
    decide,
    follow_on,
    next_question,
    ready,
    recorded,
    seen,
    share,
    start,
    url,
)

pytestmark = pytest.mark.django_db
EDITION = editions.get("2026-09")


def test_a_share_is_recorded_with_what_was_shared(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client, "4471")
    answer_all(client, draft, SHARE)
    decide(client, draft)
    share(client, draft)
    follow_on(client, draft)
    client.post(url(draft, "record"))
    record = DecisionRecord.objects.get(idempotency_key=draft.pk)
    assert (record.recommended, record.decided) == (Outcome.SHARE_WITHOUT_CONSENT, Outcome.SHARE_WITHOUT_CONSENT)
    content = record.document.content
    assert [item["text"] for item in content["sharing"]["items"]] == list(ITEMS)
    assert content["sharing"]["recipients"][0]["address"] == "Front door inbox"
    assert content["case_reference"] == "4471"
    assert content["by"]["name"] == alice.user.name
    assert not Draft.objects.exists()


def test_a_refusal_is_recorded_too_and_asks_nothing_about_sharing(alice: Membership) -> None:
    record = recorded(alice, REFUSE)
    assert record.decided == Outcome.DO_NOT_SHARE
    assert record.document.content["sharing"] is None


def test_the_record_quotes_the_wording_of_every_question(alice: Membership) -> None:
    content = recorded(alice).document.content
    ruleset = editions.get(content["edition"]["edition"])
    assert content["edition"]["content_hash"] == ruleset.content_hash
    assert {a["id"]: a["text"] for a in content["answers"]}.items() >= {
        ("harm_subject", ruleset.question("harm_subject").text)
    }
    assert any(a["from_profile"] for a in content["answers"])


def test_the_profile_is_never_asked(alice: Membership) -> None:
    client, draft = answered(alice)
    draft.refresh_from_db()
    assert not any(question.startswith("org_") for question in draft.answers)
    assert client.get(url(draft, "org_public_authority")).status_code == 302


def test_no_question_is_called_like_a_page() -> None:
    pages = AFTER | {"delete", "start", "emergency"}
    assert not {q.id for name in editions.names() for q in editions.get(name).questions} & pages


def test_a_departure_needs_its_reason_and_says_so(alice: Membership) -> None:
    client, draft = answered(alice)
    response = decide(client, draft, {"choice": "otherwise", "decided": "do_not_share", "reasons": "As typed"})
    page = response.content.decode()
    assert "Enter why you decide otherwise" in page
    assert "As typed" in page
    decide(
        client, draft, {**FOLLOW, "choice": "otherwise", "decided": "do_not_share", "departure_reason": "I know more"}
    )
    follow_on(client, draft)
    client.post(url(draft, "record"))
    record = DecisionRecord.objects.get()
    assert record.departs
    assert record.document.content["decision"]["departure_reason"] == "I know more"
    page = client.get(f"/log/{record.reference}/").content.decode()
    assert {"What the guide suggested they do", "The law of what the guide suggested"} <= headings(page)
    assert not {"What to do", "The law"} & headings(page)
    assert "The law of what the guide suggested" in [part["heading"] for part in paper.content(record)["parts"]]
    assert "What the guide suggested you do" in client.get(f"/log/{record.reference}/recorded/").content.decode()


def test_a_record_that_follows_the_guide_tells_its_law_and_its_steps(alice: Membership) -> None:
    record = recorded(alice)
    page = signed_in(alice).get(f"/log/{record.reference}/").content.decode()
    assert {"What to do", "The law"} <= headings(page)
    assert "The law" in [part["heading"] for part in paper.content(record)["parts"]]


def headings(page: str) -> set[str]:
    return set(re.findall(r"<h2[^>]*>([^<]*)</h2>", page))


def test_nothing_is_chosen_beforehand(alice: Membership) -> None:
    client, draft = answered(alice)
    assert "choice" not in as_shown(client.get(url(draft, "recommendation")).content.decode())


def test_a_decision_made_on_another_recommendation_is_asked_again(alice: Membership) -> None:
    client, draft = ready(alice)
    answer(client, draft, "recipient", "self")
    draft.refresh_from_db()
    answer_quickly(draft, REFUSE)
    assert client.post(url(draft, "record")).headers["Location"] in (
        url(draft, "recommendation"),
        f"/guide/{draft.pk}/",
    )
    assert not DecisionRecord.objects.exists()


def test_an_unfinished_draft_cannot_be_recorded(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    response = client.post(url(draft, "record"), follow=True)
    assert b"nothing has been recorded yet" in response.content
    assert not DecisionRecord.objects.exists()


def test_a_draft_can_be_deleted_after_asking(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    assert b"cannot be brought back" in client.get(url(draft, "delete")).content
    client.post(url(draft, "delete"))
    assert not Draft.objects.exists()


@pytest.mark.parametrize("stranger", ["bob", "olga", "oscar"])
def test_the_draft_of_someone_else_is_not_there(
    alice: Membership, stranger: str, request: pytest.FixtureRequest
) -> None:
    draft = start(signed_in(alice))
    client = signed_in(request.getfixturevalue(stranger))
    for page in ("danger_now", "check", "recommendation", "decision", "sharing", "record", "delete"):
        assert client.get(url(draft, page)).status_code in (403, 404), page
        assert client.post(url(draft, page), {"answer": "no"}).status_code in (403, 404, 405), page
    draft.refresh_from_db()
    assert draft.answers == {}


def test_an_unknown_question_is_not_there(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    assert client.get(url(draft, "shoe_size")).status_code == 404


def test_an_unknown_draft_is_not_there(alice: Membership) -> None:
    assert signed_in(alice).get(f"/guide/{uuid4()}/danger_now/").status_code == 404


def test_an_answer_not_offered_is_refused_and_not_saved(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    response = answer(client, draft, "danger_now", "perhaps")
    assert response.status_code == 200
    assert b"There is a problem" in response.content
    draft.refresh_from_db()
    assert draft.answers == {}


def test_no_answer_says_what_to_do(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    page = client.post(url(draft, "danger_now"), {}).content.decode()
    assert "Choose an answer, or ‘Not sure’" in page
    assert "<title>Error: " in page


def test_a_stale_tab_shows_both_answers_and_loses_none(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    first_tab = seen(client, draft, "danger_now")
    answer(client, draft, "danger_now", "no")
    response = client.post(url(draft, "danger_now"), {"answer": "unsure", "seen": first_tab})
    assert response.status_code == 409
    page = response.content.decode()
    assert "‘No’" in page
    assert 'value="unsure" checked' in " ".join(page.split())
    draft.refresh_from_db()
    assert draft.answers["danger_now"] == "no"
    again = client.post(url(draft, "danger_now"), {"answer": "unsure", "seen": seen_in(page)})
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.answers["danger_now"] == "unsure"


def test_the_answer_of_another_tab_is_in_sight_where_its_options_are_folded_away(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    answer(client, draft, "danger_now", "no")
    first_tab = seen(client, draft, "recipient")
    answer(client, draft, "recipient", "court")
    response = client.post(url(draft, "recipient"), {"answer": "police", "seen": first_tab})
    assert response.status_code == 409
    page = Page(response.content.decode())
    (shown,) = page.find("details", class_="govuk-details app-more", open="")
    assert "A court or coroner" in shown.text


def seen_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_two_tabs_on_different_questions_merge(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    answer(client, draft, "danger_now", "no")
    first_tab = seen(client, draft, "subject")
    answer(client, draft, "danger_now", "unsure")
    assert client.post(url(draft, "subject"), {"answer": "child", "seen": first_tab}).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["danger_now"] == "unsure"
    assert draft.answers["subject"] == "child"


def test_far_too_long_reasons_are_refused_and_still_there(alice: Membership) -> None:
    client, draft = answered(alice)
    page = decide(client, draft, {**FOLLOW, "reasons": "x" * 100_000}).content.decode()
    assert "There is a problem" in page
    assert "x" * 100_000 in page


def test_invisible_characters_are_taken_out(alice: Membership) -> None:
    client, draft = answered(alice)
    assert decide(client, draft, {**FOLLOW, "reasons": "bru\x00ised\x1b and\r\nhungry"}).status_code == 302
    draft.refresh_from_db()
    assert draft.details["decision"]["reasons"] == "bruised and\nhungry"


def test_a_draft_of_a_deleted_edition_goes_on_in_todays(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    answer(client, draft, "danger_now", "no")
    draft.edition, draft.answers = "1999-01", {"danger_now": "no", "gone": "yes"}
    draft.save()
    page = client.get(url(draft, "subject")).content.decode()
    assert "The guide has a new edition since you started" in page
    assert "1 answer no longer applied" in page
    draft.refresh_from_db()
    assert draft.answers == {"danger_now": "no"}
    assert draft.edition in editions.names()


def test_recording_again_leads_to_the_same_record(alice: Membership) -> None:
    client, draft = ready(alice)
    first = client.post(url(draft, "record"))
    second = client.post(url(draft, "record"))
    assert first.headers["Location"] == second.headers["Location"]
    assert client.get(url(draft, "danger_now")).headers["Location"].startswith("/log/")
    assert DecisionRecord.objects.count() == 1


def test_no_page_of_the_guide_may_be_kept_by_the_browser(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    assert "no-store" in client.get(url(draft, "danger_now")).headers["Cache-Control"]


SHARING_PAGES = ("items", "marks", "recipients", "sharing")
SHARING_TITLES = {"What, and to whom", "What could lead to someone", "Who will receive it", "Who gets what"}


def test_titles_say_nothing_about_the_case(alice: Membership) -> None:
    client, draft = ready(alice)
    for page in ("danger_now", "check", "recommendation", *SHARING_PAGES, "telling", "record"):
        title = client.get(url(draft, page)).content.decode().split("<title>")[1].split("</title>")[0]
        assert title.split(" – ")[0] in {
            "Question",
            "Your answers",
            "Recommendation",
            "Whom you tell",
            *SHARING_TITLES,
            "Check and record",
        }


@pytest.mark.parametrize(("before", "now"), [("decision", "recommendation"), ("impact", "sharing")])
def test_an_address_of_before_leads_to_where_it_is_asked_now(alice: Membership, before: str, now: str) -> None:
    client, draft = ready(alice)
    assert client.get(url(draft, before)).headers["Location"] == url(draft, now)


def test_reasons_half_typed_on_the_page_of_before_are_not_lost(alice: Membership) -> None:
    client, draft = answered(alice)
    drafts.save_typed(draft, "decision", {"reasons": ["He is hun"]}, seen=seen(client, draft, "recommendation"))
    assert "He is hun</textarea>" in client.get(url(draft, "recommendation")).content.decode()


def test_a_draft_of_before_that_lacks_the_harm_goes_on_where_it_is_asked(alice: Membership) -> None:
    client, draft = ready(alice)
    drafts.change_details(draft, lambda details: details.pop("impact"))
    assert client.post(url(draft, "record")).headers["Location"] == url(draft, "sharing")
    assert "To find out whether someone is safe" in client.get(url(draft, "sharing")).content.decode()


def test_sharing_is_asked_before_a_share_is_recorded(alice: Membership) -> None:
    client, draft = answered(alice)
    decide(client, draft)
    assert client.post(url(draft, "record")).headers["Location"] == url(draft, "items")
    share(client, draft)
    follow_on(client, draft)
    assert client.post(url(draft, "record")).headers["Location"].endswith("/recorded/")


@pytest.mark.django_db(transaction=True)
def test_no_answer_is_lost_when_many_save_at_once(alice: Membership) -> None:
    """Eight tabs, each on another question: every answer is there afterwards."""
    draft = drafts.start(by=alice, case_reference="", day=london_today())
    questions = [q for q in editions.get(draft.edition).questions if q.kind == "radios" and not q.profile][:8]

    def save(question: Question) -> None:
        try:
            tab = Draft.objects.select_related("organisation").get(pk=draft.pk)
            drafts.save_details(tab, question.id, question.option_ids[0], seen="")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, questions))
    draft.refresh_from_db()
    assert set(draft.details) >= {q.id for q in questions}


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_saved_however_often_another_tab_is_quicker(alice: Membership) -> None:
    """Whenever this tab is about to write, another writes first, unless it has to wait for this one."""
    draft = drafts.start(by=alice, case_reference="", day=london_today())
    others: list[Future[None]] = []

    def save(number: int) -> None:
        try:
            drafts.save_details(Draft.objects.get(pk=draft.pk), f"other {number}", "saved", seen="")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as tab, another_connection() as watching:
        watching.autocommit = True

        def change(details: dict[str, Any]) -> None:
            other = tab.submit(save, len(others))
            others.append(other)
            until(lambda: other.done() or watching.execute(WAITING).fetchone() == (True,))
            details["this"] = "saved"

        drafts.change_details(draft, change)
    for other in others:
        other.result()
    draft.refresh_from_db()
    assert set(draft.details) >= {"this", *(f"other {number}" for number in range(len(others)))}


def test_a_draft_begun_before_the_law_turned_says_what_changed(alice: Membership) -> None:
    """Section 16LA begins on 30 September 2026: the same answers, but now the law says you must."""
    with time_machine.travel("2026-09-29T12:00:00Z", tick=False):
        _, draft = ready(alice)
    with time_machine.travel("2026-10-01T12:00:00Z", tick=False):
        client = signed_in(alice)
        response = client.post(url(draft, "record"), follow=True)
        assert "nothing has been recorded yet" in response.content.decode()
        assert "The law has changed. Must or may: it was" in response.content.decode()
        draft.refresh_from_db()
        answer_quickly(draft, SHARE)
        assert client.post(url(draft, "record")).headers["Location"].endswith("/recorded/")
    assert DecisionRecord.objects.get().document.content["day"] == "2026-10-01"


def test_none_of_these_together_with_something_is_refused_and_keeps_what_was_ticked(alice: Membership) -> None:
    client, draft = answered(alice)
    given = Draft.objects.get(pk=draft.pk).answers["worries"]
    response = answer(client, draft, "worries", ["upset", "none"])
    page = response.content.decode()
    assert response.status_code == 200
    assert "Choose either ‘Nothing’ or what applies, not both" in page
    assert page.count(" checked") == 2
    assert Draft.objects.get(pk=draft.pk).answers["worries"] == given


def test_the_questions_are_counted_as_they_are_asked(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    for number in range(1, 5):
        question = next_question(client, draft)
        assert question
        html = client.get(url(draft, question)).content.decode()
        assert f"<span>Question {number}</span> <span>" in html
        assert "(principle " in html
        answer(client, draft, question, answer_for(EDITION.question(question), SHARE))
    assert "<span>Question 1</span>" in client.get(url(draft, "danger_now")).content.decode()
