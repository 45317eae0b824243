"""A small set of sittings that covers every rule, option, guard, overruling and boundary of a rule set.

What they lead to is frozen in a file that people read and sign. NOT a proof: that is prove/.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from decisions.engine.evaluate import Evaluator, judge
from decisions.engine.exact import Days, Exact, Given
from decisions.engine.program import CompiledRule, Program
from decisions.engine.ruleset import RuleSet
from decisions.engine.samples import as_answers

TRIES = 24


@dataclass(frozen=True, slots=True)
class Goal:
    """`what` in words; every formula of `plain` (of `apart`, the same without the decisions' rules) has to hold."""

    what: str
    plain: tuple[int, ...]
    apart: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sitting:
    """Answers to all that is asked on `day`, what they lead to, and what this sitting was made to cover."""

    day: date
    answers: dict[str, Any]
    decisions: dict[str, str | None]
    sets: dict[str, tuple[str, ...]]
    covers: tuple[str, ...]


@dataclass(frozen=True)
class Cover:
    sittings: tuple[Sitting, ...]
    goals: int
    impossible: tuple[str, ...]


def cover(ruleset: RuleSet) -> Cover:
    """On every turning day; the same rule set always gets the same sittings."""
    sittings: list[Sitting] = []
    impossible: list[str] = []
    done: set[str] = set()
    goals = 0
    for exact in Days(ruleset).each:
        coverer = _Coverer(ruleset, exact, done)
        sittings += coverer.sittings()
        impossible += [what for what in coverer.impossible if what not in done]
        goals = max(goals, len(coverer.goals))
        done |= coverer.done
    return Cover(tuple(sittings), goals, tuple(dict.fromkeys(what for what in impossible if what not in done)))


class _Coverer:
    """One day. `done` are goals that sittings of earlier days cover already."""

    def __init__(self, ruleset: RuleSet, exact: Exact, done: set[str]) -> None:
        self.ruleset, self.exact, self.done = ruleset, exact, set(done)
        self.day = exact.program.day
        self.plain = Program(ruleset, self.day)
        self.goals = list(_goals(ruleset, self.plain, exact.program))
        self.evaluator = Evaluator(self.plain)
        masks = {goal.what: sum(map(self.evaluator.bit, dict.fromkeys(goal.plain))) for goal in self.goals}
        self.open = {what: mask for what, mask in masks.items() if what not in done}
        self.search = exact.search()
        self.random = random.Random(ruleset.edition)  # noqa: S311  not a secret: only repeatable variety
        self.impossible: list[str] = []

    def sittings(self) -> Iterator[Sitting]:
        for goal in self.goals:
            if goal.what in self.done:
                continue
            wanted = [self.exact.goal(formula) for formula in goal.apart]
            if not self.search.possible(wanted):
                self.impossible.append(goal.what)
                del self.open[goal.what]
                continue
            fixed = tuple(self.exact.given(self.search.smallest(wanted)))
            best = max((self._completed(fixed) for _ in range(TRIES)), key=lambda tried: len(tried[1]))
            for what in best[1]:
                del self.open[what]
            self.done.update(best[1])
            yield self._sitting(best[0], best[1])

    def _completed(self, fixed: tuple[Given, ...]) -> tuple[dict[str, Any], list[str]]:
        """A whole sitting with these answers in it and others at random, and the goals that it newly covers."""
        chosen = {(name, part): value for name, part, value in fixed}
        for variable in self.plain.network.variables:
            key = (variable.question, variable.part)
            chosen.setdefault(key, self.random.choice(variable.values))
        state = self.evaluator.bit(1)
        for key, value in chosen.items():
            state |= self.evaluator.leaves.get(key, {}).get(value, 0)
        state = self.evaluator.settle(state)
        asked = {name for name, guard in self.plain.guards.items() if state & self.evaluator.bit(guard)}
        given = ((name, part, value) for (name, part), value in chosen.items() if name in asked)
        covered = [what for what, mask in self.open.items() if state & mask == mask]
        return as_answers(self.ruleset, sorted(given, key=self._place), self.day), covered

    def _place(self, given: Given) -> int:
        return self.plain.place[given[0], given[1]]

    def _sitting(self, answers: dict[str, Any], covers: list[str]) -> Sitting:
        judgement = judge(self.ruleset, answers, self.day)
        decisions = {decision.id: judgement.value(decision.id) for decision in self.ruleset.decisions}
        sets = {item_set.id: judgement.members(item_set.id) for item_set in self.ruleset.sets}
        return Sitting(self.day, answers, decisions, sets, tuple(covers))


def _goals(ruleset: RuleSet, plain: Program, apart: Program) -> Iterator[Goal]:
    """The same goals from both programs, whose formulas stand at the same places."""
    for one, other in zip(_wanted(ruleset, plain), _wanted(ruleset, apart), strict=True):
        yield Goal(one[0], one[1], other[1])


def _wanted(ruleset: RuleSet, program: Program) -> Iterator[tuple[str, tuple[int, ...]]]:
    for rule in program.rules.values():
        if rule.rule.force.on(program.day):
            yield from _rule(program, rule)
    for question in ruleset.questions:
        if question.force.on(program.day):
            guard = program.guards[question.id]
            yield f"`{question.id}` is asked", (guard,)
            if guard != 1:
                yield f"`{question.id}` is not asked", (-guard,)
    for variable in program.network.variables:
        if not variable.decision and ruleset.question(variable.question).force.on(program.day):
            place = program.place[variable.question, variable.part]
            for value in variable.values:
                name = variable.question + (f".{variable.part}" if variable.part else "")
                formulas = (program.guards[variable.question], program.network.leaf(place, (value,)))
                yield f"`{name}` is answered `{value}`", formulas


def _rule(program: Program, rule: CompiledRule) -> Iterator[tuple[str, tuple[int, ...]]]:
    """It applies; each earlier rule overrules it; each of its conditions alone fails; each exception stops it."""
    yield f"rule {rule.rule.id} applies", (rule.applies,)
    earlier = [other for other in program.rules.values() if other.home == rule.home and other.rank < rule.rank]
    for other in earlier:
        if not other.exception_to:
            yield f"rule {other.rule.id} goes before rule {rule.rule.id}", (rule.live, other.group)
    silent = [-other.group for other in earlier] + [-formula for _, formula in rule.exceptions]
    for place, (_, formula) in enumerate(rule.parts):
        others = [part for other, (_, part) in enumerate(rule.parts) if other != place]
        yield f"only condition {place + 1} of rule {rule.rule.id} fails", (*others, *silent, -formula)
    for name, formula in rule.exceptions:
        yield f"exception {name} stops rule {rule.rule.id}", (*(part for _, part in rule.parts), formula)
