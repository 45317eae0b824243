"""A rule set in the notation of zen-engine, to be measured beside ours. NOT a second engine; radios and lists only.

The translation is the shape that engine is made for: named expressions for the facts, one decision table (first hit)
for each decision, expressions for what is in each set. Each fact is worked out once; guards cost it nothing, because
the answers that it is given are only to what is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import zen

from decisions.engine.conditions import (
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
    atoms,
)
from decisions.engine.ruleset import Decision, ItemSet, Rule, RuleSet

Json = dict[str, Any]


class Translation:
    def __init__(self, ruleset: RuleSet, day: date) -> None:
        self.ruleset, self.day = ruleset, day
        self.nodes: list[Json] = [node("in", "inputNode", {})]
        self.facts: set[str] = set()
        self.here: set[str] = set()  # facts that the same node works out
        for decision in ruleset.decisions:
            self._expressions(f"for {decision.id}", self._needed(_rules(decision)))
            self.nodes.append(node(decision.id, "decisionTableNode", self._table(decision)))
        for item_set in ruleset.sets:
            rules = [rule for item in item_set.items for rule in item.rules]
            self._expressions(item_set.id, [*self._needed(rules), *self._items(item_set)])
        self.nodes.append(node("out", "outputNode", {}))

    @property
    def text(self) -> str:
        pairs = zip(self.nodes, self.nodes[1:], strict=False)
        edges = [
            {"id": f"e{n}", "sourceId": a["id"], "targetId": b["id"], "type": "edge"} for n, (a, b) in enumerate(pairs)
        ]
        return json.dumps({"nodes": self.nodes, "edges": edges})

    def _expressions(self, name: str, pairs: list[tuple[str, str]]) -> None:
        found = [{"id": key, "key": key, "value": value} for key, value in pairs]
        self.here.clear()
        if found:
            self.nodes.append(node(f"{name} facts", "expressionNode", {"passThrough": True, "expressions": found}))

    def _needed(self, rules: Iterable[Rule]) -> list[tuple[str, str]]:
        """The facts that these rules name and that are not there yet, those they rest on first."""
        found: list[tuple[str, str]] = []
        for rule in rules:
            for part in (rule, *rule.exceptions):
                found += self._named(part.when)
        return found

    def _named(self, condition: Condition) -> Iterator[tuple[str, str]]:
        for atom in atoms(condition):
            if isinstance(atom, FactIs) and atom.fact not in self.facts:
                self.facts.add(atom.fact)
                fact = self.ruleset.fact(atom.fact)
                yield from self._named(fact.when)
                when = self.say(fact.when) if fact.force.on(self.day) else "false"
                self.here.add(fact.id)
                yield f"f_{fact.id}", when

    def _table(self, decision: Decision) -> Json:
        rows = [self._row(rule, rule.then, self._live(rule)) for rule in self._rows(decision)]
        if decision.otherwise:
            rows.append(self._row(decision.otherwise, decision.otherwise.then, ""))
        columns = {
            "inputs": [{"id": "c", "name": "when"}],
            "outputs": [{"id": "o", "name": "is", "field": decision.id}],
        }
        return {"hitPolicy": "first", "passThrough": True, **columns, "rules": rows}

    def _rows(self, decision: Decision) -> Iterator[Rule]:
        for rule in _rules(decision):
            if rule.force.on(self.day):
                assert not any(exception.then for exception in rule.exceptions)  # ours has none that gives a value
                yield rule

    def _row(self, rule: Rule, value: str | None, when: str) -> Json:
        return {"_id": rule.id, "c": when, "o": f"'{value}'"}

    def _live(self, rule: Rule) -> str:
        off = (exception for exception in rule.exceptions if exception.force.on(self.day))
        return " and ".join([self.say(rule.when), *(f"not ({self.say(exception.when)})" for exception in off)])

    def _items(self, item_set: ItemSet) -> Iterator[tuple[str, str]]:
        for item in item_set.items:
            rules = [self._live(rule) for rule in item.rules if rule.force.on(self.day)]
            yield f"{item_set.id}_{item.id}", " or ".join(f"({rule})" for rule in rules) or "false"

    def say(self, condition: Condition) -> str:
        match condition:
            case Always():
                return "true"
            case AllOf(parts=parts) | AnyOf(parts=parts):
                word = " and " if isinstance(condition, AllOf) else " or "
                return f"({word.join(self.say(part) for part in parts)})"
            case Not(part=part):
                return f"(not {self.say(part)})"
            case FactIs(fact=fact):
                return f"$.f_{fact}" if fact in self.here else f"f_{fact}"
            case DecisionIs(decision=decision, values=values):
                return _among(decision, values)
            case InSet(set_id=name, items=items):
                return f"({' or '.join(f'{name}_{item}' for item in items)})"
            case Asked(question=question):
                return f"(asked_{question} == true)"
        return self._answer(condition)

    def _answer(self, atom: AnswerIs) -> str:
        question = self.ruleset.question(atom.question)
        if question.kind == "radios":
            return _among(question.id, atom.options)
        assert question.kind == "checkboxes"
        ticked = " or ".join(f"contains({question.id}, '{option}')" for option in atom.options)
        return f"({ticked})" if ticked else f"(asked_{question.id} == true and len({question.id}) == 0)"


def node(name: str, kind: str, content: Json) -> Json:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": content}


def _rules(decision: Decision) -> list[Rule]:
    return [rule for layer in decision.layers for rule in layer.rules]


def _among(name: str, values: tuple[str, ...]) -> str:
    if len(values) == 1:
        return f"({name} == '{values[0]}')"
    return f"({name} in [{', '.join(repr(value) for value in values)}])"


def given(ruleset: RuleSet, answers: Json, asked: Iterable[str]) -> Json:
    """What that engine is given: the answers to what is asked; lists that are not asked are empty."""
    wanted = set(asked)
    found: Json = {f"asked_{name}": True for name in wanted}
    for question in ruleset.questions:
        missing: Any = [] if question.kind == "checkboxes" else None
        found[question.id] = answers.get(question.id, missing) if question.id in wanted else missing
    return found


def decision(ruleset: RuleSet, day: date) -> Any:
    return zen.ZenEngine().create_decision(Translation(ruleset, day).text)
