"""The next question: never one that cannot matter, and what is settled stays settled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.engine import ask, narrowing
from decisions.engine.evaluate import judge
from decisions.engine.loading import loads
from decisions.engine.relevance import moved_by, stages
from decisions.engine.ruleset import Question, RuleSet

from .conftest import LATE
from .sittings import random_answer, random_answers

SEEDS = st.integers(0, 10**9)
Whole = dict[str, Any]


def guided(ruleset: RuleSet, whole: Whole, until: Callable[[Whole], bool] = lambda answers: False) -> Whole:
    """The answers given when the guide asks and the person answers out of `whole`."""
    answers: Whole = {}
    while not until(answers) and (question := ask.next_question(ruleset, answers, LATE)):
        assert question.id not in answers
        answers[question.id] = whole[question.id]
    return answers


def results(ruleset: RuleSet, answers: Whole) -> list[object]:
    judgement = judge(ruleset, answers, LATE)
    decisions: list[object] = [judgement.value(decision.id) for decision in ruleset.decisions]
    return decisions + [judgement.members(item_set.id) for item_set in ruleset.sets]


def test_the_main_decision_comes_first_then_the_rest_then_the_record(sample: RuleSet) -> None:
    whole: Whole = {"harm": "immediate", "body": "yes", "happened": "2026-11-01", "born": "unsure", "reasons": "x"}
    whole |= {"need": {"health": "yes", "school": "yes"}, "channel": "", "parts": [], "sent_on": ""}

    assert list(guided(sample, whole)) == [
        "harm",
        "body",
        "need",
        "happened",
        "born",
        "channel",
        "parts",
        "sent_on",
        "reasons",
    ]


@given(SEEDS)
def test_answering_only_what_is_asked_leads_to_the_same_as_answering_all(sample: RuleSet, seed: int) -> None:
    whole = random_answers(sample, Random(seed), LATE)

    assert results(sample, guided(sample, whole)) == results(sample, whole)


@given(SEEDS)
def test_the_first_question_can_still_change_the_main_decision(sample: RuleSet, seed: int) -> None:
    random = Random(seed)
    whole = random_answers(sample, random, LATE)
    answers = guided(sample, whole, lambda given: random.random() < 0.3)
    if ask.settled(sample, answers, LATE):
        return
    question = ask.next_question(sample, answers, LATE)

    assert question is not None
    assert sample.main.id in ask.why(sample, answers, question.id, LATE)
    assert any(can_change(sample, answers, question, Random(attempt)) for attempt in range(1_000))


def can_change(ruleset: RuleSet, answers: Whole, question: Question, random: Random) -> bool:
    """Whether some other answer to it changes the main decision, the answers still open being filled at random."""
    rest = random_answers(ruleset, random, LATE) | answers
    tries = (rest | {question.id: random_answer(question, random, LATE)} for _ in range(6))
    return len({judge(ruleset, tried, LATE).value(ruleset.main.id) for tried in tries}) > 1


@given(SEEDS)
def test_without_diagrams_the_syntax_asks_at_least_as_much(sample: RuleSet, seed: int) -> None:
    whole = random_answers(sample, Random(seed), LATE)
    exact = guided(sample, whole)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("decisions.engine.evaluate.exact", lambda program: None)
        by_syntax = guided(sample, whole)
        assert tuple(ask.why(sample, {}, "harm", LATE)) == ("outcome", "must", "duties", "scope", "warnings")

    assert len(exact) <= len(by_syntax)
    assert results(sample, by_syntax) == results(sample, whole)


@given(SEEDS)
def test_what_the_diagrams_find_to_matter_the_syntax_finds_too(sample: RuleSet, seed: int) -> None:
    random = Random(seed)
    whole = random_answers(sample, random, LATE)
    some = {name: answer for name, answer in whole.items() if random.random() < 0.5}
    judgement = judge(sample, some, LATE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("decisions.engine.evaluate.exact", lambda program: None)
        syntax = judge(sample, some, LATE)
        assert syntax.exact is None

    for exact, by_syntax in zip(stages(judgement), stages(syntax), strict=True):
        assert exact <= by_syntax


def test_why_names_what_it_can_still_change_and_sets_its_own_answer_aside(sample: RuleSet) -> None:
    answers = {"harm": "significant", "safe_to_ask": "yes", "body": "yes"}

    assert list(ask.why(sample, answers, "need", LATE)) == ["scope"]
    assert "outcome" in ask.why(sample, answers, "harm", LATE)
    assert list(ask.why(sample, answers, "reasons", LATE)) == []


@given(SEEDS)
def test_what_a_question_can_change_is_what_its_diagrams_still_name(sample: RuleSet, seed: int) -> None:
    """Against the plain way: narrow every diagram, and go on through each decision that one waits for."""
    random = Random(seed)
    whole = random_answers(sample, random, LATE)
    judgement = judge(sample, {name: given for name, given in whole.items() if random.random() < 0.5}, LATE)
    exact = judgement.exact
    assert exact is not None

    def named(name: str) -> frozenset[str]:
        found, waiting = exact.reach(exact.roots(name), judgement.settled)
        return found.union(*map(named, waiting))

    names = [decision.id for decision in sample.decisions] + [item_set.id for item_set in sample.sets]
    reached = {name: named(name) for name in names}
    for question in sample.questions:
        assert set(moved_by(judgement, question.id)) == {name for name in names if question.id in reached[name]}


def test_a_row_left_open_is_asked_again(sample: RuleSet) -> None:
    answers = {"harm": "wellbeing", "body": "no", "worries": [], "need": {"health": "no"}}

    assert "outcome" in ask.why(sample, answers, "need", LATE)
    later = guided(sample, random_answers(sample, Random(1), LATE))
    assert ask.next_question(sample, {**later, "need": {"health": "yes"}}, LATE) in (sample.question("need"), None)


def test_replay_keeps_what_is_asked_and_drops_the_rest(sample: RuleSet) -> None:
    answers = {
        "harm": "immediate",
        "safe_to_ask": "no",
        "consent": "agreed",
        "age": "17",
        "need": {"health": "yes"},
        "reasons": "because",
        "gone": "x",
        "body": "not offered",
    }
    kept, dropped = ask.replay(sample, answers, LATE)

    assert kept == {"harm": "immediate", "reasons": "because"}
    assert set(dropped) == {"safe_to_ask", "consent", "age", "need", "gone", "body"}


def test_replay_keeps_answers_while_it_is_open_whether_they_are_asked(sample: RuleSet) -> None:
    kept, dropped = ask.replay(sample, {"consent": "agreed", "channel": "email"}, LATE)

    assert set(kept) == {"consent", "channel"}
    assert not dropped


@given(SEEDS)
def test_replaying_twice_drops_nothing_more(sample: RuleSet, seed: int) -> None:
    kept, _ = ask.replay(sample, random_answers(sample, Random(seed), LATE), LATE)

    assert ask.replay(sample, kept, LATE) == (kept, {})


def test_progress_counts_towards_nothing_left(sample: RuleSet) -> None:
    start = ask.progress(sample, {}, LATE)
    whole = guided(sample, random_answers(sample, Random(7), LATE))
    end = ask.progress(sample, whole, LATE)

    assert (start.section, start.sections, start.answered) == (0, 4, 0)
    assert start.remaining > 4
    assert (end.section, end.remaining, end.answered) == (None, 0, len(whole))


def test_the_law_of_the_day_is_asked_about(sample: RuleSet) -> None:
    answers = guided(sample, random_answers(sample, Random(3), LATE))
    before = {name: answer for name, answer in answers.items() if name != "born"}

    assert ask.next_question(sample, before, date(2026, 9, 1)) is None


def test_what_was_worked_out_for_other_sittings_may_be_forgotten(sample: RuleSet, sample_text: str) -> None:
    """Steps remembered, forgotten and made by several threads at once lead to the same questions."""
    fresh = loads(sample_text.replace("title: A sample", "title: Forgetful"))
    sittings = [random_answers(sample, Random(seed), LATE) for seed in range(40)]
    expected = [guided(sample, whole) for whole in sittings]
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(4) as threads:
        patch.setattr(narrowing, "MOST", -1)
        assert list(threads.map(partial(guided, fresh), sittings)) == expected
