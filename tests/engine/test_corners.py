"""What only unusual rule sets show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from decisions.engine import evaluate, lookup, reasons
from decisions.engine.compare import compare
from decisions.engine.draw import as_markdown, draw
from decisions.engine.evaluate import judge
from decisions.engine.explain import explain
from decisions.engine.prove import prove
from decisions.engine.ruleset import RuleSet
from decisions.engine.words import placed, say

from .conftest import LATE
from .second_opinion import SecondOpinion
from .sittings import random_answers

Load = Callable[[str], RuleSet]


def subjects(ruleset: RuleSet, kind: str) -> list[str]:
    return [found.subject for found in prove(ruleset).obligations if found.kind == kind]


def broken(ruleset: RuleSet) -> list[str]:
    return [found.broken.sentence for found in prove(ruleset).broken if found.broken]


def test_each_takes_a_list_and_words_of_options_written_out(sample_text: str, load_text: Load) -> None:
    text = sample_text.replace('needs_$item": {each: {item: need}', 'needs_$item": {each: {item: [health, school]}')
    text = text.replace(
        "facts:\n", 'facts:\n  "grave_$h": {each: {h: harm}, text: "$h.text, they say", when: {harm: $h}}\n'
    )
    facts = {fact.id: fact.text for fact in load_text(text).facts}

    assert facts["needs_health"] == "health are needed"
    assert facts["grave_significant"] == "Significant harm, they say"


def test_a_condition_that_names_every_answer_holds_once_it_is_asked(sample_text: str, load_text: Load) -> None:
    ruleset = load_text(sample_text.replace("{body: no}, off: true", "{body: [yes, no]}"))

    assert judge(ruleset, {}, LATE).fact("later_duty") is True


def test_nothing_is_asked_of_what_is_never_in_force(sample_text: str, load_text: Load) -> None:
    text = sample_text.replace("from: 2026-11-01\n", "from: 2030-01-01\n", 1)
    text = text.replace("cite: guide BABY, from: 2026-11-01", "cite: guide BABY, off: true")
    ruleset = load_text(text)

    assert "born" not in subjects(ruleset, "asked")
    assert "born" not in subjects(ruleset, "matters")
    assert "duties.midwife" not in subjects(ruleset, "rule")
    assert prove(ruleset).sound


def test_a_question_that_matters_only_where_its_decision_cannot_be_is_refused(
    sample_text: str, load_text: Load
) -> None:
    question = "  - {id: extra, section: safety, text: Else?, options: yes_no_unsure, ask_when: {harm: wellbeing}}\n"
    text = sample_text.replace("  - id: need\n", question + "  - id: need\n").replace("at_most: 30%", "at_most: 40%")
    item = "young: {text: They are 16 or 17, when: [{age: young}, {asked: consent}]"
    when = "{any: [{age: adult}, {all: [{outcome: share_urgently}, {extra: yes}]}]}"
    urgent = f"urgent: {{text: U, when: {when}, because: B., cite: guide U}}"
    ruleset = load_text(text.replace(item, f"{urgent}\n      {item}"))

    assert broken(ruleset) == ["The question `extra` (“Else?”) cannot matter: no answer to it changes anything."]
    second = SecondOpinion(ruleset)
    assert [found.subject for found in prove(ruleset).obligations if not second.holds(found)] == ["extra"]


RANKED = """  - id: I9
    text: Being a public authority never makes it less of a duty
    cite: guide DUTY
    monotone: {raise: body, order: [no, yes], rank: {decision: must, order: [may, must]}}
