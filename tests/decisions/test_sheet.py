"""What is drawn of a question: kept where nothing in it is anybody's, and then the same as drawn afresh."""

from dataclasses import replace
from typing import Any

import pytest

from decisions import editions
from decisions.engine.ruleset import Question, RuleSet
from decisions.guide import sheet
from decisions.guide.forms import QuestionForm

EDITIONS = [editions.get(name) for name in editions.names()]
QUESTIONS = [(edition, question) for edition in EDITIONS for question in edition.questions]
TICKED = next(question for question in EDITIONS[-1].questions if question.kind == "checkboxes")
CHOSEN = next(question for question in EDITIONS[-1].questions if question.kind == "radios")
TYPED = replace(TICKED, kind="text")


@pytest.mark.parametrize(("edition", "question"), QUESTIONS)
def test_what_is_kept_is_what_would_be_drawn(edition: RuleSet, question: Question) -> None:
    for answer in (None, *(question.option_ids if question.kind == "radios" else ())):
        afresh = sheet.drawn(edition, QuestionForm(question, answer), "home")
        for _ in range(2):  # the second time, what was kept
            assert sheet.sheet(edition, question, answer, None, leave="home") == afresh


@pytest.mark.parametrize(
    ("question", "saved", "sent"),
    [
        (TICKED, [TICKED.option_ids[0]], None),
        (TYPED, "He is hungry", None),
        (CHOSEN, CHOSEN.option_ids[0], {"answer": "wrong"}),
        (CHOSEN, None, {"answer": CHOSEN.option_ids[0]}),
    ],
    ids=["ticked", "typed", "wrong", "sent"],
)
def test_what_is_somebodys_is_not_kept(question: Question, saved: Any, sent: dict[str, str] | None) -> None:
    before = sheet.kept.cache_info()
    form = QuestionForm(question, saved, sent) if sent else None
    sheet.sheet(EDITIONS[-1], question, saved, form, leave="home")
    assert sheet.kept.cache_info() == before
