"""What the sittings drawn at random are said to lead to is what the evaluator makes of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from decisions.engine.conditions import DecisionIs
from decisions.engine.evaluate import Evaluator
from decisions.engine.exact import Days, Exact
from decisions.engine.program import Program
from decisions.engine.ruleset import RuleSet
from decisions.engine.witnesses import COUNT, EVERY, Witnesses, columns

from .test_prove import faulty

Load = Callable[[str], RuleSet]


def drawn(exact: Exact) -> Witnesses:
    return Witnesses(exact.program, columns(exact.program.network.variables))


def states(witnesses: Witnesses, evaluator: Evaluator, sitting: int, turned: int = -1) -> int:
    """The evaluator's state in that sitting, the variable `turned` having its next value."""
    state = evaluator.bit(1)
    for place, variable in enumerate(witnesses.program.network.variables):
        if not variable.decision:
            shares = witnesses.column(place)
            value = next(value for value, share in enumerate(shares) if share >> sitting & 1)
            value = (value - (place == turned)) % len(shares)
            bits = evaluator.leaves.get((variable.question, variable.part), {})
            state |= bits.get(variable.values[value], 0)
    return evaluator.settle(state)


def test_a_sitting_that_is_found_leads_to_what_was_sought(sample: RuleSet) -> None:
    for exact in Days(sample).each:
        witnesses, evaluator = drawn(exact), Evaluator(Program(sample, exact.program.day))
        for sitting in range(0, COUNT, 80):
            state = states(witnesses, evaluator, sitting)
            for name, formulas in evaluator.program.values.items():
                for value, formula in formulas.items():
                    found = witnesses.of(exact.program.values[name][value])
                    assert bool(found >> sitting & 1) == bool(state & evaluator.bit(formula))


def test_an_answer_that_is_seen_to_matter_changes_a_sitting(sample: RuleSet) -> None:
    exact = Days(sample).each[0]
    witnesses, evaluator = drawn(exact), Evaluator(Program(sample, exact.program.day))
    apart, plain = exact.program.values["outcome"], evaluator.program.values["outcome"]
    for place, variable in enumerate(exact.program.network.variables):
        if not variable.decision:
            matters = witnesses.matters(place, apart.values())
            changed = any(
                (states(witnesses, evaluator, sitting) ^ states(witnesses, evaluator, sitting, place))
                & evaluator.bit(formula)
                for sitting in range(COUNT if matters else COUNT // 40)
                for formula in plain.values()
            )
            assert matters == changed


@pytest.mark.parametrize("fault", ["a dead end", "two outcomes for one set of answers", None])
def test_what_a_witness_shows_a_search_finds_too(sample_text: str, load_text: Load, fault: str | None) -> None:
    """Where a decision has two values or none, sittings and diagrams would differ: such sittings show nothing."""
    ruleset = load_text(faulty(sample_text, fault) if fault else sample_text)
    for exact in Days(ruleset).each:
        witnesses, search, program = drawn(exact), exact.search(), exact.program
        wholes = [DecisionIs(each.id, (value.id,)) for each in ruleset.decisions for value in each.values]
        formulas = [*map(program.formula, wholes), *program.facts.values()]
        for pair in combinations([sign * formula for formula in formulas for sign in (1, -1)], 2):
            assert search.possible(map(exact.goal, pair)) or not witnesses.any(pair)


def test_every_sitting_has_one_value_of_each_question_and_decision(sample: RuleSet) -> None:
    exact = Days(sample).each[0]
    witnesses = drawn(exact)
    for place in range(len(exact.program.network.variables)):
        assert sum(witnesses.column(place)) == EVERY


def test_the_same_sittings_are_drawn_every_time(sample: RuleSet) -> None:
    variables = Days(sample).network.variables
    assert columns(variables) == columns(variables)
