"""Proves a rule set: every obligation holds for every sitting on every day of its law, or a smallest counterexample.

NOT a test of some sittings, and NOT a judgement of the law in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from decisions.engine.exact import Days
from decisions.engine.prove import mattering, promises, structure
from decisions.engine.prove.case import Case
from decisions.engine.prove.remarks import remarks
from decisions.engine.prove.report import Counterexample, Obligation, Report
from decisions.engine.ruleset import RuleSet

__all__ = ["Case", "Counterexample", "Obligation", "Report", "obligations", "prove", "prove_on"]


def prove(ruleset: RuleSet, with_remarks: bool = False) -> Report:
    """Remarks cost half as much time again. Raises TooManyNodes where the diagrams would grow past their budget."""
    return prove_on(Days(ruleset), with_remarks)


def prove_on(days: Days, with_remarks: bool = False) -> Report:
    """Of diagrams of which some may be there already."""
    case = Case(days)
    return Report(
        edition=days.ruleset.edition,
        content_hash=days.ruleset.content_hash,
        obligations=tuple(obligations(case)),
        remarks=tuple(remarks(case)) if with_remarks else (),
        sittings=case.sittings(days.each[-1]),
    )


def obligations(case: Case) -> Iterator[Obligation]:
    """One after the other, each found to hold or not when it is asked for."""
    ruleset = case.ruleset
    yield from chain.from_iterable(structure.decision(case, decision) for decision in ruleset.decisions)
    yield from chain.from_iterable(structure.item_set(case, item_set) for item_set in ruleset.sets)
    yield from structure.exceptions(case)
    yield from structure.facts(case)
    yield from mattering.questions(case)
    yield from promises.invariants(case)
    yield from promises.default(case)
