"""Which answers the main decision rests on, and which single other answer would change it. NOT which rules fired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from decisions.engine.evaluate import Judgement
from decisions.engine.exact import Given
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
    if judgement.value(judgement.ruleset.main.id) is None:
        return ()
    diagrams = judgement.exact
    if diagrams is None:
        return _left_out(judgement, tuple(judgement.given))
    return tuple(diagrams.given(diagrams.sufficient(judgement.ruleset.main.id, judgement.assignment)))


def _left_out(judgement: Judgement, given: tuple[Given, ...]) -> tuple[Given, ...]:
    """Without the diagrams: leaves out one answer after the other, as long as the value stays known."""
    for answer in reversed(given):
        fewer = tuple(other for other in given if other != answer)
        if _value(judgement, fewer):
            given = fewer
    return given


def would_change(judgement: Judgement, rests: tuple[Given, ...]) -> tuple[Change, ...]:
    """Only an answer that the value rests on can change it, so only those are tried."""
    now = judgement.value(judgement.ruleset.main.id)
    found = ((given, option, _with(judgement, given, option)) for given, option in _others(judgement, rests))
    return tuple(_change(judgement, given, option, value) for given, option, value in found if value not in (None, now))


def would_open(judgement: Judgement, rests: tuple[Given, ...]) -> tuple[Change, ...]:
    """Other answers after which more would have to be asked before there is a value; theirs is ""."""
    return tuple(
        _change(judgement, given, option, "")
        for given, option in _others(judgement, rests)
        if _with(judgement, given, option) is None
    )


def _others(judgement: Judgement, rests: tuple[Given, ...]) -> Iterator[tuple[Given, str]]:
    """Each answer with each that might have been given instead."""
    for given in rests:
        question, part, value = given
        yield from ((given, option) for option in judgement.evaluator.leaves[question, part] if option != value)


def _with(judgement: Judgement, given: Given, option: str) -> str | None:
    rest = tuple(other for other in judgement.given if other != given)
    return _value(judgement, (*rest, (given[0], given[1], option)))


def _change(judgement: Judgement, given: Given, option: str, value: str | None) -> Change:
    question, part, _ = given
    return Change(question, part, option, _answer(judgement, question, part, option), value or "")


def _value(judgement: Judgement, given: tuple[Given, ...]) -> str | None:
    """The value of the main decision under these answers alone."""
    main = judgement.ruleset.main.id
    diagrams = judgement.exact
    if diagrams:
        return diagrams.value(main, diagrams.settle(given, only=main))
    evaluator = judgement.evaluator
    state = evaluator.bit(TRUE)
    for question, part, value in given:
        state |= evaluator.leaves[question, part][value]
    state = evaluator.settle(state)
    values = judgement.program.values[main]
    return next((name for name, formula in values.items() if state & evaluator.bit(formula)), None)


def _answer(judgement: Judgement, question: str, part: str | None, option: str) -> Any:
    """The changed answer in the form in which answers are given."""
    if judgement.ruleset.question(question).kind != "checkboxes":
        return option if part is None else {part: option}
    ticked = [box for box in judgement.answers[question] if box != part]
    return [*ticked, part] if option == TICKED else ticked
