"""Conditions, answers and citations in plain English, quoting the rule set's own words. NOT whether they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from decisions.engine.conditions import (
    ANY_ROW,
    EVERY_ROW,
    AllOf,
    Always,
    AnswerIs,
    AnyOf,
    Asked,
    Condition,
    DecisionIs,
    FactIs,
    InSet,
    Not,
)
from decisions.engine.program import TICKED
from decisions.engine.ruleset import Cites, Option, Question, RuleSet


def quoted(text: str) -> str:
    return f"“{text}”"


def day_text(day: date) -> str:
    """1 October 2026."""
    return f"{day.day} {day:%B %Y}"


def either(texts: Iterable[str], word: str = "or") -> str:
    """a, b or c."""
    parts = list(texts)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def cited(ruleset: RuleSet, cites: Cites) -> str:
    """The sources by title, each with the place."""
    return "; ".join(placed(ruleset.sources[cite.source].title, cite.place) for cite in cites)


def placed(title: str, place: str) -> str:
    """A title and the place in it, each number once: `UK GDPR, Article 6(1)(e)`, not `Article 6, 6(1)(e)`."""
    if not place or title.endswith(f" {place}"):
        return title
    last = title.rsplit(" ", 1)[-1]
    if re.match(rf"{re.escape(last)}\W", place):
        return f"{title}{place[len(last) :]}"
    if place.startswith("("):
        return f"{title}{place}" if last.isalnum() and last[0].isdigit() else f"{title}, {_below(title)} {place}"
    article = "Article " if "Article" in title and place[0].isdigit() else ""
    return f"{title}, {article}{place}"


def _below(title: str) -> str:
    """What a bracketed number stands for under this title."""
    return "sub-paragraph" if "paragraph" in title else "subsection"


def say(ruleset: RuleSet, condition: Condition, negated: bool = False) -> str:
    """What the condition claims (or, `negated`, denies), as part of a sentence."""
    match condition:
        case Always():
            return "never" if negated else "always"
        case Not(part=part):
            return say(ruleset, part, not negated)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            word = "and" if isinstance(condition, AllOf) != negated else "or"
            inner = (say(ruleset, part, negated) for part in parts)
            return f"({either(inner, word)})"
        case FactIs(fact=fact):
            text = ruleset.fact(fact).text
            return f"it is not the case that {text}" if negated else text
        case Asked(question=question):
            text = quoted(ruleset.question(question).text)
            return f"{text} is {'not ' if negated else ''}asked"
        case DecisionIs(decision=name, values=values):
            decision = ruleset.decision(name)
            chosen = either(quoted(decision.value(value).text) for value in values)
            return f"{quoted(decision.text)} is {'not ' if negated else ''}{chosen}"
        case InSet(set_id=name, items=items):
            item_set = ruleset.item_set(name)
            chosen = either(quoted(item_set.item(item).text) for item in items)
            return f"{quoted(item_set.text)} {'does not include' if negated else 'includes'} {chosen}"
    return _answer(ruleset, condition, negated)


def _answer(ruleset: RuleSet, atom: AnswerIs, negated: bool) -> str:
    question = ruleset.question(atom.question)
    is_not = "is not" if negated else "is"
    if not atom.options:
        return f"{quoted(question.text)} {is_not} {quoted(question.none or 'None of these')}"
    chosen = either(quoted(question.option(option).text) for option in atom.options)
    if question.kind == "checkboxes":
        return f"{quoted(question.text)} {'does not include' if negated else 'includes'} {chosen}"
    if atom.row == ANY_ROW:
        return f"{quoted(question.text)} {is_not} {chosen} for {'any' if negated else 'at least one'} of them"
    if atom.row == EVERY_ROW:
        return f"{quoted(question.text)} {is_not} {chosen} for all of them"
    where = f" for {quoted(question.row(atom.row).text)}" if atom.row else ""
    return f"{quoted(question.text)}{where} {is_not} {chosen}"


def say_answer(question: Question, part: str | None, value: str) -> str:
    """One answer of a sitting: a question, or one box or row of it."""
    if question.kind == "checkboxes":
        verb = "includes" if value == TICKED else "does not include"
        return f"{quoted(question.text)} {verb} {quoted(_option(question.options, part))}"
    where = f" for {quoted(_option(question.rows, part))}" if part else ""
    return f"{quoted(question.text)}{where} is {quoted(_option(question.options, value))}"


def _option(options: tuple[Option, ...], option_id: str | None) -> str:
    return next(option.text for option in options if option.id == option_id)


def label(condition: Condition) -> str:
    """A short name made of ids, for values that are stored: `harm is significant`."""
    match condition:
        case Always():
            return "always"
        case Not(part=part):
            return f"not {label(part)}"
        case AllOf(parts=parts):
            return f"({' and '.join(map(label, parts))})"
        case AnyOf(parts=parts):
            return f"({' or '.join(map(label, parts))})"
        case FactIs(fact=fact):
            return fact
        case Asked(question=question):
            return f"{question} is asked"
        case DecisionIs(decision=name, values=values):
            return f"{name} is {' or '.join(values)}"
        case InSet(set_id=name, items=items):
            return f"{name} has {' or '.join(items)}"
    where = f".{condition.row}" if condition.row else ""
    return f"{condition.question}{where} is {' or '.join(condition.options) or 'none'}"
