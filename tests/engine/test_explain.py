"""Explanations: what fired, what did not and why, what it rests on; as values and as sentences."""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.engine import exact, would
from decisions.engine.evaluate import judge
from decisions.engine.explain import explain
from decisions.engine.ruleset import RuleSet
from decisions.engine.samples import as_answers
from decisions.engine.sentences import sentences

from .conftest import LATE
from .sittings import random_answers

AGREED = {
    "body": "yes",
    "harm": "significant",
    "worries": ["violence"],
    "age": "17",
    "safe_to_ask": "no",
    "consent": "agreed",
    "need": {"health": "yes", "school": "no"},
    "happened": "2026-10-02",
    "born": "2026-01-01",
}


def decision(ruleset: RuleSet, answers: dict[str, Any], name: str = "outcome") -> dict[str, Any]:
    found: dict[str, Any] = explain(ruleset, answers, LATE).as_json()["decisions"][name]
    return found


def reason(entries: list[dict[str, Any]], rule: str) -> dict[str, Any]:
    return next(entry for entry in entries if entry["rule"] == rule)


def test_what_fired_quotes_the_reason_its_source_and_its_conditions(sample: RuleSet) -> None:
    assert decision(sample, AGREED)["fired"] == [
        {
            "rule": "S1a",
            "exception_to": "S1",
            "because": "They agreed.",
            "cite": "guide AGREE",
            "true": ["harm_serious", "consent is agreed"],
        }
    ]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("E1", {"false": ["harm is immediate"]}),
        ("N1", {"false": ["nothing_needed", "not harm_serious"]}),
        ("S1", {"exception": "S1a"}),
        ("A1", {"overruled_by": "S1"}),
        ("O1", {"overruled_by": "S1"}),
    ],
)
def test_what_did_not_fire_says_what_stopped_it(sample: RuleSet, rule: str, why: dict[str, Any]) -> None:
    assert reason(decision(sample, AGREED)["not_fired"], rule) == {"rule": rule, **why}


def test_law_that_is_not_in_force_says_so(sample: RuleSet) -> None:
    assert reason(decision(sample, AGREED, "must")["not_fired"], "M2") == {"rule": "M2", "not_in_force": True}


def test_what_is_unknown_names_its_own_conditions_or_what_may_still_stop_it(sample: RuleSet) -> None:
    answers = {"harm": "wellbeing", "safe_to_ask": "no", "consent": "refused", "need": {"health": "no"}}
    unknown = decision(sample, answers)["unknown"]

    assert reason(unknown, "N1")["unknown"] == ["nothing_needed"]
    assert reason(unknown, "A2")["unknown"] == ["A2a", "N1"]


def test_sets_say_what_is_in_and_why_the_rest_is_not(sample: RuleSet) -> None:
    sets = explain(sample, AGREED, LATE).as_json()["sets"]

    assert [entry["item"] for entry in sets["duties"]["in"]] == ["record_decision", "tell_lead", "midwife"]
    assert sets["scope"]["out"] == [{"item": "send_school", "rule": "scope.send_school", "false": ["needs_school"]}]


def test_the_explanation_is_plain_json(sample: RuleSet) -> None:
    found = explain(sample, AGREED, LATE).as_json()

    assert json.loads(json.dumps(found)) == found
    assert found["ruleset"] == sample.content_hash
    assert found["rests_on"] == ["harm=significant", "safe_to_ask=no", "consent=agreed"]


def test_what_would_change_it(sample: RuleSet) -> None:
    answers = {
        **AGREED,
        "harm": "wellbeing",
        "consent": "refused",
        "need": {"health": "no", "school": "no"},
        "age": "15",
    }
    found = explain(sample, answers, LATE).as_json()["would_change"]

    assert ["age", "unsure", "do_not_share"] in found
    assert ["worries", [], "do_not_share"] in found
    assert ["consent", "agreed", "share_with_consent"] in found


def test_an_answer_that_only_leads_to_more_questions_is_told_apart(sample: RuleSet) -> None:
    explanation = explain(sample, {"harm": "immediate"}, LATE)

    opening = {(change.question, change.option, change.value) for change in explanation.would_open}
    assert ("harm", "significant", "") in opening
    assert not {change.option for change in explanation.would_change} & {option for _, option, _ in opening}


