"""Which of a person's answers make a condition hold, and what is wanting where it does not. No words for a page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from decisions.engine.conditions import AllOf, Always, AnswerIs, AnyOf, Condition, FactIs, Not, conjuncts
from decisions.engine.ruleset import UNSURE, Question, Rule

from .sitting import Sitting

# Facts of a case that are as they are: another recipient is another case.
FIXED = frozenset({"recipient", "subject"})
FIXED_UNASKED = FIXED | {"request", "which_law", "purpose"}  # where nobody asked for it
NOBODY_ASKED = frozenset({"own", "asking", "scheme"})
DANGER_NOW = "danger_now"  # asked of everybody, and first: a "no" to it is a ground for nothing


@dataclass(frozen=True)
class Wanting:
    """One answer that would have to be another. `said`: the condition that turns on it alone, as wide as it goes.

    `stands`: it holds, and should not.
    """

    said: Condition
    stands: bool
    question: str


def fixed(sitting: Sitting) -> frozenset[str]:
    """The questions whose answers are what the case is about, and cannot be others."""
    return FIXED_UNASKED if sitting.given.get("request") in NOBODY_ASKED else FIXED


def leading(sitting: Sitting, decision_id: str) -> list[Rule]:
    """The rules that led to what is said. Where several could and all say the same, nobody is asked which: then those
    that hold for certain, else those that may."""
    judgement = sitting.judgement
    rules = judgement.program.rules
    value = judgement.value(decision_id)
    said = sitting.explanation.core["decisions"][decision_id]
    if said["fired"] or value is None:
        return [sitting.ruleset.rule(entry["rule"]) for entry in said["fired"]]
    may = [rules[entry["rule"]] for entry in said["unknown"] if rules[entry["rule"]].gives == value]
    return [rule.rule for rule in [rule for rule in may if judgement.known(rule.live)] or may]


def holds(sitting: Sitting, condition: Condition) -> bool | None:
    judgement = sitting.judgement
    return judgement.known(judgement.program.formula(condition))


def one_that_holds(sitting: Sitting, condition: AnyOf) -> tuple[Condition, ...]:
    return tuple(part for part in condition.parts if holds(sitting, part))[:1]


def answers_behind(sitting: Sitting, condition: Condition) -> Iterator[str]:
    """The questions whose answers make it hold, in the order of the rule, each after those that had it asked. Not those
    that only rule something out."""
    if not holds(sitting, condition):
        return
    match condition:
        case AllOf(parts=parts):
            inner = parts
        case AnyOf():
            inner = one_that_holds(sitting, condition)
        case FactIs(fact=fact):
            inner = (sitting.ruleset.fact(fact).when,)
        case AnswerIs(question=question):
            for guard in _asked_after(sitting.ruleset.question(question)):
                yield from answers_behind(sitting, guard)
            yield question
            return
        case _:
            return
    for part in inner:
        yield from answers_behind(sitting, part)


def _asked_after(question: Question) -> tuple[AnswerIs, ...]:
    """The answers that it was asked after; all but the first of them, which everybody gives."""
    guards = conjuncts(question.ask_when or Always())
    return tuple(guard for guard in guards if isinstance(guard, AnswerIs) and guard.question != DANGER_NOW)


def wanting(sitting: Sitting, condition: Condition, wanted: bool = True) -> tuple[Wanting, ...] | None:
    """The fewest answers that would have to be others for it to hold (or not to); None where answers alone cannot do
    it, or that would be another case."""
    if holds(sitting, condition) is wanted:
        return ()
    match condition:
        case Not(part=part):
            return wanting(sitting, part, not wanted)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            found = [wanting(sitting, part, wanted) for part in parts]
            if isinstance(condition, AllOf) is not wanted:
                return min((each for each in found if each is not None), key=len, default=None)
            return None if None in found else tuple(each for some in found for each in some or ())
        case FactIs(fact=fact):
            return _wanting_fact(sitting, condition, wanting(sitting, sitting.ruleset.fact(fact).when, wanted))
        case AnswerIs() if not (wanted and (condition.question in fixed(sitting) or condition.options == (UNSURE,))):
            return (Wanting(condition, not wanted, condition.question),)
    return None


def _wanting_fact(sitting: Sitting, fact: FactIs, inner: tuple[Wanting, ...] | None) -> tuple[Wanting, ...] | None:
    """Told as the fact where it turns on one answer, and on what would be asked only after another one. A fact made of
    several is told by the one of them that is wanting."""
    if not inner:
        return inner
    first, *after = inner
    guards = [_asked_after(sitting.ruleset.question(each.question)) for each in after]
    follow = all(first.question in {guard.question for guard in each} for each in guards)
    same = all(each.stands is bool(holds(sitting, fact)) for each in inner)
    if not follow or not same:
        return inner
    told = isinstance(first.said, FactIs) and isinstance(sitting.ruleset.fact(fact.fact).when, AllOf)
    return (first if told else replace(first, said=fact),)
