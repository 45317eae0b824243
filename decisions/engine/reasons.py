"""For each rule, what an explanation says of it, worked out once for each way its conditions can stand.

NOT the whole explanation (explain.py), and not sentences (sentences.py).
"""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import or_
from typing import Any

from decisions.engine.evaluate import Evaluator, Judgement
from decisions.engine.lookup import MOST, Bit, mask
from decisions.engine.program import CompiledRule
from decisions.engine.words import label

Entry = dict[str, Any]
Kinds = dict[str, list[Entry]]
Said = tuple[str, Entry | None]
FIRED, NOT_FIRED, UNKNOWN = KINDS = ("fired", "not_fired", "unknown")
CHOIR = 12


class Voice:
    """One rule with what it said before, by the state of the formulas that it depends on."""

    def __init__(self, rule: CompiledRule, is_set: bool, bit: Bit) -> None:
        self.rule = rule
        self.formulas = (rule.applies, *(f for _, f in rule.parts), *(f for _, f in rule.exceptions))
        self.mask = mask(self.formulas, bit)
        self.said: dict[int, Said] = {}
        self.overruled: dict[str, Entry] = {}
        self.start: Entry = {"item": rule.gives} if is_set else {}
        self.start["rule"] = rule.rule.id
        if rule.exception_to:
            self.start["exception_to"] = rule.exception_to

    def say(self, judgement: Judgement) -> Said:
        told = judgement.state & self.mask
        found = self.said.get(told)
        if found is None:
            found = self.said[told] = self.work_out(judgement)
        return found

    def work_out(self, judgement: Judgement) -> Said:
        """Kind and entry; no entry where an earlier layer has the say (or may have)."""
        applies = judgement.known(self.rule.applies)
        if applies:
            return FIRED, self.fired()
        if applies is False:
            why = own_reason(judgement, self.rule)
            return NOT_FIRED, self.start | why if why else None
        own = [label(part) for part, formula in self.rule.parts if judgement.known(formula) is None]
        return UNKNOWN, self.start | {"unknown": own} if own else None

    def fired(self) -> Entry:
        return self.start | {
            "because": self.rule.rule.because,
            "cite": "; ".join(map(str, self.rule.rule.cite)),
            "true": [label(part) for part, _ in self.rule.parts],
        }


class Home:
    """The voices of one decision or set, in the order of the file."""

    def __init__(self, rules: list[CompiledRule], is_set: bool, bit: Bit) -> None:
        self.rules = rules
        self.many = len({rule.gives for rule in rules}) < len(rules)
        layered = () if is_set else rules  # in a set, no rule overrules another
        self.groups = [(rule.rule.id, bit(rule.group)) for rule in layered if not rule.exception_to]
        self.live = reduce(or_, (bit for _, bit in self.groups), 0)
        self.uppers: dict[int, str] = {}
        voices = [Voice(rule, is_set, bit) for rule in rules]
        self.voices = {voice.rule.rule.id: voice for voice in voices}
        self.choirs = [Choir(self, voices[first : first + CHOIR], bit) for first in range(0, len(voices) or 1, CHOIR)]

    def say(self, judgement: Judgement) -> Kinds:
        """What there is to say, by kind; parts of it are remembered, so read it and do not change it."""
        upper = self.overruling(judgement.state)
        first, *others = self.choirs
        fired, not_fired, unknown = first.say(judgement, upper)
        if others:
            fired, not_fired, unknown = fired[:], not_fired[:], unknown[:]
        for choir in others:
            said = choir.say(judgement, upper)
            fired += said[0]
            not_fired += said[1]
            unknown += said[2]
        return {FIRED: fired, NOT_FIRED: not_fired, UNKNOWN: unknown}

    def fired(self, rule_id: str) -> Entry:
        """Of a rule that the syntax leaves open and the diagrams show to hold."""
        return self.voices[rule_id].fired()

    def overruling(self, state: int) -> str:
        """The first rule that is live, if any: where one is silent for no reason of its own, an earlier layer is."""
        told = state & self.live
        upper = self.uppers.get(told)
        if upper is None:
            if len(self.uppers) >= MOST:
                self.uppers.clear()
            upper = self.uppers[told] = next((name for name, bit in self.groups if told & bit), "")
        return upper

    def waiting(self, judgement: Judgement, rule: CompiledRule) -> list[str]:
        """Exceptions and earlier rules that may still silence it."""
        known = judgement.known
        exceptions = [name for name, formula in rule.exceptions if known(formula) is None]
        above = (other for other in self.rules if other.rank < rule.rank)
        return exceptions + [other.rule.id for other in above if not other.exception_to and known(other.group) is None]


class Choir:
    """A few voices that stand side by side: of few rules, what there is to say recurs."""

    def __init__(self, home: Home, voices: list[Voice], bit: Bit) -> None:
        self.home = home
        self.voices = voices
        self.mask = mask((formula for voice in voices for formula in (*voice.formulas, voice.rule.group)), bit)
        self.said: dict[tuple[str, int], tuple[list[Entry], ...]] = {}

    def say(self, judgement: Judgement, upper: str) -> tuple[list[Entry], ...]:
        """What fired, what did not and what is open; `upper` is the first rule that is live."""
        key = upper, judgement.state & self.mask
        found = self.said.get(key)
        if found is None:
            kinds: Kinds = {kind: [] for kind in KINDS}
            waits = False
            for voice in self.voices:
                kind, entry = voice.say(judgement)
                if entry is None and kind == NOT_FIRED:
                    entry = voice.overruled.setdefault(upper, voice.start | {"overruled_by": upper})
                elif entry is None:
                    waits, entry = True, voice.start | {"unknown": self.home.waiting(judgement, voice.rule)}
                kinds[kind].append(entry)
            found = tuple(kinds.values())
            if not waits:  # what it waits for, other choirs know
                if len(self.said) >= MOST:
                    self.said.clear()
                self.said[key] = found
        return found


class Reasons:
    """Every decision and set of one program."""

    def __init__(self, evaluator: Evaluator) -> None:
        program = evaluator.program
        rules: dict[str, list[CompiledRule]] = {name: [] for name in (*program.values, *program.members)}
        for rule in program.rules.values():
            rules[rule.home].append(rule)
        self.homes = {name: Home(own, name in program.members, evaluator.bit) for name, own in rules.items()}

    def why_not(self, judgement: Judgement, rule: CompiledRule) -> Entry:
        """What stops a rule that is known not to apply."""
        return own_reason(judgement, rule) or {"overruled_by": self.homes[rule.home].overruling(judgement.state)}


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
