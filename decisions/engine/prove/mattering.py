"""Obligations of questions: each can be asked, and each answer box and row can change something. NOT rules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import permutations

from decisions.engine.exact import Exact
from decisions.engine.formulas import Variable
from decisions.engine.prove.case import Case
from decisions.engine.prove.report import Counterexample, Obligation
from decisions.engine.ruleset import Question
from decisions.engine.search import true
from decisions.engine.words import quoted


def questions(case: Case) -> Iterator[Obligation]:
    for question in case.ruleset.questions:
        days = case.on(question.force)
        if days:
            asked = case.some_day(days, partial(_guard, question.id))
            sentence = f"The question `{question.id}` ({quoted(question.text)}) can never be asked."
            yield Obligation("asked", question.id, None if asked else Counterexample(sentence))
    changing = {exact.program.day: _changing(case, exact) for exact in case.days.each}
    for place, variable in enumerate(case.days.network.variables):
        if variable.decision:
            continue
        question = case.ruleset.question(variable.question)
        when = {exact: changing[exact.program.day] for exact in case.on(question.force)}
        if when:
            matters = any(case.witnesses[exact.program.day].matters(place, found) for exact, found in when.items())
            matters = matters or any(_matters(case, exact, place, found) for exact, found in when.items())
            subject = f"{variable.question}.{variable.part}" if variable.part else variable.question
            yield Obligation("matters", subject, None if matters else Counterexample(_cannot(question, variable)))


def _guard(name: str, exact: Exact) -> list[int]:
    return [exact.program.guards[name]]


def _cannot(question: Question, variable: Variable) -> str:
    if variable.part is None:
        return (
            f"The question `{question.id}` ({quoted(question.text)}) cannot matter: no answer to it changes anything."
        )
    parts = question.rows or question.options
    text = next(quoted(part.text) for part in parts if part.id == variable.part)
    return f"{text} of the question `{question.id}` cannot matter: answering it either way changes nothing."


def roots(case: Case, exact: Exact) -> list[int]:
    """Everything an answer may change: decisions, sets, and which record questions are asked."""
    record = [exact.program.guards[question.id] for question in case.ruleset.questions if question.record]
    members = [node for items in exact.members.values() for node in items.values()]
    return [*exact.choices.values(), *members, *map(exact.diagrams.of, record)]


def _changing(case: Case, exact: Exact) -> list[int]:
    """Everything an answer may change, as formulas, those that name the fewest answers first."""
    program, named = exact.program, case.witnesses[exact.program.day].named
    record = [program.guards[question.id] for question in case.ruleset.questions if question.record]
    chosen = (*program.values.values(), *program.members.values())
    formulas = [*(formula for found in chosen for formula in found.values()), *record]
    return sorted(formulas, key=lambda formula: named(formula).bit_count())


def _matters(case: Case, exact: Exact, place: int, formulas: list[int]) -> bool:
    """The same by search; whatever does not name the variable is left out."""
    level, named = case.diagrams.level_of[place], case.witnesses[exact.program.day].named
    return any(_differs(case, exact, exact.of(formula), level) for formula in formulas if named(formula) >> place & 1)


def _differs(case: Case, exact: Exact, diagram: int, level: int) -> bool:
    """Whether two answers, all else equal, make it true and false."""
    restrict, size = case.diagrams.restrict, case.diagrams.sizes[level]
    branches = dict.fromkeys(restrict(diagram, level, place) for place in range(size))
    pairs = ((true(one), true(case.diagrams.negation(other))) for one, other in permutations(branches, 2))
    return any(map(case.search(exact).possible, pairs))
