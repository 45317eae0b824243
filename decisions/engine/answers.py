"""A person's answers: checked against the question, and put into bands. NOT whether a question is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from decisions.engine.ruleset import UNSURE, Question

Answers = Mapping[str, Any]

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
EARLIEST, LATEST = date(1850, 1, 1), date(2200, 12, 31)


class AnswerError(ValueError):
    """An answer that cannot be kept; the message is a sentence for the person."""


def check_answer(question: Question, value: Any) -> Any:
    """The answer in the form the engine keeps it. Raises AnswerError."""
    return CHECKS[question.kind](question, value)


def _radios(question: Question, value: Any) -> str:
    if value in ("", None) and question.optional:
        return ""
    if value in ("", None):
        raise AnswerError("Choose one of the options.")
    if value not in question.option_ids:
        raise AnswerError("Choose one of the options shown; the answer sent is not one of them.")
    return str(value)


def _checkboxes(question: Question, value: Any) -> list[str]:
    ticked = [value] if isinstance(value, str) else value
    if not isinstance(ticked, list | tuple) or not all(option in question.option_ids for option in ticked):
        raise AnswerError("Tick from the options shown; the answer sent is not one of them.")
    return [option for option in question.option_ids if option in ticked]


def _grid(question: Question, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or any(row not in question.row_ids for row in value):
        raise AnswerError("Answer the rows shown; the answer sent is about something else.")
    given = {row: value[row] for row in question.row_ids if value.get(row) not in ("", None)}
    if any(option not in question.option_ids for option in given.values()):
        raise AnswerError("Choose from the options shown in each row.")
    if len(given) < len(question.rows) and not question.optional:
        missing = next(row.text for row in question.rows if row.id not in given)
        raise AnswerError(f"Answer every row; “{missing}” has no answer yet.")
    return given


def _date(question: Question, value: Any) -> str:
    text = _single(question, value, "Enter a date.")
    if text in ("", UNSURE):
        return text
    day = _day(text)
    if day is None:
        raise AnswerError("Enter a real date, such as 27 3 2015.")
    if not EARLIEST <= day <= LATEST:
        raise AnswerError(f"Enter a year from {EARLIEST.year} to {LATEST.year}.")
    return day.isoformat()


def _number(question: Question, value: Any) -> str:
    text = _single(question, value, "Enter a whole number.")
    if text in ("", UNSURE):
        return text
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise AnswerError("Enter a whole number, using digits only.")
    number = int(text)
    if question.maximum is not None and number > question.maximum:
        raise AnswerError(f"Enter a number that is {question.maximum} or less.")
    if number < question.minimum:
        raise AnswerError(f"Enter a number that is {question.minimum} or more.")
    return str(number)


def _single(question: Question, value: Any, missing: str) -> str:
    text = "" if value is None else str(value).strip()
    if not text and not question.optional:
        raise AnswerError(missing)
    if text == UNSURE and UNSURE not in question.option_ids:
        raise AnswerError(missing)
    return text


def _text(question: Question, value: Any) -> str:
    text = ("" if value is None else str(value)).replace("\r\n", "\n").replace("\r", "\n")
    text = FORBIDDEN.sub("", text).strip()
    if not text and not question.optional:
        raise AnswerError("Write a few words here.")
    if len(text) > question.max_length:
        over = len(text) - question.max_length
        raise AnswerError(f"This is {over:,} characters too long; the most is {question.max_length:,}.")
    return text


CHECKS = {
    "radios": _radios,
    "checkboxes": _checkboxes,
    "grid": _grid,
    "date": _date,
    "number": _number,
    "text": _text,
}


def band(question: Question, value: Any, day: date) -> str | None:
    """The band that a raw date or number falls in on `day`; None where it is not one."""
    if value == UNSURE:
        return UNSURE
    try:
        measure = _measure(question, str(value), day)
    except ValueError:
        return None
    for step in question.bands:
        end = step.before.toordinal() if step.before else step.below
        if end is None or measure < end:
            return step.id
    return None


def _measure(question: Question, text: str, day: date) -> int:
    if question.kind == "number":
        return int(text)
    given = date.fromisoformat(text)
    if not question.count:
        return given.toordinal()
    if question.count in ("days", "weeks"):
        return (day - given).days // (7 if question.count == "weeks" else 1)
    months = (day.year - given.year) * 12 + day.month - given.month - (day.day < given.day)
    return months // 12 if question.count == "years" else months


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None
