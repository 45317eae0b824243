"""Random sittings of any rule set, and what a complete one is."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from decisions.engine.exact import Given
from decisions.engine.program import Program
from decisions.engine.ruleset import Question, RuleSet
from decisions.engine.samples import within


def random_given(program: Program, random: Random) -> list[Given]:
    """A value for every variable, asked or not."""
    return [(v.question, v.part, random.choice(v.values)) for v in program.network.variables if not v.decision]


def random_answer(question: Question, random: Random, day: date) -> Any:
    match question.kind:
        case "checkboxes":
            return [option for option in question.option_ids if random.random() < 0.4]
        case "grid":
            return {row: random.choice(question.option_ids) for row in question.row_ids}
        case "text":
            return "because"
        case "date" | "number" if question.bands:
            return within(question, random.choice(question.option_ids), day)
        case "date" | "number":
            return day.isoformat() if question.kind == "date" else "1"
        case _:
            return random.choice(question.option_ids)


def random_answers(ruleset: RuleSet, random: Random, day: date) -> dict[str, Any]:
    """An answer to every question, asked or not."""
    return {question.id: random_answer(question, random, day) for question in ruleset.questions}