"""


@pytest.mark.parametrize(("order", "sound"), [("[may, must]", True), ("[must, may]", False)])
def test_a_later_decision_may_be_ranked_as_well(sample_text: str, load_text: Load, order: str, sound: bool) -> None:
    ruleset = load_text(sample_text + RANKED.replace("[may, must]", order))
    second = SecondOpinion(ruleset)
    (found,) = [found for found in prove(ruleset).obligations if found.subject == "I9 no yes"]

    assert (found.broken is None) == sound == second.holds(found)
    if found.broken:
        assert (
            "from “No” to “Yes” turns “Must or may” from “You may” to “The law says you must”" in found.broken.sentence
        )


def test_what_follows_from_another_difference_is_not_told_again(
    sample: RuleSet, sample_text: str, load_text: Load
) -> None:
    text = sample_text.replace(
        "{id: A1, when: {consent: agreed}", "{id: A1, when: [{consent: agreed}, {worries: none}]"
    )
    found = compare(sample, load_text(text.replace("{born: [unborn, infant]}", "{born: unborn}")))

    assert [line.key for line in found.differences] == [
        "duties.midwife: in → out",
        "outcome: share_with_consent → seek_advice_first",
    ]
    assert not found.same_meaning


def test_a_decision_whose_layers_are_complete_needs_no_otherwise(sample_text: str, load_text: Load) -> None:
    last = "    otherwise: {id: M3, then: may, because: No duty applies., cite: act s 3}\n"
    layer = "      - name: Else\n        rules:\n"
    layer += "          - {id: M3, when: always, then: may, because: None., cite: act s 3}\n"
    ruleset = load_text(sample_text.replace(last, layer))

    assert prove(ruleset).sound
    assert "If none of these applies" in as_markdown(ruleset, draw(ruleset))
    assert [page.id for page in draw(ruleset) if any(entry.id == "must.otherwise" for entry in page.entries)] == []


def test_any_row_in_words(sample_text: str, load_text: Load) -> None:
    ruleset = load_text(sample_text.replace("when: {need: {every: no}}", "when: {not: {need: {any: [yes, unsure]}}}"))
    when = ruleset.fact("nothing_needed").when

    assert say(ruleset, when) == ("“What does the recipient need?” is not “They need it” or “Not sure” for any of them")
    assert say(ruleset, when, negated=True).endswith("for at least one of them")
    assert prove(ruleset).sound


def test_law_that_ends_is_over_on_the_day_after(sample_text: str, load_text: Load) -> None:
    ruleset = load_text(sample_text.replace("cite: act s 1, from: 2026-10-01}", "cite: act s 1, until: 2026-10-31}", 1))

    assert ruleset.turning_days == tuple(date(2026, *day) for day in ((9, 1), (9, 15), (10, 1), (11, 1)))
    assert ruleset.rule("M1").force.on(date(2026, 10, 31))
    assert not ruleset.rule("M1").force.on(date(2026, 11, 1))


def test_what_only_the_diagrams_know_is_known(sample: RuleSet) -> None:
    """Whatever the worries are, one rule or another refuses; the syntax alone cannot tell."""
    answers: dict[str, object] = {"harm": "wellbeing", "safe_to_ask": "no", "consent": "refused", "age": "30"}
    answers |= {"need": {"health": "no", "school": "no"}}
    explanation = explain(sample, answers, LATE)

    assert not explanation.judgement.known(explanation.judgement.program.values["outcome"]["do_not_share"])
    assert explanation.judgement.value("outcome") == "do_not_share"
    assert explanation.judgement.members("scope") == ()
    assert "parts" not in explanation.judgement.asked
    assert explanation.as_json()["rests_on"] == ["harm=wellbeing", "age=adult", "safe_to_ask=no", "consent=refused"]


def test_what_is_remembered_stays_bounded(sample_text: str, load_text: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = load_text(sample_text.replace("title: A sample", "title: Another"))
    monkeypatch.setattr(lookup, "MOST", 2)
    monkeypatch.setattr(reasons, "MOST", 2)
    monkeypatch.setattr(evaluate, "MOST", 2)
    for seed in range(50):
        explain(sample, random_answers(sample, Random(seed), LATE), LATE).as_json()
    evaluator = judge(sample, {}, LATE).evaluator

    assert all(len(table._split) <= 2 for table in evaluator.lookups.values())
    assert all(len(known) <= 2 for _, _, known in evaluator.blocks)
    choirs = [choir for home in reasons.reasons(evaluator).homes.values() for choir in home.choirs]
    assert all(len(choir.said) <= 2 for choir in choirs)


def test_it_changes_nothing_that_is_said_how_many_rules_are_remembered_together(
    sample_text: str, load_text: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for number in (1, 2, 50):
        monkeypatch.setattr(reasons, "CHOIR", number)
        ruleset = load_text(sample_text.replace("title: A sample", f"title: Sample {number}"))
        random = Random(3)
        answers = [random_answers(ruleset, random, LATE) for _ in range(40)]
        said.append([explain(ruleset, each, LATE).core | {"ruleset": ""} for each in answers])

    assert said[0] == said[1] == said[2]


def test_a_rule_set_names_itself(sample: RuleSet) -> None:
    assert repr(sample) == f"<RuleSet sample 2026-09 {sample.content_hash[:8]}>"
    assert sample != "sample"
    assert date(2026, 9, 1) in sample.turning_days


TWO_WAYS = """
ruleset: ways
edition: 1
title: Two rules that say the same
effective: {from: 2026-01-01}
sections: [{id: s, title: S}]
sources: {g: {title: Guide, status: V}}
option_lists: {yes_no: {yes: "Yes", no: "No"}}
questions:
  - {id: safe, section: s, text: Is it safe?, options: yes_no}
  - {id: free, section: s, text: Is it free?, options: yes_no}
decisions:
  - id: outcome
    text: What to do
    values: {talk: Talk, refuse: Refuse}
    layers:
      - name: L
        rules:
          - {id: R1, when: {safe: yes, free: yes}, then: talk, because: It is safe and free., cite: g 1}
          - {id: R2, when: {safe: yes, free: no}, then: talk, because: It is safe., cite: g 1}
      - {name: M, rules: [{id: R3, when: always, then: refuse, because: It is not safe., cite: g 1}]}
sets:
  - id: tasks
    text: Next
    items:
      call: {text: Ring them, when: {outcome: talk}, because: They wait., cite: g 2}
      wait: {text: Wait, when: {outcome: refuse}, because: Not yet., cite: g 2}
"""


def test_what_follows_from_an_outcome_is_told_where_no_single_rule_is_known_to_hold(load_text: Load) -> None:
    explanation = explain(load_text(TWO_WAYS), {"safe": "yes"}, LATE)

    assert explanation.judgement.value("outcome") == "talk"
    call = {"item": "call", "rule": "tasks.call", "because": "They wait.", "cite": "g 2", "true": ["outcome is talk"]}
    assert explanation.item_set("tasks")["in"] == [call]


@pytest.mark.parametrize(
    ("title", "place", "words"),
    [
        ("UK GDPR", "", "UK GDPR"),
        ("Care Act 2014, section 42", "42", "Care Act 2014, section 42"),
        ("UK GDPR, Article 9", "9(2)(h)", "UK GDPR, Article 9(2)(h)"),
        ("Children Act 1989, section 17", "(1)", "Children Act 1989, section 17(1)"),
        ("Care Act", "(1)", "Care Act, subsection (1)"),
        ("Schedule 1, paragraph X", "(2)", "Schedule 1, paragraph X, sub-paragraph (2)"),
        ("UK GDPR, Articles", "6(1)(e)", "UK GDPR, Articles, Article 6(1)(e)"),
        ("Working Together", "chapter 1", "Working Together, chapter 1"),
    ],
)
def test_a_place_in_a_source_names_each_number_once(title: str, place: str, words: str) -> None:
    assert placed(title, place) == words
