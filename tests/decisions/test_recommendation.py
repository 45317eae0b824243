"""What the guide suggests, as the page and the paper say it: short, in order, and honest about what is not known."""

import io
from collections.abc import Mapping
from typing import Any

import pikepdf
import pytest
from django.test import Client

from decisions import editions, reading
from decisions.cases import Case, own, published
from decisions.guide.advice import Advice
from decisions.guide.papers import recommendation_content
from decisions.guide.profile import profile_answers
from decisions.guide.sitting import Sitting
from decisions.guide.todo import recorded as to_do_of
from decisions.models import Draft
from decisions.outcomes import SHARES
from infoshare.accounts.models import Membership
from infoshare.days import london_today
from tests.people import signed_in

from .walking import (
    CASES,
    FOLLOW,
    REFUSE,
    SHARE,
    answer,
    answer_for,
    answered,
    as_shown,
    next_question,
    recorded,
    start,
    url,
)

pytestmark = pytest.mark.django_db


def advice_on(alice: Membership, answers: Mapping[str, Any]) -> Advice:
    """As the pages would come to it, without a draft."""
    day = london_today()
    ruleset = editions.current(on=day)
    known = profile_answers(ruleset, alice.organisation, day)
    given: dict[str, Any] = {}
    while question := (sitting := Sitting(ruleset, day, given, known)).next_question:
        answer = answer_for(question, answers)
        given = {**given, question.id: [] if answer == ["none"] else answer}
    return Advice(sitting)


def page(client: Client, draft: Draft, name: str = "recommendation") -> str:
    return client.get(url(draft, name)).content.decode()


def test_the_panel_says_must_or_may_and_how_soon(alice: Membership) -> None:
    assert advice_on(alice, SHARE).must_or_may == "You must share this with social care today."
    assert advice_on(alice, REFUSE).must_or_may == ""
    assert advice_on(alice, SHARE).must_because.startswith("your organisation and theirs must share")


def test_a_duty_names_to_whom_it_is_whoever_else_is_told(alice: Membership) -> None:
    """Telling one's own lead of a girl who was cut does not do what the law asks."""
    given = {each.question: each.answer for each in next(c for c in published() if c.id == "GOV-01").answers}
    advice = advice_on(alice, {**given, "recipient": "own_lead"})
    assert advice.must_or_may == "You must share this with the police today."


def test_what_is_settled_and_due_today_is_said_before_the_questions_end(alice: Membership) -> None:
    """Who is in a hurry need not answer how sure they are of it before they know that they can ring."""
    client = signed_in(alice)
    draft = start(client)
    said = "Share this with social care today."
    shown = []
    while question := next_question(client, draft):
        shown.append((question, said in page(client, draft, question)))
        answer(client, draft, question, answer_for(editions.current(on=london_today()).question(question), SHARE))
    assert dict(shown)["contents"] is False
    assert dict(shown)["quality"] is True
    assert said not in page(client, draft, "harm_subject")  # an answer that is being changed may unsettle it
    assert "Share this" not in page(client, answered(alice, REFUSE)[1], "purpose")


