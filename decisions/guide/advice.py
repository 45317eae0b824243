"""What the pages say of a sitting: outcome, reasons, what to do, what would change it. The law: law.py.

The words come from the rule set; only their order is ours.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from decisions.engine import ask
from decisions.engine.ruleset import Cite, ItemSet, Question
from decisions.outcomes import SHARES, Outcome
from infoshare.govuk.components import KIND_WORDS

from .law import Part, cited, leading, points, source_words, unconfirmed
from .sitting import Sitting
from .todo import STANDING, Item, ToDo, to_do
from .why_not import WhyNot, questions_of, why_not
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

SHORTEST = 4  # answers shown beside the reason; the others are folded


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

    @property
    def reasons(self) -> list[str]:
        return [rule.because for rule in leading(self.sitting, self.ruleset.main.id)]

    @property
    def must_or_may(self) -> str:
        """The sentence under a share: must or may, and how soon."""
        ids = {decision.id for decision in self.ruleset.decisions}
        if self.outcome not in SHARES or not {"must_or_may", "urgency"} <= ids:
            return ""
        verb, soon = self._value("must_or_may"), self._value("urgency")
        what = "that part" if self.outcome == Outcome.SHARE_LIMITED else "this"
        return f"You {verb} share {what} {self._soon(soon)}." if verb and soon else ""

    def _value(self, decision_id: str) -> str | None:
        return self.sitting.judgement.value(decision_id)

    def _soon(self, urgency: str) -> str:
        words = self.ruleset.decision("urgency").value(urgency).text
        return words[:1].lower() + words[1:]

    @cached_property
    def rests_on(self) -> list[Answer]:
        """The few answers that are enough for this outcome, whatever the others were; those of its own rule first."""
        ids = [part.partition("=")[0].partition(".")[0] for part in self._json["rests_on"]]
        own = {q for rule in leading(self.sitting, self.ruleset.main.id) for q in questions_of(self.ruleset, rule.when)}
        ordered = sorted(dict.fromkeys(ids), key=lambda q: q not in own)
        questions = [self.ruleset.question(q) for q in ordered]
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

    @property
    def because(self) -> list[Answer]:
        """The three or four answers it rests on most; `rests_on` has them all."""
        return self.rests_on[:SHORTEST]

    @property
    def also_rests_on(self) -> list[Answer]:
        return self.rests_on[SHORTEST:]

    def _value_words(self, value: str) -> str:
        return self.ruleset.main.value(value).text

    @cached_property
    def law(self) -> list[Part]:
        return points(self.sitting)

    @property
    def law_shown(self) -> list[Part]:
        """What has a bearing here, without the outcome itself: that is the page."""
        return [part for part in self.law[1:] if part.status]

    @property
    def unconfirmed(self) -> list[str]:
        return [f"{title} ({status})" for title, status in unconfirmed(self.law, self.ruleset)]

    @property
    def outcome_unconfirmed(self) -> list[str]:
        """The titles of those that the outcome itself, or a must, rests on."""
        parts = zip(self.ruleset.decisions, self.law, strict=False)  # then come the tests of Article 8
        first = [part for decision, part in parts if decision == self.ruleset.main or self._is_must(decision.id)]
        return [title for title, _ in unconfirmed(first, self.ruleset)]

    def _is_must(self, decision_id: str) -> bool:
        return decision_id == "must_or_may" and self._value(decision_id) == "must"

    @property
    def why_not(self) -> list[WhyNot]:
        return why_not(self.sitting)

    @cached_property
    def sets(self) -> dict[str, list[Item]]:
        """Set id → what is in it: duties, warnings, tasks and so on, each once, with the first of its reasons."""
        found = {}
        for item_set in self.ruleset.sets:
            members = {member["item"]: member for member in reversed(self._json["sets"][item_set.id]["in"])}
            found[item_set.id] = [self._item(item_set, members[i.id]) for i in item_set.items if i.id in members]
        return found

    def _item(self, item_set: ItemSet, member: dict[str, Any]) -> Item:
        item = item_set.item(member["item"])
        sources = cited(self.ruleset, member["cite"])
        standing = all(part in STANDING or self._follows(item_set, part) for part in member["true"])
        due, who = item.tags.get("due", ""), item.tags.get("who", "")
        return Item(item.text, member["because"], sources, due=due, who=who, standing=standing)

    def _follows(self, item_set: ItemSet, part: str) -> bool:
        """Does this condition only repeat another point of law, such as the condition for sensitive information?"""
        points_of_law = {decision.id for decision in self.ruleset.decisions[1:]}
        return item_set.id == "duties" and part.partition(" is ")[0] in points_of_law

    @property
    def to_do(self) -> ToDo:
        return to_do(self.sets)

    def why(self, question: Question) -> list[str]:
        """What the answer to this question can still change, in words."""
        names = {d.id: d.text for d in self.ruleset.decisions} | {s.id: s.text for s in self.ruleset.sets}
        return [names[i] for i in ask.why(self.ruleset, self.sitting.answers, question.id, self.sitting.day)]

    def sources(self, cites: tuple[Cite, ...]) -> list[str]:
        return [source_words(self.ruleset.sources[cite.source], cite.place) for cite in cites]


def option_words(question: Question, option: str) -> str:
    return next((o.text for o in question.options if o.id == option), option)
