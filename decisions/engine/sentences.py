"""An explanation in plain English, good enough for a record that is read out in court. NOT its values (explain.py)."""

from __future__ import annotations

from dataclasses import dataclass

from decisions.engine.conditions import Condition
from decisions.engine.explain import Explanation
from decisions.engine.program import CompiledRule
from decisions.engine.words import cited, day_text, either, quoted, say, say_answer, sentence


@dataclass(frozen=True, slots=True)
class Sentences:
    """`headline` is one sentence; the others are one sentence for each answer, rule or question."""

    headline: str
    rests_on: tuple[str, ...]
    because: tuple[str, ...]
    why_not: tuple[str, ...]
    unknown: tuple[str, ...]
    would_change: tuple[str, ...]


def sentences(explanation: Explanation, decision_id: str = "") -> Sentences:
    """In words, for one decision (the main one unless told). `rests_on` and `would_change` are the main one's."""
    speaker = _Speaker(explanation, decision_id)
    main = speaker.decision is explanation.judgement.ruleset.main
    return Sentences(
        headline=speaker.headline(),
        rests_on=speaker.rests_on() if main else (),
        because=speaker.because(),
        why_not=speaker.why_not(),
        unknown=speaker.unknown(),
        would_change=speaker.would_change() if main else (),
    )


class _Speaker:
    def __init__(self, explanation: Explanation, decision_id: str) -> None:
        self.explanation = explanation
        self.judgement = explanation.judgement
        self.ruleset = self.judgement.ruleset
        self.decision = self.ruleset.decision(decision_id) if decision_id else self.ruleset.main
        self.rules = [rule for rule in self.judgement.program.rules.values() if rule.home == self.decision.id]

    def headline(self) -> str:
        value = self.judgement.value(self.decision.id)
        if value:
            return sentence(f"{self.decision.text}: {self.decision.value(value).text}")
        possible = self.judgement.possible(self.decision.id)
        texts = either(quoted(self.decision.value(name).text) for name in possible)
        return sentence(f"{self.decision.text}: we cannot say yet; it may be {texts}")

    def rests_on(self) -> tuple[str, ...]:
        return tuple(
            sentence(say_answer(self.ruleset.question(question), part, value))
            for question, part, value in self.explanation.rests_on
        )

    def because(self) -> tuple[str, ...]:
        fired = (rule.rule for rule in self.rules if self.judgement.known(rule.applies))
        return tuple(f"{sentence(rule.because)} ({cited(self.ruleset, rule.cite)})" for rule in fired)

    def why_not(self) -> tuple[str, ...]:
        """Why each rule that gives another value does not apply."""
        value = self.judgement.value(self.decision.id)
        silent = (rule for rule in self.rules if self.judgement.known(rule.applies) is False)
        return tuple(self._not_applied(rule) for rule in silent if rule.gives != value)

    def _not_applied(self, rule: CompiledRule) -> str:
        why = self.explanation.reasons.why_not(self.judgement, rule)
        start = f"Not {quoted(self.decision.value(rule.gives).text)} under rule {rule.rule.id}, because"
        if "false" in why:
            stopped = [part for part, formula in rule.parts if self.judgement.known(formula) is False]
            return sentence(f"{start} {self._denied(stopped)}")
        if "not_in_force" in why:
            return sentence(f"{start} it is not in force on {day_text(self.judgement.day)}")
        if "exception" in why:
            other = self.ruleset.rule(why["exception"])
            return sentence(f"{start} its exception {other.id} holds: {say(self.ruleset, other.when)}")
        return sentence(f"{start} rule {why['overruled_by']} goes before it")

    def _denied(self, parts: list[Condition]) -> str:
        return either((say(self.ruleset, part, negated=True) for part in parts), "and")

    def unknown(self) -> tuple[str, ...]:
        """The conditions that keep the decision open, each once."""
        known = self.judgement.known
        waiting = (rule for rule in self.rules if known(rule.applies) is None)
        parts = dict.fromkeys(part for rule in waiting for part, formula in rule.parts if known(formula) is None)
        return tuple(sentence(f"It is not known yet whether {say(self.ruleset, part)}") for part in parts)

    def would_change(self) -> tuple[str, ...]:
        """One sentence for each other answer."""
        found = []
        for change in self.explanation.would_change:
            question = self.ruleset.question(change.question)
            value = quoted(self.decision.value(change.value).text)
            found.append(f"{value} if {say_answer(question, change.part, change.option)}.")
        return tuple(found)
