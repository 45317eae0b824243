"""Why the other outcomes are not what the guide suggests, in plain words. The engine says which rules were silent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from decisions.engine.conditions import AnswerIs, Asked, Condition, FactIs, atoms, conjuncts
from decisions.engine.ruleset import Rule, RuleSet
from decisions.engine.words import either, label, say, sentence

from .sitting import Sitting

MOST = 2  # reasons for each outcome, the nearest to holding first


@dataclass(frozen=True)
class WhyNot:
    """Another outcome, and what stood in its way."""

    outcome: str
    reasons: list[str]


def why_not(sitting: Sitting) -> list[WhyNot]:
    """One for each outcome that is ruled out, in the order of the rule set."""
    main = sitting.ruleset.main
    silent = sitting.explanation.core["decisions"][main.id]["not_fired"]
    found = []
    for value in main.values:
        rules = [(entry, rule) for entry in silent if (rule := sitting.ruleset.rule(entry["rule"])).then == value.id]
        if rules and value.id != sitting.outcome:
            nearest = sorted(rules, key=lambda pair: _distance(pair[0]))[:MOST]
            reasons = [_words(sitting.ruleset, entry, rule) for entry, rule in nearest]
            found.append(WhyNot(value.text, list(dict.fromkeys(reasons))))
    return found


def _distance(entry: dict[str, Any]) -> int:
    """How many conditions are wanting; a law not in force is the furthest."""
    return 99 if entry.get("not_in_force") else len(entry.get("false", ()))


def _words(ruleset: RuleSet, entry: dict[str, Any], rule: Rule) -> str:
    if stopped := entry.get("false"):
        needed = [say(ruleset, part) for part in conjuncts(rule.when) if label(part) in stopped]
        words = f"only where {either(needed, 'and')}, which is not what you answered"
        return sentence(words.replace("it is not so that ", "it is not true that "))
    if other := entry.get("exception") or entry.get("overruled_by"):
        return f"Something weighs more. {sentence(ruleset.rule(other).because)}"
    return "The law for it is not in force."


def questions_of(ruleset: RuleSet, condition: Condition) -> Iterator[str]:
    """The questions that a condition turns on, through the facts it names."""
    for atom in atoms(condition):
        if isinstance(atom, FactIs):
            yield from questions_of(ruleset, ruleset.fact(atom.fact).when)
        elif isinstance(atom, AnswerIs | Asked):
            yield atom.question
