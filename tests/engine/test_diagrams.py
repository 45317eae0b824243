"""Diagrams agree with the evaluator, count right, and stop at their budget with a clear message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from random import Random

import pytest

from decisions.engine import ask
from decisions.engine.compare import semantic_hash
from decisions.engine.diagrams import NO, UNDECIDED, YES, Diagrams, TooManyNodes, end
from decisions.engine.evaluate import Evaluator, judge
from decisions.engine.exact import Days, days
from decisions.engine.formulas import Network, Variable
from decisions.engine.loading import load
from decisions.engine.ordering import interleaved
from decisions.engine.program import Program
from decisions.engine.prove import prove
from decisions.engine.ruleset import RuleSet

from .sittings import random_given

EDITIONS = sorted((Path(__file__).parents[2] / "decisions" / "rulesets" / "sharing").glob("*.yaml"))
FOUR = ("a", "b", "c", "d")


def disagreements(ruleset: RuleSet, sittings: int, seed: int) -> list[str]:
    """Compares every value, item and record guard of random sittings, on every day of the law."""
    random = Random(seed)
    found = []
    each = Days(ruleset).each
    evaluators = [Evaluator(Program(ruleset, exact.program.day)) for exact in each]
    for number in range(sittings):
        exact, evaluator = each[number % len(each)], evaluators[number % len(each)]
        given = random_given(evaluator.program, random)
        state = evaluator.bit(1)
        for question, part, value in given:
            state |= evaluator.leaves.get((question, part), {}).get(value, 0)
        state = evaluator.settle(state)
        assignment = exact.settle(given)
        for name, values in evaluator.program.values.items():
            if {value for value, formula in values.items() if state & evaluator.bit(formula)} != {
                exact.value(name, assignment)
            }:
                found.append(f"{name}: {given}")
        for name, items in evaluator.program.members.items():
            for item, formula in items.items():
                if bool(state & evaluator.bit(formula)) != exact.known(exact.members[name][item], assignment):
                    found.append(f"{name}.{item}: {given}")
        for question_id, formula in evaluator.program.guards.items():
            if bool(state & evaluator.bit(formula)) != exact.known(exact.guard(question_id), assignment):
                found.append(f"{question_id}: {given}")
    return found


def test_evaluator_and_diagrams_agree(sample: RuleSet) -> None:
    assert disagreements(sample, 2_000, seed=1) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: path.stem)
def test_evaluator_and_diagrams_agree_on_every_edition(path: Path) -> None:
    assert disagreements(load(path), 20_000, seed=2) == []


def network(*names: str) -> Network:
    return Network(tuple(Variable(name, None, FOUR) for name in names))


def test_counts_equal_counting_one_by_one() -> None:
    net = network("x", "y", "z")
    formula = net.any((net.all((net.leaf(0, "ab"), net.leaf(2, "c"))), -net.leaf(1, "bcd")))
    diagrams = Diagrams(net)

    one_by_one = sum(1 for x, y, z in product(FOUR, repeat=3) if (x in "ab" and z == "c") or y == "a")
    assert diagrams.count(diagrams.of(formula)) == one_by_one
    assert diagrams.count(diagrams.of(-formula)) == 64 - one_by_one
    assert (diagrams.count(YES), diagrams.count(NO)) == (64, 0)


def test_equal_functions_are_one_node() -> None:
    net = network("x", "y")
    x, y = net.leaf(0, "a"), net.leaf(1, "b")
    diagrams = Diagrams(net)

    assert diagrams.of(net.all((net.any((x, y)), net.any((x, -y))))) == diagrams.of(x)
    assert diagrams.negation(diagrams.of(-x)) == diagrams.of(x)


def test_upper_choices_speak_first() -> None:
    net = network("x", "y")
    diagrams = Diagrams(net)
    first = diagrams.fill(UNDECIDED, diagrams.of(net.leaf(0, "a")), end(0))
    second = diagrams.fill(UNDECIDED, diagrams.of(net.leaf(1, "a")), end(1))
    choice = diagrams.over(first, second)

    assert diagrams.ends(choice) == {end(0), end(1), UNDECIDED}
    assert diagrams.count(diagrams.where(choice, end(0))) == 4
    assert diagrams.count(diagrams.where(choice, end(1))) == 3
    assert diagrams.over(end(0), second) == end(0)
    assert diagrams.fill(first, diagrams.of(net.leaf(1, "a")), end(1)) == choice


def test_like_lists_stand_side_by_side() -> None:
    variables = (
        Variable("outcome", None, ("share", "refuse"), decision=True),
        *(Variable("hold", item, ("0", "1")) for item in ("health", "school")),
        Variable("harm", None, FOUR),
        *(Variable("need", item, ("0", "1")) for item in ("school", "health")),
    )
    order = [(variables[place].question, variables[place].part) for place in interleaved(variables)]

    assert order == [
        ("outcome", None),
        ("hold", "health"),
        ("need", "health"),
        ("hold", "school"),
        ("need", "school"),
        ("harm", None),
    ]


def test_the_file_may_say_which_questions_diagrams_look_at_first() -> None:
    variables = tuple(Variable(name, None, FOUR) for name in "xyz")

    assert interleaved(variables, ("z", "x")) == (2, 0, 1)


def test_the_order_of_diagrams_changes_nothing_that_is_decided(
    sample_text: str, load_text: Callable[[str], RuleSet]
) -> None:
    ids = [question.id for question in load_text(sample_text).questions]
    turned = load_text(
        sample_text.replace("\nsections:", f"\ndiagram_order: [{', '.join(reversed(ids))}]\nsections:", 1)
    )

    assert turned.diagram_order == tuple(reversed(ids))
    assert disagreements(turned, 300, seed=3) == []
    assert semantic_hash(turned) == semantic_hash(load_text(sample_text))


def lists(count: int) -> str:
    """Two lists of `count` things; what is on both is shared: doubles with every thing unless interleaved."""
    options = ", ".join(f"t{number}: Thing {number}" for number in range(count))
    both = ", ".join(f"{{hold: t{number}, need: t{number}}}" for number in range(count))
    return f"""
