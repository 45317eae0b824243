"""What is drawn of a question: kept where nothing in it is anybody's, and then the same as drawn afresh."""

from dataclasses import replace

import pytest

from decisions import editions
from decisions.engine.ruleset import Question
from decisions.guide import sheet
from decisions.guide.forms import QuestionForm

EDITIONS = [editions.get(name) for name in editions.names()]
QUESTIONS = [(edition.edition, question) for edition in EDITIONS for question in edition.questions]
TICKED = next(question for question in EDITIONS[-1].questions if question.kind == "checkboxes")


@pytest.mark.parametrize(("edition", "question"), QUESTIONS)
def test_what_is_kept_is_what_would_be_drawn(edition: str, question: Question) -> None:
    for answer in (None, *(question.option_ids if question.kind == "radios" else ())):
        for _ in range(2):  # the second time, from what is kept
            form = QuestionForm(question, answer)
            assert sheet.sheet(edition, form) == sheet.drawn(edition, form)


@pytest.mark.parametrize(
    "form",
    [
        QuestionForm(TICKED, [TICKED.option_ids[0]]),
        QuestionForm(TICKED, None, {"answer": [TICKED.option_ids[0]]}),
        QuestionForm(EDITIONS[-1].questions[-1], None, {}),
        QuestionForm(replace(TICKED, kind="text"), "He is hungry"),
    ],
    ids=["ticked", "sent", "wrong", "typed"],
)
def test_what_is_somebodys_is_not_kept(form: QuestionForm) -> None:
    before = sheet.kept.cache_info()
    assert sheet.sheet(EDITIONS[-1].edition, form) == sheet.drawn(EDITIONS[-1].edition, form)
    assert sheet.kept.cache_info() == before
