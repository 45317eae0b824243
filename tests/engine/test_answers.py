"""Answers as people send them: kept in one form, or refused with a sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.engine.answers import AnswerError, band, check_answer
from decisions.engine.ruleset import Band, Question, RuleSet
from decisions.engine.samples import within

from .conftest import LATE

OPTIONAL_GRID = Question("g", "s", "grid", "Which?", record=True, optional=True)
CHILD = Band("child", below=18)
ADULT = Band("adult")


@pytest.mark.parametrize(
    ("question", "value", "kept"),
    [
        ("harm", "immediate", "immediate"),
        ("channel", "", ""),
        ("channel", None, ""),
        ("worries", [], []),
        ("worries", ["neglect", "violence", "neglect"], ["violence", "neglect"]),
        ("worries", "neglect", ["neglect"]),
        ("need", {"school": "no", "health": "yes"}, {"health": "yes", "school": "no"}),
        ("age", " 015 ", "15"),
        ("age", "unsure", "unsure"),
        ("happened", "2026-09-30", "2026-09-30"),
        ("happened", "unsure", "unsure"),
        ("sent_on", "", ""),
        ("reasons", " one\r\ntwo\tthree\x00\x1b ", "one\ntwo\tthree"),
    ],
)
def test_an_answer_is_kept_in_one_form(sample: RuleSet, question: str, value: Any, kept: Any) -> None:
    assert check_answer(sample.question(question), value) == kept


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        ("harm", "", "Choose one of the options."),
        ("harm", None, "Choose one of the options."),
        ("harm", "other", "not one of them"),
        ("harm", ["immediate"], "not one of them"),
        ("worries", ["fire"], "not one of them"),
        ("worries", 7, "not one of them"),
        ("need", "yes", "about something else"),
        ("need", {"garden": "yes"}, "about something else"),
        ("need", {"health": "perhaps", "school": "no"}, "in each row"),
        ("need", {"health": "yes"}, "“School notes” has no answer yet"),
        ("age", "", "Enter a whole number."),
        ("age", "ten", "digits only"),
        ("age", "131", "130 or less"),
        ("happened", "", "Enter a date."),
        ("happened", "2026-02-30", "real date"),
        ("happened", "30 September", "real date"),
        ("happened", "1066-10-14", "from 1850 to 2200"),
        ("sent_on", "unsure", "Enter a date."),
        ("reasons", "", "Write a few words"),
        ("reasons", "x" * 201, "1 characters too long; the most is 200"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(sample: RuleSet, question: str, value: Any, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        check_answer(sample.question(question), value)


def test_an_optional_grid_may_be_left_open() -> None:
    assert check_answer(OPTIONAL_GRID, {}) == {}


def test_a_number_may_have_a_least_value() -> None:
    question = Question("n", "s", "number", "How many?", minimum=2)

    with pytest.raises(AnswerError, match="2 or more"):
        check_answer(question, "1")


@given(st.text())
def test_any_text_is_kept_without_control_characters_or_refused(text: str) -> None:
    question = Question("t", "s", "text", "Why?", optional=True, max_length=50)
    try:
        kept = check_answer(question, text)
    except AnswerError:
        return
    assert all(character in "\n\t" or character.isprintable() or ord(character) > 159 for character in kept)
    assert check_answer(question, kept) == kept


@pytest.mark.parametrize(
    ("count", "born", "name"),
    [
        ("years", "2008-11-05", "adult"),
        ("years", "2008-11-06", "child"),
        ("years", "2027-01-01", "child"),
        ("months", "2025-05-05", "adult"),
        ("months", "2025-05-06", "child"),
        ("weeks", "2026-07-02", "adult"),
        ("weeks", "2026-07-03", "child"),
        ("days", "2026-10-18", "adult"),
        ("days", "2026-10-19", "child"),
    ],
)
def test_a_date_falls_in_the_band_of_the_time_completed_since(count: str, born: str, name: str) -> None:
    question = Question("d", "s", "date", "Born?", bands=(CHILD, ADULT), count=count)

    assert band(question, born, LATE) == name


def test_who_is_born_on_29_february_is_older_from_1_march() -> None:
    question = Question("d", "s", "date", "Born?", bands=(CHILD, ADULT), count="years")

    assert band(question, "2008-02-29", date(2026, 2, 28)) == "child"
    assert band(question, "2008-02-29", date(2026, 3, 1)) == "adult"


def test_fixed_days_end_before_their_day(sample: RuleSet) -> None:
    question = sample.question("happened")

    assert band(question, "2026-09-30", LATE) == "before"
    assert band(question, "2026-10-01", LATE) == "since"
    assert band(question, "unsure", LATE) == "unsure"
    assert band(question, "soon", LATE) is None


@pytest.mark.parametrize("count", ["years", "months", "weeks", "days"])
def test_every_band_has_a_sample_that_falls_in_it(count: str) -> None:
    bands = (Band("future", below=0), CHILD, ADULT)
    question = Question("d", "s", "date", "Born?", bands=bands, count=count)

    for step in bands:
        assert band(question, within(question, step.id, LATE), LATE) == step.id


def test_every_option_of_the_sample_has_a_sample_answer(sample: RuleSet) -> None:
    for question in sample.questions:
        for option in question.option_ids if question.bands else ():
            answer = check_answer(question, within(question, option, LATE))
            assert band(question, answer, LATE) == option


def test_the_band_after_the_last_end_is_the_open_one() -> None:
    closed = Question("n", "s", "number", "How many?", bands=(CHILD,))

    assert band(closed, "99", LATE) is None