def test_the_answer_that_settles_it_leads_to_what_to_do_and_on_to_the_questions_left(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    ruleset = editions.current(on=london_today())
    shown = []
    while question := next_question(client, draft):
        response = answer(client, draft, question, answer_for(ruleset.question(question), SHARE))
        if response.headers["Location"] == url(draft, "recommendation") and next_question(client, draft):
            shown.append(question)
            early = page(client, draft, "recommendation")
            assert "Share this with social care today." in early
            assert "Nothing is recorded: before you send anything, go on with the questions." in early
            assert "What do you decide?" not in early
    assert shown == ["contents"]


def test_papers_to_someone_who_may_be_the_danger_are_not_hurried(alice: Membership) -> None:
    case = next(case for case in own() if case.id == "court-bundle-without-address")
    given = {each.question: each.answer for each in case.answers}
    known = {question: given.pop(question, answer) for question, answer in case.organisation.items()}
    advice = Advice(Sitting(editions.get(case.edition), case.day, given, known))
    assert advice.must_or_may == "You must share that part once you have checked the facts and where it goes."


@pytest.mark.parametrize("case", own(), ids=lambda case: case.id)
def test_there_is_a_reason_even_where_several_rules_could_have_led_there(case: Case) -> None:
    """Nobody is asked which of them it is, where all of them say the same."""
    given = {each.question: each.answer for each in case.answers}
    known = {question: given.pop(question, answer) for question, answer in case.organisation.items()}
    advice = Advice(Sitting(editions.get(case.edition), case.day, given, known))
    assert advice.reasons
    assert advice.because


def test_the_name_of_the_law_says_whether_the_outcome_rests_on_what_is_not_confirmed(alice: Membership) -> None:
    client, draft = answered(alice, SHARE)
    before_the_law, _, the_law = page(client, draft).partition("The law (not all of it checked yet)")
    assert the_law
    assert "Start of section 16LA on 30 September 2026" not in before_the_law
    assert "Start of section 16LA on 30 September 2026" in the_law
    plain = {source.title for source in advice_on(alice, SHARE).ruleset.sources.values() if source.status == "V"}
    assert not plain & set(advice_on(alice, SHARE).outcome_unconfirmed)
    assert advice_on(alice, CASES["NHS-01"]).outcome_unconfirmed[0] == "UK GDPR, Article 5"


@pytest.mark.parametrize("case_id", CASES)
def test_every_outcome_is_explained_and_nothing_without_a_bearing_is_shown(alice: Membership, case_id: str) -> None:
    advice = advice_on(alice, CASES[case_id])
    others = {value.text for value in advice.ruleset.main.values} - {advice.sentence}
    assert {other.outcome for other in advice.why_not} | {*advice.not_called_for} == others
    assert all(other.reason for other in advice.why_not)
    assert not [part for part in advice.law_shown if part.words in ("Not needed", "No clock is running")]
    assert 0 < len(advice.because) <= 4
    assert {*advice.because} | {*advice.also_rests_on} == {*advice.rests_on}


@pytest.mark.parametrize("case_id", CASES)
def test_what_this_case_asks_for_stands_apart_from_what_always_does(alice: Membership, case_id: str) -> None:
    advice = advice_on(alice, CASES[case_id])
    todo = advice.to_do
    everything = [item for name in ("duties", "tasks") for item in advice.sets[name]]
    assert sorted(map(str, everything)) == sorted(map(str, [*todo.now, *todo.later, *todo.always]))
    assert "Record your decision" in todo.always[-1].text + "".join(item.text for item in todo.always)
    if advice.outcome in SHARES:
        assert len(todo.always) > 2


def test_the_first_thing_to_do_comes_first(alice: Membership) -> None:
    assert "101" in advice_on(alice, CASES["GOV-01"]).to_do.now[0].text
    assert "999" in advice_on(alice, CASES["SCIE-03"]).to_do.now[0].text


def test_doubtful_sources_are_named_once(alice: Membership) -> None:
    client, draft = answered(alice, SHARE)
    html = page(client, draft)
    assert html.count("not yet checked all of these") == 1
    assert "not yet confirmed" not in html
    assert html.count("Start of section 16LA on 30 September 2026 (known") == 1


def test_the_paper_has_all_of_it_and_can_be_read_aloud(alice: Membership) -> None:
    client, draft = answered(alice, SHARE)
    response = client.get(url(draft, "recommendation/paper"))
    assert response.headers["Content-Type"] == "application/pdf"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Disposition"] == 'attachment; filename="guide.pdf"'
    with pikepdf.open(io.BytesIO(response.content)) as read, read.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "Recommendation"
    headings = {part.get("heading") for part in recommendation_content(advice_on(alice, SHARE))["parts"]}
    assert {"Do this", "Leave out", "Take care", "The law", "Not yet checked against the published law"} <= headings


def test_with_questions_still_open_it_leads_back_to_them(alice: Membership) -> None:
    client, draft = answered(alice, SHARE)
    assert "What do you decide?" in page(client, draft)
    draft.answers.pop("worries")
    draft.save()
    html = page(client, draft)
    assert "Go on with the questions" in html
    assert "What do you decide?" not in html
    assert client.post(url(draft, "recommendation"), FOLLOW).headers["Location"] == url(draft, "worries")


def test_the_decision_stands_last_with_nothing_chosen_and_departing_opens_its_reason(alice: Membership) -> None:
    client, draft = answered(alice, SHARE)
    html = page(client, draft)
    assert html.index("Leave out") < html.index("Take care") < html.index("Why, and what would change it")
    assert html.index("Why, and what would change it") < html.index("What do you decide?")
    assert "choice" not in as_shown(html)
    hidden = html.index("govuk-radios__conditional--hidden")
    assert hidden < html.index("What will you do instead?") < html.index("Why do you decide otherwise?")


def test_the_record_keeps_what_was_to_do(alice: Membership) -> None:
    todo = to_do_of(recorded(alice, SHARE).document.content)
    assert todo is not None
    assert todo.now == advice_on(alice, SHARE).to_do.now


def test_the_receipt_and_the_record_still_say_what_to_do(alice: Membership) -> None:
    record = recorded(alice, CASES["GOV-01"])
    client = signed_in(alice)
    for address in (f"/log/{record.reference}/recorded/", f"/log/{record.reference}/"):
        html = client.get(address).content.decode()
        assert html.index("What to do") < html.index("101")


def test_a_day_that_is_set_is_not_to_be_set_again(alice: Membership) -> None:
    record = recorded(alice, CASES["ICO-E03"])
    words = "Set a day to look at this again"
    content = record.document.content
    assert words in str(content["recommendation"]["sets"])
    for address in (f"/log/{record.reference}/recorded/", f"/log/{record.reference}/"):
        assert words not in signed_in(alice).get(address).content.decode()
    assert words in str(to_do_of({**content, "refusal": None}))


@pytest.mark.parametrize(
    ("urgency", "channel", "rings"),
    [
        ("today", "case_system", True),
        ("now", "letter", True),
        ("today", "telephone", False),
        ("today", "in_person", False),
        ("working_day", "case_system", False),
    ],
)
def test_what_cannot_wait_is_rung_through_first(urgency: str, channel: str, *, rings: bool) -> None:
    content = {"recommendation": {"explanation": {"decisions": {"urgency": {"value": urgency}}}}}
    assert reading.rings_first(content, {"channel": channel}) == rings


def test_the_receipt_of_a_share_for_today_says_to_ring_first(alice: Membership) -> None:
    record = recorded(alice, SHARE)
    assert record.document.content["sharing"]["recipients"][0]["channel"] != "telephone"
    html = signed_in(alice).get(f"/log/{record.reference}/recorded/").content.decode()
    assert "Ring them first, as it is for today, on a number that you find yourself. Then send it by:" in html


def test_the_receipt_repeats_what_one_needs_beside_the_telephone(alice: Membership) -> None:
    record = recorded(alice, SHARE)
    html = signed_in(alice).get(f"/log/{record.reference}/recorded/").content.decode()
    sets = record.document.content["recommendation"]["sets"]
    assert sets["minimise"]
    for item in sets["minimise"]:
        assert item["text"] in html
    assert "Do not tell the person, a parent or whoever may be the danger until you know that it is safe" in html
