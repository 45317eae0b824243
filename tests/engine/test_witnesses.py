"""What the sittings drawn at random are said to lead to is what the evaluator makes of them."""

from __future__ import annotations

from decisions.engine.diagrams import end
from decisions.engine.evaluate import Evaluator
from decisions.engine.exact import Days, Exact
from decisions.engine.program import Program
from decisions.engine.ruleset import RuleSet
from decisions.engine.witnesses import COUNT, EVERY, Witnesses


def drawn(exact: Exact) -> Witnesses:
    return Witnesses(exact.diagrams, {level: (choice,) for level, choice in exact.links.items()})


def test_a_sitting_that_is_found_leads_to_what_was_sought(sample: RuleSet) -> None:
    for exact in Days(sample).each:
        witnesses, evaluator = drawn(exact), Evaluator(Program(sample, exact.program.day))
        for sitting in range(0, COUNT, 40):
            state = evaluator.bit(1)
            for (question, part), bits in evaluator.leaves.items():
                shares = witnesses.drawn(exact.levels[question, part])
                place = next(place for place, share in enumerate(shares) if share >> sitting & 1)
                state |= bits[exact.diagrams.variable(exact.levels[question, part]).values[place]]
            state = evaluator.settle(state)
            for name, formulas in evaluator.program.values.items():
                for place, formula in enumerate(formulas.values()):
                    found = witnesses.of(exact.diagrams.where(exact.choices[name], end(place)))
                    assert bool(found >> sitting & 1) == bool(state & evaluator.bit(formula))


def test_every_sitting_has_one_value_of_each_question_and_decision(sample: RuleSet) -> None:
    exact = Days(sample).each[0]
    witnesses = drawn(exact)
    for level in range(len(exact.diagrams.sizes)):
        shares = witnesses.drawn(level)
        assert sum(shares) == EVERY


def test_the_same_sittings_are_drawn_every_time(sample: RuleSet) -> None:
    exact = Days(sample).each[0]
    assert drawn(exact).drawn(3) == drawn(exact).drawn(3)
