"""Obligations that every rule set has: one value always, nothing dead, nothing that cannot matter. NOT its promises."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from decisions.engine.exact import Exact
from decisions.engine.prove.case import Case
from decisions.engine.prove.report import Counterexample, Obligation
from decisions.engine.ruleset import Decision, ItemSet, Rule
from decisions.engine.words import quoted


def decision(case: Case, decision: Decision) -> Iterator[Obligation]:
    days, name = case.days.each, decision.id
    text = quoted(decision.text)
    yield case.never("total", name, days, partial(_undecided, name), f"Nothing decides {text}")
    for rules in layers(case, decision):
        for one, other in combinations(rules, 2):
            if one.then != other.then:
                yield _apart(case, decision, one, other)
    for rule in (rule for rules in layers(case, decision) for rule in rules):
        yield from _rule(case, decision, rule)
    for value in decision.values:
        found = case.some_day(days, partial(_value, name, value.id))
        yield _dead("value", f"{name}.{value.id}", f"{quoted(value.text)} can never be the answer to {text}.", found)


def _undecided(decision: str, exact: Exact) -> list[int]:
    return [exact.program.undecided[decision]]


def _value(decision: str, value: str, exact: Exact) -> list[int]:
    return [exact.program.values[decision][value]]


def layers(case: Case, decision: Decision) -> Iterator[tuple[Rule, ...]]:
    """The rules and exceptions that give a value, layer by layer, `otherwise` last."""
    for layer in decision.layers:
        every = (part for rule in layer.rules for part in (rule, *rule.exceptions))
        yield tuple(rule for rule in every if rule.then is not None)
    if decision.otherwise:
        yield (decision.otherwise,)


def _apart(case: Case, decision: Decision, one: Rule, other: Rule) -> Obligation:
    """Two rules of one layer with different values never apply together."""

    def goals(exact: Exact) -> list[int]:
        rules = exact.program.rules
        return [rules[one.id].live, rules[other.id].live, rules[one.id].free]

    values = f"{case.name(decision.id, one.then or '')} and {case.name(decision.id, other.then or '')}"
    sentence = f"{quoted(decision.text)} has two answers, {values}, by rules {one.id} and {other.id}"
    return case.never("one answer", f"{one.id} {other.id}", case.days.each, goals, sentence)


def _rule(case: Case, decision: Decision, rule: Rule) -> Iterator[Obligation]:
    days = case.on(rule.force)
    if not days:
        return
    found = case.some_day(days, partial(_speaking, rule))
    yield _dead("rule", rule.id, "" if found else _why_dead(case, decision, rule), found)
    for other in _siblings(case, decision, rule) if found else ():

        def goals(exact: Exact, other: Rule = other) -> list[int]:
            rules = exact.program.rules
            return [*_speaking(rule, exact), -rules[other.id].live]

        sentence = f"Rule {rule.id} adds nothing: whenever it applies, rule {other.id} gives the same answer."
        yield _dead("not shadowed", f"{rule.id} {other.id}", sentence, case.some_day(days, goals))


def _siblings(case: Case, decision: Decision, rule: Rule) -> Iterator[Rule]:
    for rules in layers(case, decision):
        if rule in rules:
            yield from (other for other in rules if other is not rule and other.then == rule.then)


def _why_dead(case: Case, decision: Decision, rule: Rule) -> str:
    days = case.on(rule.force)
    if not case.some_day(days, partial(_live, rule)):
        return f"Rule {rule.id} can never apply: its conditions never hold together."
    for other in (other for layer in decision.layers for other in layer.rules):

        def free(exact: Exact, other: Rule = other) -> list[int]:
            rules = exact.program.rules
            return [rules[rule.id].live, -rules[other.id].group]

        if other.id != rule.id and not case.some_day(days, free):
            return f"Rule {rule.id} can never apply: rule {other.id} goes before it in every case."
    return f"Rule {rule.id} can never apply: earlier rules go before it in every case."


def item_set(case: Case, item_set: ItemSet) -> Iterator[Obligation]:
    for item in item_set.items:
        for rule in item.rules:
            days = case.on(rule.force)
            found = case.some_day(days, partial(_live, rule))
            if days:
                sentence = f"Rule {rule.id} can never put {quoted(item.text)} into {quoted(item_set.text)}."
                yield _dead("rule", rule.id, sentence, found)


def _live(rule: Rule, exact: Exact) -> list[int]:
    return [exact.program.rules[rule.id].live]


def _speaking(rule: Rule, exact: Exact) -> list[int]:
    """The rule applies: it is live, and no earlier layer has spoken."""
    found = exact.program.rules[rule.id]
    return [found.live, found.free]


def exceptions(case: Case) -> Iterator[Obligation]:
    """An exception that only switches its rule off must do so somewhere."""
    for rule in case.ruleset.every_rule():
        for exception in rule.exceptions:
            days = case.on(exception.force)
            if exception.then is None and days:
                found = case.some_day(days, partial(_both_hold, rule, exception))
                sentence = f"The exception {exception.id} never switches its rule off."
                yield _dead("exception", exception.id, sentence, found)


def _both_hold(rule: Rule, exception: Rule, exact: Exact) -> list[int]:
    return [exact.program.when(rule), exact.program.when(exception)]


def facts(case: Case) -> Iterator[Obligation]:
    for fact in case.ruleset.facts:
        days = case.on(fact.force)
        for sign, word in ((1, "true"), (-1, "false")) if days else ():
            found = case.some_day(days, partial(_fact, fact.id, sign))
            sentence = f"The fact `{fact.id}` ({fact.text}) can never be {word}."
            yield _dead(f"fact {word}", fact.id, sentence, found)


def _fact(name: str, sign: int, exact: Exact) -> list[int]:
    return [sign * exact.program.facts[name]]


def _dead(kind: str, subject: str, sentence: str, alive: bool) -> Obligation:
    return Obligation(kind, subject, None if alive else Counterexample(sentence))
