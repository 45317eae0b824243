"""What can only be checked once everything is read: guards look back, and nothing comes round to itself."""

from __future__ import annotations

from collections.abc import Iterable

from decisions.engine.conditions import Condition, atoms, named
from decisions.engine.loading.errors import Problems
from decisions.engine.ruleset import Decision, Fact, ItemSet, Question, Rule

Uses = dict[str, tuple[str, ...]]


def check_guards(
    problems: Problems, questions: tuple[Question, ...], facts: tuple[Fact, ...], others: frozenset[str]
) -> None:
    """`ask_when` reaches earlier questions only; decisions and sets (`others`) only where it is for the record."""
    uses = {fact.id: _uses(fact.when) for fact in facts}
    place = {question.id: position for position, question in enumerate(questions)}
    for position, question in enumerate(questions):
        if question.ask_when is None:
            continue
        direct = [named(atom) for atom in atoms(question.ask_when)]
        for name in sorted(_reached(direct, uses)):
            if not question.record and name in others:
                problems.add(
                    question.line,
                    f"Whether `{question.id}` is asked depends on `{name}`, which is only known afterwards.",
                    "Name earlier questions or facts made of them.",
                )
            if place.get(name, -1) >= position and (not question.record or name in direct):
                problems.add(
                    question.line,
                    f"Whether `{question.id}` is asked depends on `{name}`, which comes later.",
                    f"Move `{question.id}` below `{name}`, or change `ask_when`.",
                )


def check_circles(
    problems: Problems, facts: tuple[Fact, ...], decisions: tuple[Decision, ...], sets: tuple[ItemSet, ...]
) -> None:
    uses: Uses = {fact.id: _uses(fact.when) for fact in facts}
    parts: tuple[Fact | Decision | ItemSet, ...] = (*facts, *decisions, *sets)
    lines = {part.id: part.line for part in parts}
    for decision in decisions:
        uses[decision.id] = _rule_uses(rule for layer in decision.layers for rule in layer.rules)
    for item_set in sets:
        uses[item_set.id] = _rule_uses(rule for item in item_set.items for rule in item.rules)
    done: set[str] = set()
    for name in uses:
        circle = _circle(name, uses, [], done)
        if circle:
            problems.add(
                lines[circle[0]],
                f"This goes round in a circle: {' → '.join(circle)}.",
                "Break the circle at one of them.",
            )


def _uses(condition: Condition) -> tuple[str, ...]:
    return tuple(dict.fromkeys(named(atom) for atom in atoms(condition)))


def _rule_uses(rules: Iterable[Rule]) -> tuple[str, ...]:
    conditions = [part.when for rule in rules for part in (rule, *rule.exceptions)]
    return tuple(dict.fromkeys(name for condition in conditions for name in _uses(condition)))


def _reached(names: Iterable[str], uses: Uses) -> set[str]:
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo.extend(uses.get(name, ()))
    return found


def _circle(name: str, uses: Uses, path: list[str], done: set[str]) -> list[str]:
    if name in done:
        return []
    if name in path:
        done.update(path)
        return [*path[path.index(name) :], name]
    path.append(name)
    for used in uses.get(name, ()):
        circle = _circle(used, uses, path, done)
        if circle:
            return circle
    path.pop()
    done.add(name)
    return []
