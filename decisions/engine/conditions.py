"""The closed vocabulary of conditions, as a rule author wrote them and the loader checked them.

NOT how they are evaluated: `formulas.py` turns them into one shared network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ANY_ROW = "any"
EVERY_ROW = "every"


@dataclass(frozen=True, slots=True)
class Always:
    """True on every day for every sitting."""


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """The question is asked and answered with one of `options`; no options means nothing was ticked.

    `row` is a row of a grid, or ANY_ROW or EVERY_ROW.
    """

    question: str
    options: tuple[str, ...]
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    question: str


@dataclass(frozen=True, slots=True)
class FactIs:
    fact: str


@dataclass(frozen=True, slots=True)
class DecisionIs:
    decision: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InSet:
    """At least one of `items` is in the set."""

    set_id: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


Condition = Always | AnswerIs | Asked | FactIs | DecisionIs | InSet | AllOf | AnyOf | Not
Atom = AnswerIs | Asked | FactIs | DecisionIs | InSet


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that must all hold: what an explanation lists one by one."""
    if isinstance(condition, AllOf):
        return tuple(leaf for part in condition.parts for leaf in conjuncts(part))
    return () if isinstance(condition, Always) else (condition,)


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every mention of a question, fact, decision or set."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from atoms(part)
    elif isinstance(condition, Not):
        yield from atoms(condition.part)
    elif not isinstance(condition, Always):
        yield condition


def named(atom: Atom) -> str:
    """The id of what an atom speaks about."""
    match atom:
        case AnswerIs(question=name) | Asked(question=name):
            return name
        case FactIs(fact=name) | DecisionIs(decision=name):
            return name
    return atom.set_id
