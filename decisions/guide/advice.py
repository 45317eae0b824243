"""What the pages say of a sitting: outcome, reasons, law, what would change it.

The words come from the rule set; only their order is ours.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from decisions.engine import ask
from decisions.engine.ruleset import Cite, Decision, ItemSet, Question, Source
from decisions.outcomes import SHARES, Outcome
from infoshare.govuk.components import KIND_WORDS

from .sitting import Sitting
from .wording import answer_words

Kind = Literal["share", "share-care", "ask", "advice", "no"]

KINDS: dict[str, Kind] = {
    Outcome.SHARE_URGENTLY: "share",
    Outcome.STATUTORY_DUTY: "share",
    Outcome.SHARE_WITHOUT_CONSENT: "share",
    Outcome.SHARE_WITH_CONSENT: "share",
    Outcome.SHARE_LIMITED: "share-care",
    Outcome.ANONYMISE: "share-care",
    Outcome.SEEK_CONSENT_FIRST: "ask",
    Outcome.SEEK_ADVICE_FIRST: "advice",
    Outcome.DO_NOT_SHARE: "no",
}

CONFIRMED = "V"
BESIDE = ("must_or_may", "urgency")
STATUS_WORDS = {
    "V-part": "checked in part against its source",
    "2nd": "known from a second-hand source only",
    "M": "not yet checked against its source",
    "INF": "our reading of the law, to be confirmed by a lawyer",
}


@dataclass(frozen=True)
class Reason:
    because: str
    sources: list[str]


@dataclass(frozen=True)
class Answer:
    """An answer that the outcome rests on, with the question to change it at (none for the organisation's profile)."""

    text: str
    words: str
    question_id: str


@dataclass(frozen=True)
class Change:
    """One answer that, given otherwise, would change the outcome."""

    question: str
    words: str
    outcome: str


@dataclass(frozen=True)
class Part:
    """One decision of the rule set, such as the lawful basis."""

    text: str
    words: str
    reasons: list[Reason]


@dataclass(frozen=True)
class Item:
    """One member of a set: something to do, to mind or to leave out."""

    text: str
    because: str
    sources: list[str]


class Advice:
    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.ruleset = sitting.ruleset

    @property
    def outcome(self) -> str | None:
        return self.sitting.outcome

    @property
    def kind(self) -> Kind | None:
        return KINDS[self.outcome] if self.outcome else None

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind] if self.kind else ""

    @property
    def sentence(self) -> str:
        return self.ruleset.main.value(self.outcome).text if self.outcome else ""

    @property
    def detail(self) -> str:
        return self.ruleset.main.value(self.outcome).detail if self.outcome else ""

    @property
    def possible(self) -> list[str]:
        """The outcomes not yet ruled out, in words."""
        return [self.ruleset.main.value(value).text for value in self.sitting.judgement.possible(self.ruleset.main.id)]

    @cached_property
    def _json(self) -> dict[str, Any]:
        return self.sitting.explanation.as_json()

    def _reasons(self, fired: list[dict[str, Any]]) -> list[Reason]:
        return [Reason(rule["because"], self._cited(rule["cite"])) for rule in fired]

    @property
    def reasons(self) -> list[Reason]:
        return self._reasons(self._json["decisions"][self.ruleset.main.id]["fired"])

    @property
    def beside(self) -> list[str]:
        """What stands in the panel beside a share: must or may, and how soon."""
        ids = [d.id for d in self.ruleset.decisions if d.id in BESIDE] if self.outcome in SHARES else []
        values = [(self.ruleset.decision(i), self.sitting.judgement.value(i)) for i in ids]
        return [f"{decision.text}: {decision.value(value).text}" for decision, value in values if value]

    @property
    def unconfirmed(self) -> list[str]:
        """The sources that the outcome rests on and that were not fully checked: said in one line beside it."""
        fired = self._json["decisions"][self.ruleset.main.id]["fired"]
        names = [part.split()[0] for rule in fired for part in rule["cite"].split(";")]
        sources = [self.ruleset.sources[name] for name in dict.fromkeys(names)]
        return [source.title for source in sources if source.status != CONFIRMED]

    @property
    def rests_on(self) -> list[Answer]:
        """The few answers that are enough for this outcome, whatever the others were."""
        ids = [part.partition("=")[0].partition(".")[0] for part in self._json["rests_on"]]
        questions = [self.ruleset.question(q) for q in dict.fromkeys(ids)]
        return [
            Answer(q.text, answer_words(q, self.sitting.answers[q.id]), "" if q.id in self.sitting.known else q.id)
            for q in questions
        ]

    @property
    def would_change(self) -> list[Change]:
        changes = []
        for question_id, option, value in self._json["would_change"]:
            question = self.ruleset.question(question_id.partition(".")[0])
            if question.id not in self.sitting.known:
                changes.append(Change(question.text, option_words(question, option), self._value_words(value)))
        return changes

    def _value_words(self, value: str) -> str:
        return self.ruleset.main.value(value).text

    @property
    def law(self) -> list[Part]:
        """Every decision of the rule set: what it came to and why. The outcome itself comes first."""
        return [self._part(decision) for decision in self.ruleset.decisions]

    def _part(self, decision: Decision) -> Part:
        value = self.sitting.judgement.value(decision.id)
        words = decision.value(value).text if value else "Not known yet"
        return Part(decision.text, words, self._reasons(self._json["decisions"][decision.id]["fired"]))

    @property
    def sets(self) -> dict[str, list[Item]]:
        """Set id → what is in it: duties, warnings, tasks and so on, each once, with the first of its reasons."""
        found = {}
        for item_set in self.ruleset.sets:
            members = {member["item"]: member for member in reversed(self._json["sets"][item_set.id]["in"])}
            found[item_set.id] = [self._item(item_set, members[i.id]) for i in item_set.items if i.id in members]
        return found

    def _item(self, item_set: ItemSet, member: dict[str, Any]) -> Item:
        return Item(item_set.item(member["item"]).text, member["because"], self._cited(member["cite"]))

    def why(self, question: Question) -> list[str]:
        """What the answer to this question can still change, in words."""
        names = {d.id: d.text for d in self.ruleset.decisions} | {s.id: s.text for s in self.ruleset.sets}
        return [names[i] for i in ask.why(self.ruleset, self.sitting.answers, question.id, self.sitting.day)]

    def sources(self, cites: tuple[Cite, ...]) -> list[str]:
        return [self._source_words(self.ruleset.sources[cite.source], cite.place) for cite in cites]

    def _cited(self, cite: str) -> list[str]:
        pairs = [part.strip().partition(" ") for part in cite.split(";") if part.strip()]
        return [self._source_words(self.ruleset.sources[source], place) for source, _, place in pairs]

    def _source_words(self, source: Source, place: str) -> str:
        """A source with its place, and how well it is verified where that is anything but fully."""
        words = f"{source.title}, {place}" if place else source.title
        return words if source.status == CONFIRMED else f"{words} (not yet confirmed: {STATUS_WORDS[source.status]})"


def option_words(question: Question, option: str) -> str:
    return next((o.text for o in question.options if o.id == option), option)
