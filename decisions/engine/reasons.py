"""For each rule, what an explanation says of it, worked out once for each way its conditions can stand.

NOT the whole explanation (explain.py), and not sentences (sentences.py).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from decisions.engine.evaluate import Evaluator, Judgement
from decisions.engine.lookup import MOST, getter
from decisions.engine.program import CompiledRule
from decisions.engine.words import label

Entry = dict[str, Any]
Kinds = dict[str, list[Entry]]
Said = tuple[str, Entry | None]
FIRED, NOT_FIRED, UNKNOWN = "fired", "not_fired", "unknown"


class Voice:
    """One rule with what it said before, by the state of the formulas that it depends on."""

    def __init__(self, rule: CompiledRule, is_set: bool) -> None:
        self.rule = rule
        self.formulas = (rule.applies, *(f for _, f in rule.parts), *(f for _, f in rule.exceptions))
        self.key = getter(self.formulas)
        self.said: dict[tuple[str, ...], Said] = {}
        self.overruled: dict[str, Entry] = {}
        self.start: Entry = {"item": rule.gives} if is_set else {}
        self.start["rule"] = rule.rule.id
        if rule.exception_to:
            self.start["exception_to"] = rule.exception_to

    def work_out(self, judgement: Judgement) -> Said:
        """Kind and entry; no entry where an earlier layer has the say (or may have)."""
        applies = judgement.known(self.rule.applies)
        if applies:
            return FIRED, self.start | {
                "because": self.rule.rule.because,
                "cite": "; ".join(map(str, self.rule.rule.cite)),
                "true": [label(part) for part, _ in self.rule.parts],
            }
        if applies is False:
            why = own_reason(judgement, self.rule)
            return NOT_FIRED, self.start | why if why else None
        own = [label(part) for part, formula in self.rule.parts if judgement.known(formula) is None]
        return UNKNOWN, self.start | {"unknown": own} if own else None


class Home:
    """The voices of one decision or set, in the order of the file."""

    def __init__(self, rules: list[CompiledRule], is_set: bool) -> None:
        self.voices = [Voice(rule, is_set) for rule in rules]
        nodes = {abs(formula): None for voice in self.voices for formula in (*voice.formulas, voice.rule.group)}
        self.key = getter(nodes)
        self.said: dict[tuple[str, ...], Kinds] = {}

    def say(self, judgement: Judgement) -> Kinds:
        """What there is to say, by kind; remembered, so read it and do not change it."""
        key = self.key(judgement.status)
        found = self.said.get(key)
        if found is None:
            if len(self.said) >= MOST:
                self.said.clear()
            found = self.said[key] = self._say(judgement)
        return found

    def _say(self, judgement: Judgement) -> Kinds:
        status, upper = judgement.status, ""
        found: Kinds = {FIRED: [], NOT_FIRED: [], UNKNOWN: []}
        for voice in self.voices:
            key = voice.key(status)
            said = voice.said.get(key)
            if said is None:
                said = voice.said[key] = voice.work_out(judgement)
            kind, entry = said
            if entry is None and kind == NOT_FIRED:
                upper = upper or self.overruling(judgement)
                entry = voice.overruled.setdefault(upper, voice.start | {"overruled_by": upper})
            found[kind].append(entry or self._waiting(judgement, voice))
        return found

    def overruling(self, judgement: Judgement) -> str:
        """The first rule that is live: where a rule is silent for no reason of its own, one of an earlier layer."""
        rules = (voice.rule for voice in self.voices)
        return next(rule.rule.id for rule in rules if not rule.exception_to and judgement.known(rule.group))

    def _waiting(self, judgement: Judgement, voice: Voice) -> Entry:
        """Exceptions and earlier rules that may still silence it."""
        known = judgement.known
        exceptions = [name for name, formula in voice.rule.exceptions if known(formula) is None]
        above = (other.rule for other in self.voices if other.rule.rank < voice.rule.rank)
        earlier = [rule.rule.id for rule in above if not rule.exception_to and known(rule.group) is None]
        return voice.start | {"unknown": exceptions + earlier}


class Reasons:
    """Every decision and set of one program."""

    def __init__(self, evaluator: Evaluator) -> None:
        program = evaluator.program
        rules: dict[str, list[CompiledRule]] = {name: [] for name in (*program.values, *program.members)}
        for rule in program.rules.values():
            rules[rule.home].append(rule)
        self.homes = {name: Home(own, name in program.members) for name, own in rules.items()}

    def why_not(self, judgement: Judgement, rule: CompiledRule) -> Entry:
        """What stops a rule that is known not to apply."""
        return own_reason(judgement, rule) or {"overruled_by": self.homes[rule.home].overruling(judgement)}


def own_reason(judgement: Judgement, rule: CompiledRule) -> Entry:
    """What in the rule itself stops it; empty where only an earlier layer does."""
    if not rule.rule.force.on(judgement.program.day):
        return {"not_in_force": True}
    stopped = [label(part) for part, formula in rule.parts if judgement.known(formula) is False]
    if stopped:
        return {"false": stopped}
    exception = next((name for name, formula in rule.exceptions if judgement.known(formula)), None)
    return {"exception": exception} if exception else {}


@lru_cache(maxsize=64)
def reasons(evaluator: Evaluator) -> Reasons:
    return Reasons(evaluator)
