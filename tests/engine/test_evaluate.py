"""Three-valued evaluation: what is known, what is not, and that more answers never take anything back."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.engine.evaluate import judge
from decisions.engine.ruleset import RuleSet

from .conftest import LATE
from .sittings import random_answers

EARLY = date(2026, 9, 1)
SEEDS = st.integers(0, 10**9)


def test_nothing_answered_decides_nothing(sample: RuleSet) -> None:
    judgement = judge(sample, {}, LATE)

    assert judgement.value("outcome") is None
    assert len(judgement.possible("outcome")) == 6
    assert judgement.members("duties") == ("record_decision",)
    assert judgement.fact("harm_serious") is None


def test_one_answer_can_settle_the_main_decision(sample: RuleSet) -> None:
    judgement = judge(sample, {"harm": "immediate"}, LATE)

    assert judgement.value("outcome") == "share_urgently"
    assert judgement.possible("outcome") == ("share_urgently",)


def test_an_answer_to_a_question_that_is_not_asked_counts_for_nothing(sample: RuleSet) -> None:
    judgement = judge(sample, {"harm": "wellbeing", "safe_to_ask": "yes", "consent": "agreed"}, LATE)

    assert "consent" not in judgement.asked
    assert "share_with_consent" not in judgement.possible("outcome")


def test_asked_and_unanswered_is_pending(sample: RuleSet) -> None:
    judgement = judge(sample, {"harm": "wellbeing", "safe_to_ask": "no"}, LATE)

    assert judgement.pending == ("body", "worries", "age", "consent", "need", "happened", "born", "reasons")


@pytest.mark.parametrize(
    ("answers", "values"),
    [
        ({"harm": "wellbeing", "safe_to_ask": "no", "consent": "refused", "age": "15"}, "seek_advice_first"),
        ({"harm": "wellbeing", "safe_to_ask": "no", "consent": "refused", "age": "16"}, "do_not_share"),
        ({"harm": "wellbeing", "safe_to_ask": "no", "consent": "refused", "age": "unsure"}, "do_not_share"),
        ({"harm": "significant", "safe_to_ask": "yes"}, "share_without_consent"),
        ({"harm": "significant", "safe_to_ask": "no", "consent": "agreed"}, "share_with_consent"),
        ({"harm": "no_harm", "safe_to_ask": "unsure", "worries": []}, "seek_advice_first"),
    ],
)
def test_rules_exceptions_layers_and_bands(sample: RuleSet, answers: dict[str, Any], values: str) -> None:
    needed = {"need": {"health": "yes", "school": "no"}, **answers}

    assert judge(sample, needed, LATE).value("outcome") == values


def test_an_exception_without_a_value_lets_the_later_layers_speak(sample: RuleSet) -> None:
    answers = {"harm": "wellbeing", "need": {"health": "no", "school": "no"}, "safe_to_ask": "no", "consent": "agreed"}

    assert judge(sample, {**answers, "worries": []}, LATE).value("outcome") == "do_not_share"
    assert judge(sample, {**answers, "worries": ["violence"]}, LATE).value("outcome") == "share_with_consent"


def test_a_rule_applies_from_its_day_and_law_without_a_day_never(sample: RuleSet) -> None:
    answers = {"harm": "immediate", "body": "yes", "happened": "2026-10-05"}

    assert judge(sample, answers, EARLY).value("must") == "may"
    assert judge(sample, answers, LATE).value("must") == "must"
    assert judge(sample, {**answers, "body": "no"}, LATE).value("must") == "may"


def test_a_question_is_asked_from_its_day(sample: RuleSet) -> None:
    assert "born" not in judge(sample, {}, EARLY).asked
    assert "born" in judge(sample, {}, LATE).asked


def test_no_box_ticked_is_an_answer(sample: RuleSet) -> None:
    answers = {"harm": "significant", "body": "no"}

    assert judge(sample, {**answers, "worries": []}, LATE).members("warnings") == ("nothing_ticked",)
    assert "nothing_ticked" in judge(sample, answers, LATE).open_members("warnings")


@pytest.mark.parametrize(
    "answers",
    [
        {"harm": "no such option"},
        {"harm": ["immediate"]},
        {"harm": {"immediate": "yes"}},
        {"worries": "violence"},
        {"need": "yes"},
        {"age": "a lot"},
        {"happened": "yesterday"},
        {"gone": "yes"},
    ],
)
def test_what_is_not_an_answer_counts_as_not_given(sample: RuleSet, answers: dict[str, Any]) -> None:
    assert judge(sample, answers, LATE).state == judge(sample, {}, LATE).state


@given(SEEDS)
def test_more_answers_never_take_back_what_is_known(sample: RuleSet, seed: int) -> None:
    random = Random(seed)
    whole = random_answers(sample, random, LATE)
    some = {name: answer for name, answer in whole.items() if random.random() < 0.6}

    before, after = judge(sample, some, LATE), judge(sample, whole, LATE)

    assert before.state & after.state == before.state
    for decision in sample.decisions:
        assert after.value(decision.id) in before.possible(decision.id)
    for item_set in sample.sets:
        assert set(before.members(item_set.id)) <= set(after.members(item_set.id))


@given(SEEDS)
def test_a_whole_sitting_settles_everything(sample: RuleSet, seed: int) -> None:
    judgement = judge(sample, random_answers(sample, Random(seed), LATE), LATE)

    assert None not in [judgement.value(decision.id) for decision in sample.decisions]
    assert not any(judgement.open_members(item_set.id) for item_set in sample.sets)
