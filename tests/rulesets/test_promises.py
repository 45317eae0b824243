"""No promise of a rule set is empty: each is about sittings that happen, and each of its conditions is needed."""

from collections.abc import Iterator
from functools import cache

import pytest

from decisions import editions
from decisions.engine.conditions import Condition, Not, conjuncts
from decisions.engine.exact import days
from decisions.engine.prove.case import Case
from decisions.engine.ruleset import Invariant

PROMISES = [(name, each.id) for name in editions.names() for each in editions.get(name).invariants if not each.monotone]


@cache
def case_of(name: str) -> Case:
    found = days(editions.get(name))
    assert found
    return Case(found)


def weaker(invariant: Invariant) -> Iterator[tuple[Condition, ...]]:
    """What must not be, with one of its conditions left out: each must be possible, or that condition says nothing."""
    parts: list[Condition] = [*conjuncts(invariant.never)] if invariant.never else []
    if invariant.given and invariant.then:
        parts = [*conjuncts(invariant.given), Not(invariant.then)]
    for left_out in range(len(parts)):
        yield tuple(part for place, part in enumerate(parts) if place != left_out)


@pytest.mark.parametrize(("name", "promise"), PROMISES)
def test_a_promise_is_not_empty(name: str, promise: str) -> None:
    case = case_of(name)
    invariant = next(each for each in case.ruleset.invariants if each.id == promise)
    in_force = case.on(invariant.force)
    for rest in weaker(invariant):
        assert any(case.possible(exact, [exact.program.formula(part) for part in rest]) for exact in in_force), rest
