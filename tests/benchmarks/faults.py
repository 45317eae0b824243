"""Rule sets with one fault each, made from a sound one. NOT whether anybody notices (mutants.py)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from decisions.engine.conditions import AllOf, AnswerIs, AnyOf, Condition, DecisionIs, FactIs, InSet, Not
from decisions.engine.ruleset import Decision, ItemSet, Layer, Rule, RuleSet


def mutants(ruleset: RuleSet) -> Iterator[tuple[str, RuleSet]]:
    """Each with what is wrong in it."""
    for number, (what, changes) in enumerate(_changes(ruleset)):
        yield what, replace(ruleset, **changes, content_hash=f"{ruleset.content_hash} fault {number}")


def _changes(ruleset: RuleSet) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, fact in enumerate(ruleset.facts):
        for what, when in conditions(fact.when):
            yield f"fact {fact.id}: {what}", {"facts": put(ruleset.facts, place, replace(fact, when=when))}
    for place, question in enumerate(ruleset.questions):
        if question.ask_when:
            for what, guard in (("always", None), *conditions(question.ask_when)):
                changed = put(ruleset.questions, place, replace(question, ask_when=guard))
                yield f"asking {question.id}: {what}", {"questions": changed}
    for place, decision in enumerate(ruleset.decisions):
        for what, other in _decisions(decision):
            yield what, {"decisions": put(ruleset.decisions, place, other)}
    for place, item_set in enumerate(ruleset.sets):
        for what, found in _sets(item_set):
            yield what, {"sets": put(ruleset.sets, place, found)}


def _decisions(decision: Decision) -> Iterator[tuple[str, Decision]]:
    layers, values = decision.layers, [value.id for value in decision.values]
    for place, layer in enumerate(layers):
        if place:
            swapped = (*layers[: place - 1], layer, layers[place - 1], *layers[place + 1 :])
            yield f"layer {layer.name} of {decision.id} goes one up", replace(decision, layers=swapped)
        for what, rules in _rules(layer.rules, values):
            yield what, replace(decision, layers=put(layers, place, Layer(layer.name, rules)))


def _sets(item_set: ItemSet) -> Iterator[tuple[str, ItemSet]]:
    for place, item in enumerate(item_set.items):
        for what, rules in _rules(item.rules, []):
            yield what, replace(item_set, items=put(item_set.items, place, replace(item, rules=rules)))


def _rules(rules: tuple[Rule, ...], values: list[str]) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    for place, rule in enumerate(rules):
        if len(rules) > 1:
            yield f"rule {rule.id}: left out", (*rules[:place], *rules[place + 1 :])
        if rule.then:
            other = values[(values.index(rule.then) + 1) % len(values)]
            yield f"rule {rule.id}: {other}", put(rules, place, replace(rule, then=other))
        for what, when in conditions(rule.when):
            yield f"rule {rule.id}: {what}", put(rules, place, replace(rule, when=when))
        for number, exception in enumerate(rule.exceptions):
            fewer = (*rule.exceptions[:number], *rule.exceptions[number + 1 :])
            yield f"rule {rule.id}: without {exception.id}", put(rules, place, replace(rule, exceptions=fewer))


def conditions(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """A part left out, denied or with an option fewer; all for any; any for all."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            kind, other = (AllOf, AnyOf) if isinstance(condition, AllOf) else (AnyOf, AllOf)
            yield f"{other.__name__} instead", other(parts)
            for place, part in enumerate(parts):
                yield f"without part {place + 1}", kind((*parts[:place], *parts[place + 1 :]))
                for what, changed in conditions(part):
                    yield f"part {place + 1} {what}", kind(put(parts, place, changed))
        case Not(part=part):
            yield "not denied", part
            if isinstance(part, AllOf | AnyOf):
                for what, changed in conditions(part):
                    yield what, Not(changed)
        case AnswerIs() | DecisionIs() | FactIs() | InSet():
            yield "denied", Not(condition)
            yield from _fewer(condition)


def _fewer(condition: Condition) -> Iterator[tuple[str, Condition]]:
    names = {AnswerIs: "options", DecisionIs: "values", InSet: "items"}
    name = names.get(type(condition))
    options: tuple[str, ...] = getattr(condition, name) if name else ()
    if name and len(options) > 1:
        for place, option in enumerate(options):
            changes: dict[str, Any] = {name: (*options[:place], *options[place + 1 :])}
            yield f"without {option}", replace(condition, **changes)


def put(parts: tuple[Any, ...], place: int, part: Any) -> tuple[Any, ...]:
    return (*parts[:place], part, *parts[place + 1 :])
