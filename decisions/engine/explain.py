"""Why: rules that fired, rules that did not and what stopped them, what is unknown, what the outcome rests on.

As values (`Explanation.as_json`) and as sentences (`sentences`). NOT how the rule set is evaluated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from decisions.engine import ENGINE_VERSION
from decisions.engine.answers import Answers
from decisions.engine.evaluate import Judgement, judge
from decisions.engine.exact import Given
from decisions.engine.reasons import FIRED, NOT_FIRED, UNKNOWN, Reasons, reasons
from decisions.engine.ruleset import RuleSet
from decisions.engine.would import Change, rests_on, would_change, would_open

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
    def would_open(self) -> tuple[Change, ...]:
        """Single answers after which the main decision would not be settled yet."""
        return would_open(self.judgement, self.rests_on)

    @cached_property
    def core(self) -> Json:
        """Everything but `rests_on` and `would_change`, which search. Its parts are shared: do not change them."""
        judgement = self.judgement
        ruleset = judgement.ruleset
        decisions = {decision.id: self.decision(decision.id) for decision in ruleset.decisions}
        return {
            "ruleset": ruleset.content_hash,
            "edition": ruleset.edition,
            "engine": ENGINE_VERSION,
            "day": judgement.day.isoformat(),
            "asked": list(judgement.asked),
            "pending": list(judgement.pending),
            "facts": judgement.facts,
            "decisions": decisions,
            "sets": {item_set.id: self.item_set(item_set.id) for item_set in ruleset.sets},
            "possible": {
                name: [found["value"]] if found["value"] else list(judgement.possible(name))
                for name, found in decisions.items()
            },
        }

    def as_json(self) -> Json:
        """The whole explanation as plain values, in the shape that a record keeps."""
        rests = [
            f"{question}.{part}={value}" if part else f"{question}={value}" for question, part, value in self.rests_on
        ]
        changes = [[change.question, change.answer, change.value] for change in self.would_change]
        return {**self.core, "rests_on": rests, "would_change": changes}

    def decision(self, decision_id: str) -> Json:
        return {"value": self.judgement.value(decision_id), **self.reasons.homes[decision_id].say(self.judgement)}

    def item_set(self, set_id: str) -> Json:
        """Of an item that is in, only the rules that put it there are told."""
        home = self.reasons.homes[set_id]
        said = home.say(self.judgement)
        if not home.many and not said[UNKNOWN]:
            return {"in": said[FIRED], "out": said[NOT_FIRED], "unknown": []}
        members = self.judgement.members(set_id)
        told = {entry["item"] for entry in said[FIRED]}
        exact = [home.fired(e["rule"]) for e in said[UNKNOWN] if e["item"] in members and e["item"] not in told]
        rest = {kind: [entry for entry in said[kind] if entry["item"] not in members] for kind in (NOT_FIRED, UNKNOWN)}
        return {"in": [*said[FIRED], *exact], "out": rest[NOT_FIRED], "unknown": rest[UNKNOWN]}

    @cached_property
    def reasons(self) -> Reasons:
        return reasons(self.judgement.evaluator)


def explain(ruleset: RuleSet, answers: Answers, day: date) -> Explanation:
    return Explanation(judge(ruleset, answers, day))
