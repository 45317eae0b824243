"""The law of a recommendation: each point met, not met or not yet known, and what it turned on.

The words are the rule set's; only their order is ours.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from decisions.engine.conditions import AllOf, Condition, FactIs, conjuncts
from decisions.engine.ruleset import Decision, ItemSet, Rule, RuleSet, Source
from decisions.engine.words import say, sentence

from .sitting import Sitting

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
# What is worked out from the law but is no test of it: shown without met or not met.
SETTLED = frozenset({"must_or_may", "agreement", "route", "urgency", "tell"})
TESTS = "human_rights"  # the set whose items are tests, each met or not


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
    ruleset, said = sitting.ruleset, sitting.explanation.core
    found = [_point(sitting, decision) for decision in ruleset.decisions]
    sets = [item_set for item_set in ruleset.sets if item_set.id == TESTS]
    return [*found, *(_tests(ruleset, item_set, said["sets"][TESTS]) for item_set in sets)]


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


def _point(sitting: Sitting, decision: Decision) -> Part:
    ruleset, value = sitting.ruleset, sitting.judgement.value(decision.id)
    if value is None:
        return Part(decision.text, "Not known yet", [], "not yet known")
    status = _status(decision.id, value)
    rules = leading(sitting, decision.id)
    reasons = [
        Reason(rule.because, [source_words(ruleset.sources[c.source], c.place) for c in rule.cite]) for rule in rules
    ]
    whens = [rule.when for rule in rules] if status == "met" else []
    tests = [Test(text, "met") for when in whens for text in _turned_on(ruleset, when)]
    return Part(decision.text, decision.value(value).text, reasons, status, tests)


def _status(decision_id: str, value: str) -> Status:
    if value in NO_BEARING:
        return ""
    if decision_id in SETTLED:
        return "settled"
    return "not met" if value in NOT_MET else "met"


def _turned_on(ruleset: RuleSet, condition: Condition) -> list[str]:
    """The conditions in words; a fact made of several is told by them."""
    found = []
    for part in conjuncts(condition):
        inner = ruleset.fact(part.fact).when if isinstance(part, FactIs) else part
        found += [
            sentence(say(ruleset, one).strip("()"))
            for one in (conjuncts(inner) if isinstance(inner, AllOf) else (part,))
        ]
    return found


def _tests(ruleset: RuleSet, item_set: ItemSet, said: dict[str, Any]) -> Part:
    met = {entry["item"]: entry for entry in said["in"]}
    unknown = {entry["item"] for entry in said["unknown"]}
    tests = [
        Test(item.text, "met" if item.id in met else "not yet known" if item.id in unknown else "not met")
        for item in item_set.items
    ]
    statuses = {test.status for test in tests}
    status: Status = next((s for s in ("not met", "not yet known") if s in statuses), "met") if met else ""
    reasons = [Reason(entry["because"], cited(ruleset, entry["cite"])) for entry in met.values()]
    return Part(item_set.text, "", reasons, status, tests)


def cited(ruleset: RuleSet, cite: str) -> list[str]:
    """The sources that an explanation cites, by title, each with its place."""
    pairs = [part.strip().partition(" ") for part in cite.split(";") if part.strip()]
    return [source_words(ruleset.sources[source], place) for source, _, place in pairs]


def source_words(source: Source, place: str) -> str:
    return f"{source.title}, {place}" if place else source.title


def unconfirmed(parts: list[Part], ruleset: RuleSet) -> list[tuple[str, str]]:
    """The sources behind what is shown that were not fully checked against the published law: (title, how far)."""
    shown = [words for part in parts if part.status for reason in part.reasons for words in reason.sources]
    doubtful = [source for source in ruleset.sources.values() if source.status != CONFIRMED]
    found = [source for source in doubtful if any(words.startswith(source.title) for words in shown)]
    return [(source.title, STATUS_WORDS[source.status]) for source in found]
