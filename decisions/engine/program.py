"""A rule set on one day of the law, compiled into one network of formulas. NOT its evaluation or its proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from decisions.engine.conditions import (
    ANY_ROW,
    EVERY_ROW,
    AllOf,
    Always,
    AnswerIs,
    AnyOf,
    Asked,
    Condition,
    DecisionIs,
    FactIs,
    InSet,
    Not,
    conjuncts,
)
from decisions.engine.formulas import FALSE, TRUE, Network, Variable
from decisions.engine.ruleset import Decision, ItemSet, Question, Rule, RuleSet

TICKED, UNTICKED = "1", "0"


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """`parts` are the conditions that must hold, with their formulas; `live` says whether the rule would apply if
    no earlier layer did, `group` the same for it and its exceptions together (what silences later layers), `free`
    that no earlier layer did; `applies` is the whole truth. `rank` is its layer."""

    rule: Rule
    home: str
    gives: str
    rank: int
    exception_to: str | None
    parts: tuple[tuple[Condition, int], ...]
    exceptions: tuple[tuple[str, int], ...]
    live: int
    group: int
    free: int
    applies: int


class Program:
    """Everything that can be asked of a rule set on `day`, as formulas.

    `apart`: a condition on a decision is a leaf of its own, instead of all the rules of that decision; that keeps the
    diagrams small (exact.py). Programs of several days may share one network, which must be `apart` as they are.
    """

    def __init__(self, ruleset: RuleSet, day: date, apart: bool = False, network: Network | None = None) -> None:
        self.ruleset = ruleset
        self.day = day
        self.apart = apart
        self.network = network or Network(tuple(_all_variables(ruleset, apart)))
        self.place = {(v.question, v.part): n for n, v in enumerate(self.network.variables)}
        self.guards: dict[str, int] = {}
        self.facts: dict[str, int] = {}
        self.rules: dict[str, CompiledRule] = {}
        self.values: dict[str, dict[str, int]] = {}
        self.undecided: dict[str, int] = {}
        self.members: dict[str, dict[str, int]] = {}
        for question in ruleset.questions:
            self.guard(question.id)
        for fact in ruleset.facts:
            self.fact(fact.id)
        for decision in ruleset.decisions:
            self.decided(decision.id)
        for item_set in ruleset.sets:
            self.chosen(item_set.id)

    def guard(self, question_id: str) -> int:
        if question_id not in self.guards:
            question = self.ruleset.question(question_id)
            asked = TRUE if question.ask_when is None else self.formula(question.ask_when)
            self.guards[question_id] = asked if question.force.on(self.day) else FALSE
        return self.guards[question_id]

    def fact(self, fact_id: str) -> int:
        if fact_id not in self.facts:
            fact = self.ruleset.fact(fact_id)
            self.facts[fact_id] = self.formula(fact.when) if fact.force.on(self.day) else FALSE
        return self.facts[fact_id]

    def decided(self, decision_id: str) -> dict[str, int]:
        if decision_id not in self.values:
            _Layers(self, self.ruleset.decision(decision_id)).compile()
        return self.values[decision_id]

    def chosen(self, set_id: str) -> dict[str, int]:
        if set_id not in self.members:
            self.members[set_id] = self._members(self.ruleset.item_set(set_id))
        return self.members[set_id]

    def formula(self, condition: Condition) -> int:
        network = self.network
        match condition:
            case Always():
                return TRUE
            case AllOf(parts=parts):
                return network.all(map(self.formula, parts))
            case AnyOf(parts=parts):
                return network.any(map(self.formula, parts))
            case Not(part=part):
                return -self.formula(part)
            case FactIs(fact=fact):
                return self.fact(fact)
            case DecisionIs(decision=decision, values=values):
                decided = self.decided(decision)
                if self.apart:
                    return self._leaf(decision, None, values)
                return network.any(decided[value] for value in values)
            case InSet(set_id=set_id, items=items):
                chosen = self.chosen(set_id)
                return network.any(chosen[item] for item in items)
            case Asked(question=question):
                return self.guard(question)
        return network.all((self.guard(condition.question), self._answer(condition)))

    def _answer(self, atom: AnswerIs) -> int:
        question = self.ruleset.question(atom.question)
        if question.kind == "checkboxes":
            ticks = [self._leaf(question.id, option, (TICKED,)) for option in atom.options or question.option_ids]
            return self.network.any(ticks) if atom.options else -self.network.any(ticks)
        if question.kind != "grid":
            return self._leaf(question.id, None, atom.options)
        if atom.row in (ANY_ROW, EVERY_ROW):
            rows = [self._leaf(question.id, row, atom.options) for row in question.row_ids]
            return self.network.any(rows) if atom.row == ANY_ROW else self.network.all(rows)
        return self._leaf(question.id, atom.row, atom.options)

    def _leaf(self, question: str, part: str | None, values: tuple[str, ...]) -> int:
        return self.network.leaf(self.place[question, part], values)

    def when(self, rule: Rule) -> int:
        return self.formula(rule.when) if rule.force.on(self.day) else FALSE

    def parts(self, rule: Rule) -> tuple[tuple[Condition, int], ...]:
        return tuple((part, self.formula(part)) for part in conjuncts(rule.when))

    def _members(self, item_set: ItemSet) -> dict[str, int]:
        members = {}
        for item in item_set.items:
            applies = []
            for rule in item.rules:
                exceptions = tuple((out.id, self.when(out)) for out in rule.exceptions)
                live = self.network.all((self.when(rule), *(-when for _, when in exceptions)))
                parts = self.parts(rule)
                self.rules[rule.id] = CompiledRule(
                    rule, item_set.id, item.id, 0, None, parts, exceptions, live, live, TRUE, live
                )
                applies.append(live)
            members[item.id] = self.network.any(applies)
        return members


class _Layers:
    """Compiles one decision: layer after layer, each silenced by what an earlier one has `taken`."""

    def __init__(self, program: Program, decision: Decision) -> None:
        self.program = program
        self.network = program.network
        self.decision = decision
        self.taken = FALSE
        self.applies: dict[str, list[int]] = {value.id: [] for value in decision.values}

    def compile(self) -> None:
        for rank, layer in enumerate(self.decision.layers):
            groups = [self._rule(rule, rank) for rule in layer.rules]
            self.taken = self.network.any((self.taken, *groups))
        last = self.decision.otherwise
        if last:
            when = self.program.when(last)
            rank = len(self.decision.layers)
            self._add(CompiledRule(last, self.decision.id, "", rank, None, (), (), when, when, 0, 0))
            self.taken = self.network.any((self.taken, when))
        self.program.undecided[self.decision.id] = -self.taken
        self.program.values[self.decision.id] = {
            value: self.network.any(applies) for value, applies in self.applies.items()
        }

    def _rule(self, rule: Rule, rank: int) -> int:
        """Adds the rule and its exceptions; whether any of them is live."""
        program, network, home = self.program, self.network, self.decision.id
        whens = {exception.id: program.when(exception) for exception in rule.exceptions}
        offs = {e.id: whens[e.id] for e in rule.exceptions if e.then is None}
        group = network.all((program.when(rule), *(-off for off in offs.values())))
        live = network.all((group, *(-when for when in whens.values())))
        parts = program.parts(rule)
        self._add(CompiledRule(rule, home, "", rank, None, parts, tuple(whens.items()), live, group, 0, 0))
        for exception in rule.exceptions:
            if exception.then is not None:
                both = (*parts, *program.parts(exception))
                own = network.all((group, whens[exception.id]))
                self._add(CompiledRule(exception, home, "", rank, rule.id, both, tuple(offs.items()), own, group, 0, 0))
        return group

    def _add(self, found: CompiledRule) -> None:
        """Completes the rule with its value and what the earlier layers leave of it."""
        value, free = found.rule.then or "", -self.taken
        applies = self.network.all((found.live, free))
        self.program.rules[found.rule.id] = replace(found, gives=value, free=free, applies=applies)
        self.applies[value].append(applies)


def _all_variables(ruleset: RuleSet, apart: bool) -> Iterator[Variable]:
    for decision in ruleset.decisions if apart else ():
        yield Variable(decision.id, None, tuple(value.id for value in decision.values), decision=True)
    for question in ruleset.questions:
        if not question.record:
            yield from _variables(question)


def _variables(question: Question) -> Iterator[Variable]:
    if question.kind == "checkboxes":
        for option in question.option_ids:
            yield Variable(question.id, option, (UNTICKED, TICKED))
    elif question.kind == "grid":
        for row in question.row_ids:
            yield Variable(question.id, row, question.option_ids)
    else:
        yield Variable(question.id, None, question.option_ids)


@lru_cache(maxsize=64)
def _compiled(ruleset: RuleSet, law_day: date) -> Program:
    return Program(ruleset, law_day)


def compiled(ruleset: RuleSet, day: date) -> Program:
    """The program for the law of `day`; remembered by content hash and turning day."""
    return _compiled(ruleset, ruleset.law_day(day))
