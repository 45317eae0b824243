"""What the recommendation page says of the law, of other outcomes and of other answers: true, short, readable."""

from typing import Any

import pytest

from decisions import cases, editions
from decisions.cases import Case
from decisions.engine.explain import explain
from decisions.guide.advice import Advice
from decisions.guide.citing import source_words
from decisions.guide.sitting import Sitting
from decisions.guide.todo import SHOWN
from decisions.outcomes import Outcome

EDITION = editions.get("2026-09")
PUBLISHED = {case.id: case for case in cases.published()}
EVERY = (*PUBLISHED.values(), *cases.own())


def advice_for(case: Case, **other: Any) -> Advice:
    """On the case's answers, with `other` answers instead, as far as they are asked."""
    judgement = cases.sit(case).judgement
    given = {**judgement.answers, **other}
    known = {name: answer for name, answer in given.items() if name in case.organisation}
    return Advice(Sitting(judgement.ruleset, case.day, {q: a for q, a in given.items() if q not in known}, known))


def published(case_id: str, **other: Any) -> Advice:
    return advice_for(PUBLISHED[case_id], **other)


def point(advice: Advice, text: str) -> Any:
    return next(part for part in advice.law if part.text.startswith(text))


# What would change it.


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.id)
def test_changes_are_few_and_in_words_and_true(case: Case) -> None:
    advice = advice_for(case)
    assert len(advice.would_change) <= 5
    for change in advice.would_change:
        assert "[" not in change.words + change.outcome
        assert change.outcome != advice.sentence
    fixed = {EDITION.question("recipient").text, EDITION.question("subject").text}
    told = {change.question for change in advice.would_change}
    assert not told & fixed or told <= fixed  # only where nothing else would change it


def test_the_boxes_of_a_list_are_told_in_words() -> None:
    told = {change.question: change.words for change in published("GOV-01").would_change}
    assert told[EDITION.question("contents").text] == "You do not tick “That a girl under 18 has been cut (FGM)”"


def test_where_it_is_up_to_them_their_yes_and_their_no_come_first() -> None:
    yes, no, *_ = published("SCO-01").would_change
    assert yes.words.startswith(EDITION.question("asked_them").option("agreed").text)
    assert no.words.startswith(EDITION.question("asked_them").option("refused").text)
    assert yes.outcome == EDITION.main.value(Outcome.SHARE_WITH_CONSENT).text
    assert no.outcome == EDITION.main.value(Outcome.SEEK_ADVICE_FIRST).text


def test_where_advice_comes_first_what_each_advice_leads_to_comes_first() -> None:
    told = published("GMC-07").would_change[:3]
    words = [EDITION.question("advice").option(option).text for option in ("share", "part", "hold_back")]
    assert [change.words for change in told] == words


def test_where_an_early_answer_settled_it_another_one_is_said_to_lead_to_more_questions() -> None:
    change, *others = published("SCIE-03").would_change
    assert (change.question, change.words) == (EDITION.question("danger_now").text, "No")
    assert change.outcome == "We would ask you more before we could say"
    assert not others


def test_nobody_has_agreed_because_it_goes_to_someone_else() -> None:
    agreed = EDITION.main.value(Outcome.SHARE_WITH_CONSENT).text
    for case in EVERY:
        told = [change.question for change in advice_for(case).would_change if change.outcome == agreed]
        assert EDITION.question("recipient").text not in told


# The law.


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.id)
def test_no_denial_and_no_open_bracket_is_shown_as_met(case: Case) -> None:
    advice = advice_for(case)
    texts = [test.text for part in advice.law for test in part.tests]
    assert not [
        text for text in texts if text.startswith(("It is not so", "It is not the case", "(")) or " or (" in text
    ]
    assert not [text for text in texts if text.count("(") != text.count(")")]
    assert not [text for text in texts if text.startswith(("Something is shared", "Nothing is shared", "“What to do”"))]


def test_a_duty_is_told_by_its_own_tests() -> None:
    texts = [test.text for test in point(published("REV-01"), "Lawful basis").tests]
    assert "It may help the recipient do its work for the child" in texts
    assert "By your answers, sharing helps the child more than it could hurt" in texts


def test_what_an_emergency_never_asked_about_is_not_met() -> None:
    advice = published("SCIE-03")
    assert point(advice, "Information about crime").status == ""
    assert point(advice, "Sensitive information").status == "not yet known"
    assert "Information about crime (UK GDPR, Article 10)" not in [part.text for part in advice.law_shown]


def test_what_stays_confidential_or_never_was_is_no_test_that_is_met() -> None:
    assert point(published("GMC-02"), "Confidentiality").status == "settled"
    assert point(published("REV-01"), "Confidentiality").status == "settled"
    assert point(published("SCO-01"), "Confidentiality").status == "not yet known"


def test_private_life_is_not_weighed_where_nothing_shows_who_it_is() -> None:
    assert point(published("NHS-01"), "Private and family life").status == ""
    assert point(published("REV-01"), "Private and family life").status == "met"


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        ("gdpr_6", "6", "UK GDPR, Article 6"),
        ("gdpr_6", "6(1)(e)", "UK GDPR, Article 6(1)(e)"),
        ("gdpr_8a", "8A(4)", "UK GDPR, Article 8A and Annex 2, Article 8A(4)"),
        ("gdpr_8a", "Annex 2", "UK GDPR, Article 8A and Annex 2"),
        ("gdpr_9", "", "UK GDPR, Article 9"),
        ("ca_16la", "(1) to (4)", "Children Act 2004, section 16LA, subsections (1) to (4)"),
        ("ca_16la", "(3)", "Children Act 2004, section 16LA, subsections (1) to (4), subsection (3)"),
        ("ca89_47", "(9)", "Children Act 1989, section 47(9)"),
        ("dpa_18", "(2)", "Data Protection Act 2018, Schedule 1, paragraph 18 (safeguarding), sub-paragraph (2)"),
        ("slides", "WHEN", "Information sharing advice for safeguarding practitioners, July 2018 (as taught), WHEN"),
        ("cases", "recipient", "Published cases on this: recipient"),
        ("cases", "", "Published cases"),
    ],
)
def test_a_source_is_named_once_with_its_place(source: str, place: str, words: str) -> None:
    assert source_words(EDITION.sources[source], place) == words


