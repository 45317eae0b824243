"""Why: rules that fired, rules that did not and what stopped them, what is unknown, what the outcome rests on.

As values (`Explanation.as_json`) and as sentences (`sentences`). NOT how the rule set is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from decisions.engine import ENGINE_VERSION
from decisions.engine.answers import Answers
from decisions.engine.evaluate import Judgement, judge
from decisions.engine.exact import Given
from decisions.engine.program import CompiledRule
from decisions.engine.ruleset import RuleSet
from decisions.engine.words import label
from decisions.engine.would import Change, rests_on, would_change

Json = dict[str, Any]


@dataclass(frozen=True)
class Explanation:
    judgement: Judgement

    @cached_property
    def rests_on(self) -> tuple[Given, ...]:
        """Answers (question, box or row, value) that alone force the main decision; empty while it is open."""
        return rests_on(self.judgement)

    @cached_property
    def would_change(self) -> tuple[Change, ...]:
        """Single answers that would have led to another value of the main decision."""
        return would_change(self.judgement, self.rests_on)

    @cached_property
    def core(self) -> Json:
        """Everything but `rests_on` and `would_change`, which search."""
        judgement = self.judgement
        ruleset = judgement.ruleset
        return {
            "ruleset": ruleset.content_hash,
            "edition": ruleset.edition,
            "engine": ENGINE_VERSION,
            "day": judgement.day.isoformat(),
            "asked": list(judgement.asked),
            "pending": list(judgement.pending),
            "facts": {fact.id: judgement.fact(fact.id) for fact in ruleset.facts},
            "decisions": {decision.id: self.decision(decision.id) for decision in ruleset.decisions},
            "sets": {item_set.id: self.item_set(item_set.id) for item_set in ruleset.sets},
            "possible": {decision.id: list(judgement.possible(decision.id)) for decision in ruleset.decisions},
        }

    def as_json(self) -> Json:
        """The whole explanation as plain values, in the shape that a record keeps."""
        rests = [
            f"{question}.{part}={value}" if part else f"{question}={value}" for question, part, value in self.rests_on
        ]
        changes = [[change.question, change.answer, change.value] for change in self.would_change]
        return {**self.core, "rests_on": rests, "would_change": changes}

    def decision(self, decision_id: str) -> Json:
        found: Json = {"value": self.judgement.value(decision_id), "fired": [], "not_fired": [], "unknown": []}
        for rule in self._rules(decision_id):
            kind, entry = self._entry(rule)
            found[kind].append(entry)
        return found

    def item_set(self, set_id: str) -> Json:
        found: Json = {"in": [], "out": [], "unknown": []}
        members = self.judgement.members(set_id)
        names = {"fired": "in", "not_fired": "out", "unknown": "unknown"}
        for rule in self._rules(set_id):
            kind, entry = self._entry(rule)
            if kind == "fired" or rule.gives not in members:
                found[names[kind]].append({"item": rule.gives, **entry})
        return found

    def _rules(self, home: str) -> Iterator[CompiledRule]:
        return (rule for rule in self.judgement.program.rules.values() if rule.home == home)

    def _entry(self, rule: CompiledRule) -> tuple[str, Json]:
        applies = self.judgement.known(rule.applies)
        entry: Json = {"rule": rule.rule.id}
        if rule.exception_to:
            entry["exception_to"] = rule.exception_to
        if applies:
            return "fired", entry | {
                "because": rule.rule.because,
                "cite": "; ".join(map(str, rule.rule.cite)),
                "true": [label(part) for part, _ in rule.parts],
            }
        if applies is False:
            return "not_fired", entry | self.why_not(rule)
        return "unknown", entry | {"unknown": self._open(rule)}

    def why_not(self, rule: CompiledRule) -> Json:
        """What stops a rule that is known not to apply."""
        known = self.judgement.known
        if not rule.rule.force.on(self.judgement.day):
            return {"not_in_force": True}
        stopped = [label(part) for part, formula in rule.parts if known(formula) is False]
        if stopped:
            return {"false": stopped}
        exception = next((name for name, formula in rule.exceptions if known(formula)), None)
        if exception:
            return {"exception": exception}
        return {"overruled_by": next(self._overruling(rule), None)}

    def _overruling(self, rule: CompiledRule) -> Iterator[str]:
        earlier = (other for other in self._rules(rule.home) if other.rank < rule.rank and not other.exception_to)
        return (other.rule.id for other in earlier if self.judgement.known(other.group))

    def _open(self, rule: CompiledRule) -> list[str]:
        """What is not known yet: its own conditions, or else the rules that may still stop it."""
        known = self.judgement.known
        own = [label(part) for part, formula in rule.parts if known(formula) is None]
        if own:
            return own
        exceptions = [name for name, formula in rule.exceptions if known(formula) is None]
        earlier = (other for other in self._rules(rule.home) if other.rank < rule.rank and not other.exception_to)
        return exceptions + [other.rule.id for other in earlier if known(other.group) is None]


def explain(ruleset: RuleSet, answers: Answers, day: date) -> Explanation:
    return Explanation(judge(ruleset, answers, day))
