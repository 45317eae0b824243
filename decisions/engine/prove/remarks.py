"""What is worth knowing though no fault: conditions that could go, answers that never differ, idle promises."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from decisions.engine.conditions import Condition
from decisions.engine.exact import Exact
from decisions.engine.prove.case import Case
from decisions.engine.prove.mattering import roots
from decisions.engine.ruleset import Rule
from decisions.engine.words import quoted, say


def remarks(case: Case) -> Iterator[str]:
    yield from _redundant(case)
    yield from _alike(case)
    for invariant in case.ruleset.invariants:
        given, days = invariant.given, case.on(invariant.force)
        if given and not case.some_day(days, partial(_holds, given)):
            yield f"The promise {invariant.id} never comes into play: its `if` never holds."


def _holds(condition: Condition, exact: Exact) -> list[int]:
    return [exact.program.formula(condition)]


def _redundant(case: Case) -> Iterator[str]:
    """Conditions that follow from the rule's others and from no earlier layer having spoken."""
    for rule in case.ruleset.every_rule():
        days = case.on(rule.force)
        compiled = [exact.program.rules[rule.id] for exact in days if rule.id in exact.program.rules]
        for place in range(len(compiled[0].parts) if compiled else 0):

            def goals(exact: Exact, rule: Rule = rule, place: int = place) -> list[int]:
                found = exact.program.rules[rule.id]
                parts = [formula if n != place else -formula for n, (_, formula) in enumerate(found.parts)]
                silent = [-formula for _, formula in found.exceptions]
                return [*parts, *silent, found.free]

            if not case.some_day(days, goals):
                words = say(case.ruleset, compiled[0].parts[place][0])
                yield f"Rule {rule.id} does not need the condition that {words}: it holds wherever the rule applies."


def _alike(case: Case) -> Iterator[str]:
    """Answers that lead to the same on every day: their branches are the same at every node."""
    diagrams = case.diagrams
    branches: dict[int, set[tuple[int, ...]]] = {}
    every = [root for exact in case.days.each for root in roots(case, exact)]
    for node in diagrams.reachable(every):
        branches.setdefault(diagrams.level[node], set()).add(diagrams.kids[node])
    for level, found in sorted(branches.items()):
        variable = diagrams.variable(level)
        if variable.decision or len(variable.values) < 3:
            continue
        question = case.ruleset.question(variable.question)
        for one, other in combinations(range(len(variable.values)), 2):
            if all(kids[one] == kids[other] for kids in found):
                texts = [quoted(question.options[place].text) for place in (one, other)]
                yield f"The answers {texts[0]} and {texts[1]} to `{question.id}` never lead to anything different."