def test_a_published_case_is_named_by_its_title() -> None:
    title = PUBLISHED["MDDUS-01"].title
    assert source_words(EDITION.sources["cases"], "MDDUS-01").endswith(f": {title}")


# Why not something else.


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.id)
def test_every_other_outcome_has_one_reason_or_is_not_called_for(case: Case) -> None:
    advice = advice_for(case)
    told = [other.outcome for other in advice.why_not] + advice.not_called_for
    assert sorted(told) == sorted({value.text for value in EDITION.main.values} - {advice.sentence})
    for other in advice.why_not:
        assert "it is not so" not in other.reason


def test_a_reason_speaks_of_what_was_answered() -> None:
    told = {other.outcome: other.reason for other in published("SCO-01").why_not}
    agreed = told[EDITION.main.value(Outcome.SHARE_WITH_CONSENT).text]
    assert agreed.startswith("That is for when they have agreed freely. You answered “They have not been asked” to")
    assert not [reason for reason in told.values() if "police must be told" in reason or "own information" in reason]


def test_what_stands_in_the_way_is_named() -> None:
    told = {other.outcome: other.reason for other in published("ICO-E02").why_not}
    assert told[EDITION.main.value(Outcome.STATUTORY_DUTY).text].startswith("Not here, because what you send may reach")


def test_why_they_are_not_asked_is_what_is_said_of_agreement() -> None:
    told = {other.outcome: other.reason for other in published("REV-01").why_not}
    because = point(published("REV-01"), "Agreement").reasons[0].because
    assert told[EDITION.main.value(Outcome.SEEK_CONSENT_FIRST).text] == because


def test_a_general_duty_is_not_denied_under_another_name() -> None:
    advice = published("REV-01")
    assert advice.must_or_may.startswith("You must share")
    told = {other.outcome: other.reason for other in advice.why_not}
    duty = told[EDITION.main.value(Outcome.STATUTORY_DUTY).text]
    assert duty.startswith("That is no other answer: the law requires this too. ")


# Why a question is asked.


def test_what_can_change_the_outcome_is_not_told_point_by_point() -> None:
    advice = published("REV-01")
    assert advice.why(EDITION.question("harm_subject")) == ["What to do, and all that follows from it"]
    assert advice.why(EDITION.question("worries")) == [EDITION.item_set("warnings").text]


# Because, and what to take care of.


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.id)
def test_what_everybody_answers_no_to_is_no_ground(case: Case) -> None:
    advice = advice_for(case)
    assert 0 < len(advice.because) <= 4
    assert [*advice.because, *advice.also_rests_on] == advice.rests_on
    if advice.sitting.answers.get("danger_now") == "no" and len(advice.because) > 1:
        assert advice.because[0].question_id != "danger_now"


def test_only_answers_of_the_rule_that_led_there_stand_under_because() -> None:
    assert [answer.question_id for answer in published("REV-01").because] == ["harm_subject", "subject"]
    assert [answer.question_id for answer in published("SCO-01").because] == ["asked_them", "safe_to_ask", "subject"]


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.id)
def test_four_warnings_at_most_and_those_of_every_share_with_what_always_holds(case: Case) -> None:
    advice = advice_for(case)
    care = advice.take_care
    assert sorted(map(str, [*care.first, *care.more, *care.always])) == sorted(map(str, advice.sets["warnings"]))
    assert len(care.first) <= SHOWN
    assert len(care.first) == SHOWN or not care.more


def test_warnings_of_danger_come_first_and_those_of_every_share_last() -> None:
    items = {item.id: item.text for item in EDITION.item_set("warnings").items}
    care = published("LA-02").take_care
    assert care.first[0].text == items["no_tip_off"]
    assert care.always[-1].text == items["no_blame"]


def test_what_to_do_is_said_where_the_outcome_was_settled_without_every_answer() -> None:
    """Nobody is asked whether her no is free where that changes nothing; what to do must still be told."""
    advice = published("GMC-03", recipient="parent", recipient_link="no", purpose="support", harm_others="no_harm")
    answers = {name: answer for name, answer in advice.sitting.answers.items() if name != "pressure"}
    sitting = Sitting(EDITION, PUBLISHED["GMC-03"].day, answers, dict(PUBLISHED["GMC-03"].organisation))
    assert sitting.next_question is None
    told = Advice(sitting)
    assert told.outcome == Outcome.SEEK_CONSENT_FIRST
    texts = {item.id: item.text for item in EDITION.item_set("tasks").items}
    assert {texts["talk"], texts["see_again"], texts["talk_it_through"]} <= {item.text for item in told.to_do.now}


@pytest.mark.parametrize("case", PUBLISHED.values(), ids=lambda case: case.id)
def test_every_set_is_told_in_full_after_each_answer(case: Case) -> None:
    judgement = cases.sit(case).judgement
    given = dict(case.organisation)
    for name, answer in judgement.answers.items():
        given[name] = answer
        explanation = explain(judgement.ruleset, given, case.day)
        for item_set in judgement.ruleset.sets:
            told = {entry["item"] for entry in explanation.item_set(item_set.id)["in"]}
            assert told == set(explanation.judgement.members(item_set.id))
