"""What the pages say of a sitting: outcome, reasons, what to do. The law: law.py; what would change it: changes.py.

The words come from the rule set; only their order is ours.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from decisions.engine import ask
from decisions.engine.ruleset import ItemSet, Question
from decisions.outcomes import SHARES, Outcome
from infoshare.govuk.components import KIND_WORDS

from . import early
from .changes import Change, would_change
from .citing import cited
from .grounds import DANGER_NOW, answers_behind, leading
from .law import Part, points, unconfirmed
from .sitting import Sitting
from .todo import SETS, STANDING, Item, TakeCare, ToDo, take_care, to_do
from .why_not import MUST_OR_MAY, WhyNot, why_not
from .wording import answer_words, lowered

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

HURRY = {"now", "today"}  # values of the decision `urgency`
PART = {Outcome.SHARE_LIMITED, Outcome.ANONYMISE}  # something stays out, and the questions left may settle what
SHORTEST = 4  # answers shown beside the reason; the others are folded
WARNINGS = "warnings"


@dataclass(frozen=True)
class Answer:
    """An answer that the outcome rests on, with the question to change it at (none for the organisation's profile)."""

    text: str
    words: str
    question_id: str


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

    @property
    def _said(self) -> dict[str, Any]:
        return self.sitting.explanation.core

    @property
    def reasons(self) -> list[str]:
        return [rule.because for rule in leading(self.sitting, self.ruleset.main.id)]

    @property
    def one_of_them(self) -> bool:
        """Do the answers so far not say which of the reasons it is?"""
        return len(self.reasons) > 1 and not self._said["decisions"][self.ruleset.main.id]["fired"]

    @property
    def must_or_may(self) -> str:
        """The sentence under a share: must or may, and how soon."""
        verb, soon = self._settled(MUST_OR_MAY), self._settled("urgency")
        return self._share_words(verb, soon) if verb and soon else ""

    @property
    def must_because(self) -> str:
        """The duty behind a must, where the outcome itself does not name it: what goes on after "The law:"."""
        general = self.outcome != Outcome.STATUTORY_DUTY and self._settled(MUST_OR_MAY) == "must"
        return lowered(leading(self.sitting, MUST_OR_MAY)[0].because) if general else ""

    @property
    def act_now(self) -> str:
        """What need not wait for the questions left: a share that is settled and due today. Empty if there is none.

        The pages after the answer that settles it say it in one line.
        """
        soon = self._settled("urgency")
        if soon not in HURRY:
            return ""
        if self.outcome in PART:
            return f"{self.sentence}, {self._soon(soon)}."
        return self._share_words("", soon)

    @property
    def whom_now(self) -> str:
        """Whom they can tell before the questions end; the answer that settles it leads to the recommendation at once.

        Empty where a question left could show that it is not safe, or that part of it must stay out.
        """
        if not self.act_now or self.outcome in PART:
            return ""
        return self._named or early.whom(self.sitting.answers, self._chosen)

    @property
    def tell_now(self) -> str:
        return early.words(self.whom_now, {} if self._named else self.sitting.answers) if self.whom_now else ""

    def _settled(self, decision_id: str) -> str | None:
        """Of a share; an edition may not have this decision."""
        there = any(decision.id == decision_id for decision in self.ruleset.decisions)
        return self._value(decision_id) if there and self.outcome in SHARES else None

    def _share_words(self, verb: str, soon: str) -> str:
        """`verb`: must or may; empty while a question left could change which."""
        share, lets = ("You must share", "") if verb == "must" else ("Share", " The law lets you." if verb else "")
        if self.outcome == Outcome.SHARE_LIMITED:  # the recipient may be the very one who gets nothing
            return f"{share} that part {self._soon(soon)}.{lets}"
        if soon == "now" and verb != "must":
            return f"Tell {self._recipient or 'them'} now. You need nobody’s permission."
        whom = f" with {self._recipient}" if self._recipient else ""
        return f"{share} this{whom} {self._soon(soon)}.{lets}"

    @property
    def _recipient(self) -> str:
        """As a part of a sentence, "the police"; empty in an edition that does not say."""
        return self._named or self._chosen

    @property
    def _named(self) -> str:
        """Whom a duty names, whoever was chosen."""
        named = (
            item_set.item(name).tags.get("to", "")
            for item_set in self.ruleset.sets
            if item_set.id in SETS
            for name in self._members[item_set.id]
        )
        return next(filter(None, named), "")

    @property
    def _chosen(self) -> str:
        question = next((question for question in self.ruleset.questions if question.id == "recipient"), None)
        given = self.sitting.answers.get("recipient")
        return question.option(given).tags.get("to", "") if question and given else ""

    def _value(self, decision_id: str) -> str | None:
        return self.sitting.judgement.value(decision_id)

    def _soon(self, urgency: str) -> str:
        return lowered(self.ruleset.decision("urgency").value(urgency).text)

    @cached_property
    def _own(self) -> list[str]:
        """The questions whose answers made the rule fire that led here."""
        rules = leading(self.sitting, self.ruleset.main.id)
        behind = dict.fromkeys(name for rule in rules for name in answers_behind(self.sitting, rule.when))
        return sorted(behind, key=DANGER_NOW.__eq__)

    @cached_property
    def _rests_on_ids(self) -> list[str]:
        return list(dict.fromkeys(question for question, _, _ in self.sitting.explanation.rests_on))

    @cached_property
    def rests_on(self) -> list[Answer]:
        """The few answers that are enough for this outcome, whatever the others were; those of its own rule first."""
        ids = self._rests_on_ids
        ordered = [name for name in self._own if name in ids]
        ordered += sorted((name for name in ids if name not in ordered), key=DANGER_NOW.__eq__)
        questions = [self.ruleset.question(q) for q in ordered]
        return [
            Answer(q.text, answer_words(q, self.sitting.answers[q.id]), "" if q.id in self.sitting.known else q.id)
            for q in questions
        ]

    @property
    def would_change(self) -> list[Change]:
        return would_change(self.sitting)

    @property
    def because(self) -> list[Answer]:
        """The few answers of the rule that led here, or else of all; `rests_on` has every one."""
        own = sum(name in self._own for name in self._rests_on_ids)
        return self.rests_on[: min(own or SHORTEST, SHORTEST)]

    @property
    def also_rests_on(self) -> list[Answer]:
        return self.rests_on[len(self.because) :]

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
        return decision_id == MUST_OR_MAY and self._value(decision_id) == "must"

    @cached_property
    def _why_not(self) -> list[WhyNot]:
        return why_not(self.sitting)

    @property
    def why_not(self) -> list[WhyNot]:
        """The other outcomes of which there is something to say; the rest are `not_called_for`."""
        return [other for other in self._why_not if other.reason]

    @property
    def not_called_for(self) -> list[str]:
        return [other.outcome for other in self._why_not if not other.reason]

    @cached_property
    def _members(self) -> dict[str, dict[str, Item]]:
        """Set id → what is in it by its id, each once, with the first of its reasons."""
        found = {}
        for item_set in self.ruleset.sets:
            members = {member["item"]: member for member in reversed(self._said["sets"][item_set.id]["in"])}
            found[item_set.id] = {i.id: self._item(item_set, members[i.id]) for i in item_set.items if i.id in members}
        return found

    @cached_property
    def sets(self) -> dict[str, list[Item]]:
        """Set id → what is in it: duties, warnings, tasks and so on."""
        return {name: list(items.values()) for name, items in self._members.items()}

    @property
    def take_care(self) -> TakeCare:
        return take_care(self.sets.get(WARNINGS, []))

    def _item(self, item_set: ItemSet, member: dict[str, Any]) -> Item:
        item = item_set.item(member["item"])
        sources = cited(self.ruleset, member["cite"])
        alike = item.tags.get("every") == "share"
        standing = alike or all(part in STANDING or self._follows(item_set, part) for part in member["true"])
        due, who = item.tags.get("due", ""), item.tags.get("who", "")
        return Item(item.text, member["because"], sources, due=due, who=who, standing=standing, id=item.id)

    def _follows(self, item_set: ItemSet, part: str) -> bool:
        """Does this condition only repeat another point of law, such as the condition for sensitive information?"""
        points_of_law = {decision.id for decision in self.ruleset.decisions[1:]}
        return item_set.id == "duties" and part.partition(" is ")[0] in points_of_law

    @property
    def to_do(self) -> ToDo:
        return to_do(self.sets)

    def why(self, question: Question) -> list[str]:
        """What the answer to this question can still change, in words. With what to do, all the rest can change too."""
        main, moved = self.ruleset.main, []
        for name in ask.why(self.ruleset, self.sitting.answers, question.id, self.sitting.day):
            if name == main.id:
                return [f"{main.text}, and all that follows from it"]
            moved.append(name)
        names = {d.id: d.text for d in self.ruleset.decisions} | {s.id: s.text for s in self.ruleset.sets}
        return [names[name] for name in moved]
