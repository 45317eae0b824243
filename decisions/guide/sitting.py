"""One person's answers before one edition on one day: what the guide's pages ask the engine. Saves nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from decisions import editions
from decisions.engine import ask, explain
from decisions.engine.evaluate import Judgement, judge
from decisions.engine.ruleset import Option, Question, RuleSet
from decisions.models import Draft

from .profile import profile_answers
from .wording import answer_words


@dataclass(frozen=True)
class Answered:
    """A question with the answer given to it, in words."""

    question: Question
    words: str


@dataclass(frozen=True)
class Sitting:
    ruleset: RuleSet
    day: date
    given: Mapping[str, Any]  # by the person
    known: Mapping[str, Any]  # from the organisation's profile

    @classmethod
    def of(cls, draft: Draft, day: date) -> "Sitting":
        """The draft before the edition in force on `day`. Answers that this edition does not know stay out."""
        ruleset = editions.current(on=day)
        known = profile_answers(ruleset, draft.organisation, day)
        return cls(ruleset, day, draft.answers, known)._still_given()

    def with_recipient(self, kind: str, link: str) -> "Sitting":
        """The same answers, given for another recipient: who they are, and whether the danger could reach it there."""
        given = {q: a for q, a in self.given.items() if q not in ("recipient", "recipient_link")}
        given |= {"recipient": kind} | ({"recipient_link": link} if link else {})
        return replace(self, given=given)._still_given()

    def _still_given(self) -> "Sitting":
        """Without the answers that no longer apply. Mostly there are none, and what was judged stands."""
        kept = ask.still_given(self.judgement)
        return self if kept == self.answers else replace(self, given={q: kept[q] for q in kept if q not in self.known})

    @cached_property
    def answers(self) -> dict[str, Any]:
        return {**self.given, **self.known}

    @cached_property
    def judgement(self) -> Judgement:
        return judge(self.ruleset, self.answers, self.day)

    @cached_property
    def explanation(self) -> explain.Explanation:
        return explain.explain(self.ruleset, self.answers, self.day)

    @cached_property
    def next_question(self) -> Question | None:
        """The next question that can still matter; None once everything is settled and recorded."""
        return ask.next_question(self.ruleset, self.answers, self.day)

    @property
    def outcome(self) -> str | None:
        return self.judgement.value(self.ruleset.main.id)

    def question(self, question_id: str) -> Question | None:
        """A question this person may be asked now; None for one unknown, answered by the profile, or not asked."""
        if question_id in self.known or question_id not in self.judgement.asked:
            return None
        return self.ruleset.question(question_id)

    @cached_property
    def answered(self) -> list[Answered]:
        """What the person answered, in the order of the rule set."""
        asked = [q for q in self.ruleset.questions if q.id in self.given]
        return [Answered(q, answer_words(q, self.given[q.id])) for q in asked]

    def before(self, question_id: str) -> Question | None:
        """The question answered before this one: where *Back* leads."""
        order = [q.id for q in self.ruleset.questions]
        earlier = [a.question for a in self.answered if order.index(a.question.id) < order.index(question_id)]
        return earlier[-1] if earlier else None

    def number(self, question_id: str) -> int:
        """Which question it is for this person, counted from 1: its place among the answered, else the next."""
        answered = [answered.question.id for answered in self.answered]
        return (answered.index(question_id) if question_id in answered else len(answered)) + 1

    def myths(self, question: Question) -> list[Option]:
        """The myths that the answer to this question shows."""
        answer = self.given.get(question.id)
        chosen = answer if isinstance(answer, list) else [answer]
        return [option for option in question.options if option.id in chosen and option.myth]
