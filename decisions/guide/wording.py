"""An answer as a person reads it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.formats import date_format

from decisions.engine.ruleset import UNSURE, Question


def lowered(text: str) -> str:
    """As it goes on within a sentence."""
    return text[:1].lower() + text[1:]


def answer_words(question: Question, answer: Any) -> str:
    """The option's own words; lists joined with semicolons; dates like 4 May 2026; text as it was typed."""
    if question.kind == "checkboxes":
        return "; ".join(question.option(o).text for o in answer) or question.none or "None of these"
    if question.kind == "grid":
        return "; ".join(f"{question.row(row).text}: {question.option(o).text}" for row, o in answer.items())
    if question.kind == "radios" or answer == UNSURE:
        return question.option(answer).text
    if question.kind == "date":
        return date_format(date.fromisoformat(answer), "j F Y")
    return str(answer)


def chosen_words(question: Question, answer: Any, options: Collection[str]) -> str:
    """Of a list of boxes only those ticked that matter; else the answer."""
    if question.kind == "checkboxes" and options:
        answer = [option for option in answer if option in options]
    return answer_words(question, answer)


def ticking_words(question: Question, box: str, ticked: bool) -> str:
    """How an answer to a list of boxes would differ by one."""
    return f"You {'also tick' if ticked else 'do not tick'} “{question.option(box).text}”"
