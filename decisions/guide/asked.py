"""A request for advice as its adviser reads it: the chosen answers in words, and what the guide says on them alone."""

from collections.abc import Mapping
from typing import Any

from decisions import editions
from decisions.engine.ruleset import RuleSet
from decisions.models import AdviceRequest
from infoshare.days import london_date
from infoshare.govuk.components import Row

from .advice import Advice
from .profile import profile_answers
from .sitting import Sitting
from .wording import answer_words

CHOSEN = {"radios", "checkboxes", "grid"}


def chosen_answers(ruleset: RuleSet, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that were chosen from a list: no text, number or date that somebody typed."""
    return {q.id: given[q.id] for q in ruleset.questions if q.kind in CHOSEN and q.id in given}


def rows(ruleset: RuleSet, answers: Mapping[str, Any]) -> list[Row]:
    asked = [question for question in ruleset.questions if question.id in answers]
    return [Row(question.text, answer_words(question, answers[question.id])) for question in asked]


def sitting_of(request: AdviceRequest) -> Sitting:
    """The answers as they were sent, before the edition they were given to."""
    ruleset, day = editions.get(request.edition), london_date(request.asked_at)
    return Sitting(ruleset, day, request.answers, profile_answers(ruleset, request.organisation, day))


def so_far(sitting: Sitting) -> list[str]:
    """What the guide says: one sentence, or those that are still possible."""
    advice = Advice(sitting)
    return [advice.sentence] if advice.sentence else advice.possible
