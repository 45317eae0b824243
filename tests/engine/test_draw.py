"""A rule set in plain sentences: everything in it is there, in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from decisions.engine.conditions import (
    AllOf,
    Always,
    AnyOf,
    Asked,
    Condition,
    DecisionIs,
    FactIs,
    InSet,
    Not,
    conjuncts,
)
from decisions.engine.draw import as_markdown, draw
from decisions.engine.prove import prove
from decisions.engine.ruleset import RuleSet
from decisions.engine.words import label, say


def test_every_question_rule_and_promise_is_on_a_page(sample: RuleSet) -> None:
    text = as_markdown(sample, draw(sample, prove(sample)))

    assert all(question.text in text for question in sample.questions)
    assert all(rule.id in text and rule.because in text for rule in sample.every_rule())
    assert all(invariant.text in text for invariant in sample.invariants)
    assert all(source.title in text for source in sample.sources.values())
    assert text.count("* Proved.") == len(sample.invariants)


def test_the_pages_read_as_sentences(sample: RuleSet) -> None:
    text = as_markdown(sample, draw(sample))

    assert "Edition 2026-09, from 1 September 2026, until 31 August 2027." in text
    assert "* Asked when “Could asking put anyone at risk?” is “No”." in text
    assert (
        "* E1: if “What could happen if you do not share?” is “Someone is in danger now”: “Share now”. Waiting" in text
    )
    assert "* Except N1a: if there is violence at home: this rule does not apply. Violence is looked at first." in text
    assert "* M2: if a duty without a date: “The law says you must”. Not in force yet." in text
    assert "* Never: (“What to do” is “Ask for agreement first” and asking could put someone at risk)." in text
    assert (
        "* Whenever “What could happen if you do not share?” is “Someone is in danger now”: "
        "“What to do” is “Share now”." in text
    )
    assert "Proved." not in text
    assert "()" not in text


def test_a_broken_promise_says_so(sample_text: str, load_text: Callable[[str], RuleSet]) -> None:
    ruleset = load_text(sample_text.replace("ask_when: {safe_to_ask: no}", "ask_when: {safe_to_ask: [no, unsure]}"))

    assert "* The promise I1 (“Never ask when asking is unsafe”) is broken, for example if" in as_markdown(
        ruleset, draw(ruleset, prove(ruleset))
    )


HARM, SAFE = FactIs("harm_serious"), FactIs("asking_unsafe")
WORDS: list[tuple[Condition, str, str, str]] = [
    (Always(), "always", "always", "never"),
    (
        Not(HARM),
        "not harm_serious",
        "it is not the case that someone may suffer significant harm",
        "someone may suffer significant harm",
    ),
    (
        AllOf((HARM, SAFE)),
        "(harm_serious and asking_unsafe)",
        "(someone may suffer significant harm and asking could put someone at risk)",
        "(it is not the case that someone may suffer significant harm or "
        "it is not the case that asking could put someone at risk)",
    ),
    (
        AnyOf((HARM, SAFE)),
        "(harm_serious or asking_unsafe)",
        "(someone may suffer significant harm or asking could put someone at risk)",
        "(it is not the case that someone may suffer significant harm and "
        "it is not the case that asking could put someone at risk)",
    ),
    (
        Asked("body"),
        "body is asked",
        "“Is your organisation a public authority?” is asked",
        "“Is your organisation a public authority?” is not asked",
    ),
    (
        DecisionIs("must", ("must",)),
        "must is must",
        "“Must or may” is “The law says you must”",
        "“Must or may” is not “The law says you must”",
    ),
    (
        InSet("scope", ("send_health",)),
        "scope has send_health",
        "“What may go” includes “Health notes”",
        "“What may go” does not include “Health notes”",
    ),
]


@pytest.mark.parametrize(("condition", "short", "claimed", "denied"), WORDS)
def test_conditions_in_words(sample: RuleSet, condition: Condition, short: str, claimed: str, denied: str) -> None:
    assert label(condition) == short
    assert say(sample, condition) == claimed
    assert say(sample, condition, negated=True) == denied


def test_answers_in_words(sample: RuleSet) -> None:
    (nothing,) = conjuncts(sample.fact("nothing_needed").when)
    (ticked,) = [part for part in conjuncts(sample.rule("warnings.nothing_ticked").when) if "none" in label(part)]

    assert label(nothing) == "need.every is no"
    assert say(sample, nothing) == "“What does the recipient need?” is “They do not” for all of them"
    assert label(ticked) == "worries is none"
    assert say(sample, ticked) == "“What are you worried about?” is “None of these”"
