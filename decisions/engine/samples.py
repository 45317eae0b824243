"""An answer, in the form in which people give it, for each box, row, option or band. NOT a choice of which to give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from decisions.engine.exact import Given
from decisions.engine.program import TICKED
from decisions.engine.ruleset import UNSURE, Band, Question, RuleSet


def as_answers(ruleset: RuleSet, given: Iterable[Given], day: date) -> dict[str, Any]:
    """Boxes, rows and bands → answers; a box that is not mentioned is not ticked."""
    answers: dict[str, Any] = {}
    for name, part, value in given:
        question = ruleset.question(name)
        if question.kind == "checkboxes":
            ticked = answers.setdefault(name, [])
            ticked += [part] if value == TICKED else []
        elif part is not None:
            answers.setdefault(name, {})[part] = value
        else:
            answers[name] = within(question, value, day) if question.bands else value
    return answers


def within(question: Question, band_id: str, day: date) -> str:
    """A number or date that falls in the band on `day`, the lowest there is."""
    if band_id == UNSURE:
        return UNSURE
    place = [band.id for band in question.bands].index(band_id)
    band, lower = question.bands[place], question.bands[place - 1] if place else None
    if question.kind == "number":
        return str((lower.below or 0) if lower else question.minimum)
    if not question.count:
        first = (lower.before if lower else band.before and band.before - timedelta(days=1)) or day
        return first.isoformat()
    return _earlier(day, question.count, _least(band, lower)).isoformat()


def _least(band: Band, lower: Band | None) -> int:
    """The lowest count in a band, or one just below the end of a band that has no lowest."""
    if lower:
        return lower.below or 0
    return 0 if band.below is None else band.below - 1


def _earlier(day: date, count: str, number: int) -> date:
    """The day that lies `number` years, months, weeks or days before."""
    if count in ("weeks", "days"):
        return day - timedelta(days=number * (7 if count == "weeks" else 1))
    months = day.year * 12 + day.month - 1 - number * (12 if count == "years" else 1)
    return date(months // 12, months % 12 + 1, min(day.day, 28))
