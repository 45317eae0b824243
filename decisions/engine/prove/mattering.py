"""Obligations of questions: each can be asked, and each answer box and row can change something. NOT rules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from decisions.engine.exact import Exact
from decisions.engine.formulas import Variable
from decisions.engine.prove.case import Case
from decisions.engine.prove.report import Counterexample, Obligation
from decisions.engine.ruleset import Question
from decisions.engine.words import quoted


def questions(case: Case) -> Iterator[Obligation]:
    surely = {exact.program.day: _surely(case, exact) for exact in case.days.each}
    for question in case.ruleset.questions:
        days = case.on(question.force)
        if days:
            asked = case.some_day(days, partial(_guard, question.id))
            sentence = f"The question `{question.id}` ({quoted(question.text)}) can never be asked."
            yield Obligation("asked", question.id, None if asked else Counterexample(sentence))
    for variable in case.days.network.variables:
        if not variable.decision:
            question = case.ruleset.question(variable.question)
            days = case.on(question.force)
            matters = any(_matters(case, exact, variable, surely[exact.program.day]) for exact in days)
            if days:
                subject = f"{variable.question}.{variable.part}" if variable.part else variable.question
                yield Obligation("matters", subject, None if matters else Counterexample(_cannot(question, variable)))


def _guard(name: str, exact: Exact) -> list[int]:
    return [exact.of(exact.program.guards[name])]


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


def _surely(case: Case, exact: Exact) -> frozenset[int]:
    """Levels that matter to something that no decision stands above, where mattering needs no search."""
    free = [root for root in roots(case, exact) if not case.diagrams.support([root]) & exact.links.keys()]
    return case.diagrams.support(free)


def _matters(case: Case, exact: Exact, variable: Variable, surely: frozenset[int]) -> bool:
    level = exact.levels[variable.question, variable.part]
    if level in surely:
        return True
    named = (root for root in roots(case, exact) if level in case.diagrams.support([root]))
    return any(_differs(case, exact, root, level) for root in named)


def _differs(case: Case, exact: Exact, root: int, level: int) -> bool:
    """Whether two answers, all else equal, lead to different ends."""
    diagrams = case.diagrams
    branches = [diagrams.restrict(root, level, place) for place in range(diagrams.sizes[level])]
    for one, other in combinations(dict.fromkeys(branches), 2):
        for wanted in diagrams.ends(one):
            goals = [diagrams.where(one, wanted), diagrams.negation(diagrams.where(other, wanted))]
            if case.search(exact).possible(goals):
                return True
    return False