def test_nothing_is_said_to_change_what_is_still_open(sample: RuleSet) -> None:
    found = explain(sample, {}, LATE).as_json()

    assert found["rests_on"] == found["would_change"] == []
    assert "share_urgently" in found["possible"]["outcome"]


@given(st.integers(0, 10**9))
def test_the_answers_it_rests_on_force_it_alone_and_none_can_go(sample: RuleSet, seed: int) -> None:
    explanation = explain(sample, random_answers(sample, Random(seed), LATE), LATE)
    value, rests = explanation.judgement.value("outcome"), explanation.rests_on

    assert would._value(explanation.judgement, rests) == value
    for answer in rests:
        fewer = tuple(other for other in rests if other != answer)
        assert would._value(explanation.judgement, fewer) is None


@given(st.integers(0, 10**9))
def test_every_change_named_does_change_it(sample: RuleSet, seed: int) -> None:
    answers = random_answers(sample, Random(seed), LATE)
    explanation = explain(sample, answers, LATE)

    for change in explanation.would_change:
        given = {**explanation.judgement.given}
        given = {key: bits for key, bits in given.items() if key[:2] != (change.question, change.part)}
        changed = as_answers(sample, [*given, (change.question, change.part, change.option)], LATE)
        assert judge(sample, changed, LATE).value("outcome") == change.value


@given(st.integers(0, 10**9))
def test_a_set_is_told_in_full_also_where_only_the_diagrams_know(sample: RuleSet, seed: int) -> None:
    explanation = explain(sample, random_answers(sample, Random(seed), LATE), LATE)
    for item_set in sample.sets:
        told = [entry["item"] for entry in explanation.item_set(item_set.id)["in"]]
        assert set(told) == set(explanation.judgement.members(item_set.id))


def test_without_diagrams_it_rests_on_what_the_syntax_shows(sample: RuleSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decisions.engine.evaluate.exact", lambda program: None)

    found = explain(sample, AGREED, LATE).as_json()

    assert found["rests_on"] == ["harm=significant", "safe_to_ask=no", "consent=agreed"]
    assert ["harm", "immediate", "share_urgently"] in found["would_change"]


def test_the_sentences_of_a_settled_decision(sample: RuleSet) -> None:
    found = sentences(explain(sample, AGREED, LATE))

    assert found.headline == "What to do: Share, with agreement."
    assert found.rests_on[0] == "“What could happen if you do not share?” is “Significant harm”."
    assert found.because == ("They agreed. (Sample guidance, AGREE)",)
    assert (
        "“Share now” if “What could happen if you do not share?” is “Someone is in danger now”." in found.would_change
    )
    assert found.unknown == ()
    assert "Not “Take advice first” under rule O1, because rule S1 goes before it." in found.why_not
    assert (
        "Not “Share without agreement” under rule S1, because its exception S1a holds: "
        "“What did they say when asked?” is “They agreed”." in found.why_not
    )


def test_the_sentences_of_an_open_decision(sample: RuleSet) -> None:
    found = sentences(explain(sample, {"harm": "significant", "safe_to_ask": "no"}, LATE))

    assert (
        found.headline
        == "What to do: we cannot say yet; it may be “Share, with agreement” or “Share without agreement”."
    )
    assert found.unknown == ("It is not known yet whether “What did they say when asked?” is “They agreed”.",)


def test_the_sentences_of_another_decision(sample: RuleSet) -> None:
    found = sentences(explain(sample, {**AGREED, "body": "no"}, LATE), "must")

    assert found.headline == "Must or may: You may."
    assert found.rests_on == found.would_change == ()
    assert "Not “The law says you must” under rule M2, because it is not in force on 5 November 2026." in found.why_not


def test_explanations_need_no_diagrams_for_whole_sittings(sample: RuleSet, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(exact, "days", refuse)

    assert explain(sample, AGREED, date(2026, 11, 5)).core["decisions"]["outcome"]["value"] == "share_with_consent"
