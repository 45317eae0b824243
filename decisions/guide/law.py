"""The law of a recommendation: each point met, not met or not yet known, and what it turned on.

The words are the rule set's; only their order is ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from decisions.engine.conditions import AllOf, AnswerIs, AnyOf, Condition, DecisionIs, FactIs, Not, atoms, conjuncts
from decisions.engine.ruleset import Decision, ItemSet, RuleSet
from decisions.engine.words import sentence
from decisions.outcomes import Outcome

from .citing import cited, source_words
from .grounds import holds, leading, one_that_holds
from .sitting import Sitting
from .wording import chosen_words

Status = Literal["met", "not met", "not yet known", "settled", ""]
CONFIRMED = "V"
STATUS_WORDS = {
    "V-part": "checked in part",
    "2nd": "known from a second-hand source only",
    "M": "not yet checked",
    "INF": "our own reading, to be confirmed by a lawyer",
}
# Values that say that a point has no bearing here. It is recorded, but not shown on the page.
NO_BEARING = frozenset({"not_needed", "nothing_shared", "no_clock", "no_duty"})
NOT_MET = frozenset({"none_found"})
NOT_YET_KNOWN = frozenset({"later", "open"})
# What is worked out from the law but is no test of it: shown without met or not met.
SETTLED = frozenset({"must_or_may", "agreement", "route", "urgency", "tell"})
NO_TEST = frozenset({"not_confidential", "holds"})
CRIME = "criminal_data"  # in an emergency nobody is asked whether the information is about crime
TESTS = "human_rights"  # the set whose items are tests, each met or not
# A denial is no test that a reader would know, with these exceptions: what it says of this case, in plain words.
DENIALS = {"more_harm_than_good": "by your answers, sharing helps the child more than it could hurt"}


@dataclass(frozen=True)
class Reason:
    because: str
    sources: list[str]


@dataclass(frozen=True)
class Test:
    text: str
    status: Status


@dataclass(frozen=True)
class Part:
    """One point of law, such as the lawful basis. No status: it has no bearing on this case."""

    text: str
    words: str
    reasons: list[Reason]
    status: Status = ""
    tests: list[Test] = field(default_factory=list)


def points(sitting: Sitting) -> list[Part]:
    """Every decision of the rule set, the outcome itself first, then the tests of Article 8."""
    found = [_point(sitting, decision) for decision in sitting.ruleset.decisions]
    return [*found, *(_tests(sitting, item_set) for item_set in sitting.ruleset.sets if item_set.id == TESTS)]


def _point(sitting: Sitting, decision: Decision) -> Part:
    ruleset, value = sitting.ruleset, sitting.judgement.value(decision.id)
    if value is None:
        return Part(decision.text, "Not known yet", [], "not yet known")
    status = _status(decision.id, value)
    rules = leading(sitting, decision.id)
    reasons = [
        Reason(rule.because, [source_words(ruleset.sources[c.source], c.place) for c in rule.cite]) for rule in rules
    ]
    claims = (claim for rule in rules for claim in turned_on(sitting, rule.when)) if status == "met" else ()
    tests = [Test(sentence(text).removesuffix("."), "met") for text in dict.fromkeys(claims)]
    return Part(decision.text, decision.value(value).text, reasons, status, tests)


def _status(decision_id: str, value: str) -> Status:
    if value in NO_BEARING or (decision_id, value) == (CRIME, "later"):
        return ""
    if decision_id in SETTLED or value in NO_TEST:
        return "settled"
    if value in NOT_YET_KNOWN:
        return "not yet known"
    return "not met" if value in NOT_MET else "met"


def turned_on(sitting: Sitting, condition: Condition, opened: bool = False) -> Iterator[str]:
    """What a point turned on, claim by claim: only what was answered or is known to be so. A fact made of several is
    told by them (once: `opened`). What follows from the outcome is left out, and so is what only rules out."""
    for part in conjuncts(condition):
        match part:
            case Not(part=FactIs(fact=fact)) if fact in DENIALS and _answered(sitting, part):
                yield DENIALS[fact]
            case AnyOf():
                for one in one_that_holds(sitting, part):
                    yield from turned_on(sitting, one, opened)
            case DecisionIs(decision=name) if name != sitting.ruleset.main.id:
                for rule in leading(sitting, name):
                    yield from turned_on(sitting, rule.when, opened)
            case FactIs(fact=fact) if holds(sitting, part) and not _follows(sitting.ruleset, part):
                when = sitting.ruleset.fact(fact).when
                if isinstance(when, AllOf) and not opened:
                    yield from turned_on(sitting, when, opened=True)
                else:
                    yield sitting.ruleset.fact(fact).text
            case AnswerIs(question=question) if holds(sitting, part):
                asked = sitting.ruleset.question(question)
                yield f"{asked.text} {chosen_words(asked, sitting.answers[question], part.options)}"


def _answered(sitting: Sitting, condition: Condition) -> bool:
    """Was any of the questions behind it asked and answered?"""
    return any(
        atom.question in sitting.answers
        if isinstance(atom, AnswerIs)
        else isinstance(atom, FactIs) and _answered(sitting, sitting.ruleset.fact(atom.fact).when)
        for atom in atoms(condition)
    )


def _follows(ruleset: RuleSet, condition: Condition) -> bool:
    """Does it follow from what is decided, as "something is shared" does? Then nothing turns on it."""
    return any(
        isinstance(atom, DecisionIs) or (isinstance(atom, FactIs) and _follows(ruleset, ruleset.fact(atom.fact).when))
        for atom in atoms(condition)
    )


def _tests(sitting: Sitting, item_set: ItemSet) -> Part:
    """Where nothing shows who it is about, there is no private life to weigh."""
    said: dict[str, Any] = sitting.explanation.core["sets"][item_set.id]
    met = {entry["item"]: entry for entry in said["in"]}
    unknown = {entry["item"] for entry in said["unknown"]}
    tests = [
        Test(item.text, "met" if item.id in met else "not yet known" if item.id in unknown else "not met")
        for item in item_set.items
    ]
    statuses = {test.status for test in tests}
    bears = met and sitting.outcome != Outcome.ANONYMISE
    status: Status = next((s for s in ("not met", "not yet known") if s in statuses), "met") if bears else ""
    reasons = [Reason(entry["because"], cited(sitting.ruleset, entry["cite"])) for entry in met.values()]
    return Part(item_set.text, "", reasons, status, tests)


def unconfirmed(parts: list[Part], ruleset: RuleSet) -> list[tuple[str, str]]:
    """The sources behind what is shown that were not fully checked against the published law: (title, how far)."""
    shown = [words for part in parts if part.status for reason in part.reasons for words in reason.sources]
    doubtful = [source for source in ruleset.sources.values() if source.status != CONFIRMED]
    found = [source for source in doubtful if any(words.startswith(source.title) for words in shown)]
    return [(source.title, STATUS_WORDS[source.status]) for source in found]
