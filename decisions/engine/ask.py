"""The next question that can still matter, and what it can still change. NOT how it is shown or stored.

In stages: first what settles the main decision, then the other decisions and the sets, then what is asked for
the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from decisions.engine.answers import AnswerError, Answers, check_answer
from decisions.engine.evaluate import Judgement, judge
from decisions.engine.relevance import moved_by, stages
from decisions.engine.ruleset import Question, RuleSet

__all__ = [
    "AnswerError",
    "Progress",
    "check_answer",
    "next_question",
    "progress",
    "remaining",
    "replay",
    "settled",
    "still_given",
    "why",
]


@dataclass(frozen=True, slots=True)
class Progress:
    """`section` is the place (from 0) of the next question's section, None when nothing is left.

    `remaining` is the most that may still be asked; answers usually make it fewer.
    """

    section: int | None
    sections: int
    answered: int
    remaining: int


def next_question(ruleset: RuleSet, answers: Answers, day: date) -> Question | None:
    """The first question, in the author's order, that can still matter; None when all is settled."""
    return _next(judge(ruleset, answers, day))


def _next(judgement: Judgement) -> Question | None:
    for wanted in stages(judgement):
        if wanted:
            return next(question for question in judgement.ruleset.questions if question.id in wanted)
    return next(iter(_record_questions(judgement)), None)


def settled(ruleset: RuleSet, answers: Answers, day: date) -> bool:
    """Whether the main decision is settled whatever else is answered."""
    return judge(ruleset, answers, day).value(ruleset.main.id) is not None


def why(ruleset: RuleSet, answers: Answers, question_id: str, day: date) -> Iterator[str]:
    """The ids of the decisions and sets that the question can still change; its own answer is set aside.

    A decision comes before those that wait for it. Whoever needs only the first does not wait for the others.
    """
    rest = {question: answer for question, answer in answers.items() if question != question_id}
    return moved_by(judge(ruleset, rest, day), question_id)


def replay(ruleset: RuleSet, answers: Answers, day: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """(kept, dropped): drops answers to questions that are no longer asked or that no longer take that answer."""
    kept = still_given(judge(ruleset, answers, day))
    return kept, {name: answer for name, answer in answers.items() if name not in kept}


def still_given(judgement: Judgement) -> dict[str, Any]:
    """What replay keeps of the answers that were judged."""
    kept = {}
    for question in judgement.ruleset.questions:
        if question.id in judgement.answers and judgement.is_asked(question.id) is not False:
            try:
                kept[question.id] = check_answer(question, judgement.answers[question.id])
            except AnswerError:
                continue
    return kept


def remaining(judgement: Judgement) -> frozenset[str]:
    """The ids of the questions that may still be asked; answers usually make them fewer."""
    record = frozenset(question.id for question in _record_questions(judgement))
    return record.union(*stages(judgement))


def progress(ruleset: RuleSet, answers: Answers, day: date) -> Progress:
    judgement = judge(ruleset, answers, day)
    following = _next(judgement)
    places = {section.id: place for place, section in enumerate(ruleset.sections)}
    return Progress(
        section=places[following.section] if following else None,
        sections=len(ruleset.sections),
        answered=sum(question.id in answers for question in ruleset.questions),
        remaining=len(remaining(judgement)),
    )


def _record_questions(judgement: Judgement) -> list[Question]:
    """Record questions that are asked and not answered yet."""
    return [judgement.ruleset.question(name) for name in judgement.pending if judgement.ruleset.question(name).record]