ruleset: lists
edition: 1
title: Two lists
effective: {{from: 2026-01-01}}
sections: [{{id: s, title: S}}]
sources: {{g: {{title: Guide, status: V}}}}
option_lists: {{things: {{{options}}}}}
questions:
  - {{id: hold, section: s, kind: checkboxes, text: What do you hold?, options: things}}
  - {{id: need, section: s, kind: checkboxes, text: What do they need?, options: things}}
decisions:
  - id: outcome
    text: What to do
    values: {{share: Share, refuse: Refuse}}
    layers:
      - {{name: L, rules: [{{id: R1, when: {{any: [{both}]}}, then: share, because: B., cite: g 1}}]}}
      - {{name: M, rules: [{{id: R2, when: always, then: refuse, because: B., cite: g 1}}]}}
"""


def test_two_long_lists_of_the_same_things_stay_small(load_text: Callable[[str], RuleSet]) -> None:
    ruleset = load_text(lists(24))

    assert len(Days(ruleset).make_all().diagrams.kids) < 1_000
    assert prove(ruleset).sound


def test_past_the_budget_it_stops_and_says_what_to_do(
    load_text: Callable[[str], RuleSet], monkeypatch: pytest.MonkeyPatch
) -> None:
    ruleset = load_text(lists(12))
    monkeypatch.setattr("decisions.engine.diagrams.BUDGET", 20)
    days.cache_clear()

    with pytest.raises(TooManyNodes, match=r"needs more than 20 diagram nodes\. Use one grid question"):
        Days(ruleset).make_all()
    answers = {"hold": ["t1"], "need": ["t1"]}
    day = date(2026, 2, 1)
    assert judge(ruleset, answers, day).exact is None
    assert judge(ruleset, answers, day).value("outcome") == "share"
    assert ask.next_question(ruleset, {}, day) == ruleset.question("hold")
    assert ask.next_question(ruleset, answers, day) is None
