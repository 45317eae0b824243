"""Which answers the main decision rests on, and which single other answer would change it. NOT which rules fired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from decisions.engine.evaluate import Given, Judgement
from decisions.engine.formulas import TRUE
from decisions.engine.program import TICKED


@dataclass(frozen=True, slots=True)
class Change:
    """Answering `question` with `answer` instead (in a grid, one row of it) leads to `value`.

    `part` is the box or row that differs, `option` what it would be.
    """

    question: str
    part: str | None
    option: str
    answer: Any
    value: str


def rests_on(judgement: Judgement) -> tuple[Given, ...]:
    """A set of answers from which none can be left out, and which forces the value whatever the others are."""
    value = judgement.value(judgement.ruleset.main.id)
    if value is None:
        return ()
    evaluator = judgement.evaluator
    goal = evaluator.bit(judgement.program.values[judgement.ruleset.main.id][value])
    given = evaluator.given(judgement.answers, judgement.day)
    for answer in reversed(tuple(given)):
        rest = evaluator.bit(TRUE)
        for other, bits in given.items():
            rest |= bits if other != answer else 0
        if evaluator.settle(rest) & goal:
            del given[answer]
    return tuple(given)


def would_change(judgement: Judgement, rests: tuple[Given, ...]) -> tuple[Change, ...]:
    """Only an answer that the value rests on can change it, so only those are tried."""
    return tuple(change for given in rests for change in _others(judgement, given))


def _others(judgement: Judgement, given: Given) -> Iterator[Change]:
    question, part, value = given
    evaluator, program = judgement.evaluator, judgement.program
    main = program.values[judgement.ruleset.main.id]
    now = judgement.value(judgement.ruleset.main.id)
    base = evaluator.bit(TRUE)
    for other, bits in evaluator.given(judgement.answers, judgement.day).items():
        base |= bits if other != given else 0
    for option, bits in evaluator.leaves[question, part].items():
        state = evaluator.settle(base | bits) if option != value else 0
        found = next((name for name, formula in main.items() if state & evaluator.bit(formula)), None)
        if found and found != now:
            yield Change(question, part, option, _answer(judgement, question, part, option), found)


def _answer(judgement: Judgement, question: str, part: str | None, option: str) -> Any:
    """The changed answer in the form in which answers are given."""
    if judgement.ruleset.question(question).kind != "checkboxes":
        return option if part is None else {part: option}
    ticked = [box for box in judgement.answers[question] if box != part]
    return [*ticked, part] if option == TICKED else ticked
