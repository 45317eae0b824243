"""What a rule set is once loaded. NOT the file format (docs/rule-set-format.md) and NOT its evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from decisions.engine.parts import (
    FOREVER,
    UNSURE,
    Band,
    Cite,
    Cites,
    Decision,
    DefaultGuard,
    Fact,
    InForce,
    Invariant,
    ItemSet,
    Layer,
    Monotone,
    Option,
    Question,
    Rank,
    Rule,
    Section,
    SetItem,
    Source,
    Tags,
    Value,
)

__all__ = [
    "FOREVER",
    "UNSURE",
    "Band",
    "Cite",
    "Cites",
    "Decision",
    "DefaultGuard",
    "Fact",
    "InForce",
    "Invariant",
    "ItemSet",
    "Layer",
    "Monotone",
    "Option",
    "Question",
    "Rank",
    "Rule",
    "RuleSet",
    "Section",
    "SetItem",
    "Source",
    "Tags",
    "Value",
]


@dataclass(frozen=True, eq=False, repr=False)
class RuleSet:
    """Two rule sets are equal when their documents are: `content_hash` is the sha256 of the document."""

    name: str
    edition: str
    title: str
    effective: InForce
    sections: tuple[Section, ...]
    sources: Mapping[str, Source]
    questions: tuple[Question, ...]
    facts: tuple[Fact, ...]
    decisions: tuple[Decision, ...]
    sets: tuple[ItemSet, ...]
    invariants: tuple[Invariant, ...]
    default: DefaultGuard | None
    diagram_order: tuple[str, ...]
    content_hash: str
    file: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleSet) and self.content_hash == other.content_hash

    def __repr__(self) -> str:
        return f"<RuleSet {self.name} {self.edition} {self.content_hash[:8]}>"

    def __hash__(self) -> int:
        return hash(self.content_hash)

    @cached_property
    def _questions(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.every_rule()}

    @property
    def main(self) -> Decision:
        """The decision that is settled first."""
        return self.decisions[0]

    def question(self, question_id: str) -> Question:
        """Raises KeyError for an unknown id, as do the other look-ups by id."""
        return self._questions[question_id]

    def fact(self, fact_id: str) -> Fact:
        return {fact.id: fact for fact in self.facts}[fact_id]

    def decision(self, decision_id: str) -> Decision:
        return {decision.id: decision for decision in self.decisions}[decision_id]

    def item_set(self, set_id: str) -> ItemSet:
        return {item_set.id: item_set for item_set in self.sets}[set_id]

    def rule(self, rule_id: str) -> Rule:
        return self._rules[rule_id]

    def every_rule(self) -> Iterator[Rule]:
        """Rules and exceptions of decisions and sets, in the order of the file."""
        for decision in self.decisions:
            for layer in decision.layers:
                yield from _with_exceptions(layer.rules)
            if decision.otherwise:
                yield decision.otherwise
        for item_set in self.sets:
            for item in item_set.items:
                yield from _with_exceptions(item.rules)

    @cached_property
    def turning_days(self) -> tuple[date, ...]:
        """The days on which the law in this edition turns, the first being the edition's own first day."""
        first = self.effective.start or date.min
        dated: tuple[Question | Fact | Rule | Invariant, ...]
        dated = (*self.questions, *self.facts, *self.every_rule(), *self.invariants)
        days = {day for part in dated for day in part.force.turns() if self.effective.on(day)}
        return tuple(sorted(days | {first}))

    def law_day(self, day: date) -> date:
        """The turning day that governs `day`; days before the edition's first are judged as that first day."""
        return max((turn for turn in self.turning_days if turn <= day), default=self.turning_days[0])


def _with_exceptions(rules: tuple[Rule, ...]) -> Iterator[Rule]:
    for rule in rules:
        yield rule
        yield from rule.exceptions
