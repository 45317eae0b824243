"""Proves a rule set: every obligation holds for every sitting on every day of its law, or a smallest counterexample.

NOT a test of some sittings, and NOT a judgement of the law in it.
"""

from __future__ import annotations

from itertools import chain

from decisions.engine.exact import Days
from decisions.engine.prove import mattering, promises, structure
from decisions.engine.prove.case import Case
from decisions.engine.prove.remarks import remarks
from decisions.engine.prove.report import Counterexample, Obligation, Report
from decisions.engine.ruleset import RuleSet

__all__ = ["Counterexample", "Obligation", "Report", "prove", "prove_on"]


def prove(ruleset: RuleSet, with_remarks: bool = False) -> Report:
    """Remarks cost half as much time again. Raises TooManyNodes where the diagrams would grow past their budget."""
    return prove_on(Days(ruleset), with_remarks)


def prove_on(days: Days, with_remarks: bool = False) -> Report:
    """Of diagrams of which some may be there already."""
    case = Case(days)
    ruleset = days.ruleset
    found = chain(
        chain.from_iterable(structure.decision(case, decision) for decision in ruleset.decisions),
        chain.from_iterable(structure.item_set(case, item_set) for item_set in ruleset.sets),
        structure.exceptions(case),
        structure.facts(case),
        mattering.questions(case),
        promises.invariants(case),
        promises.default(case),
    )
    return Report(
        edition=ruleset.edition,
        content_hash=ruleset.content_hash,
        obligations=tuple(found),
        remarks=tuple(remarks(case)) if with_remarks else (),
        sittings=case.sittings(case.days.each[-1]),
    )
