"""No promise of a rule set is empty: each is about sittings that happen, and each of its conditions is needed."""

from collections.abc import Iterator

import pytest

from decisions import editions
from decisions.engine.conditions import Condition, Not, conjuncts
from decisions.engine.exact import Exact, days
from decisions.engine.prove.case import Case
from decisions.engine.prove.promises import diagram
from decisions.engine.ruleset import Invariant

NAMES = editions.names()
PROMISES = [(name, each.id) for name in NAMES for each in editions.get(name).invariants if not each.monotone]


def possible(case: Case, exact: Exact, *conditions: Condition) -> bool:
    return case.search(exact).possible([diagram(exact, condition) for condition in conditions])


def weaker(invariant: Invariant) -> Iterator[tuple[Condition, ...]]:
    """What must not be, with one of its conditions left out: each must be possible, or that condition says nothing."""
    parts: list[Condition] = [*conjuncts(invariant.never)] if invariant.never else []
    if invariant.given and invariant.then:
        parts = [*conjuncts(invariant.given), Not(invariant.then)]
    for left_out in range(len(parts)):
        yield tuple(part for place, part in enumerate(parts) if place != left_out)


@pytest.mark.parametrize(("name", "promise"), PROMISES)
def test_a_promise_is_not_empty(name: str, promise: str) -> None:
    found = days(editions.get(name))
    assert found
    case = Case(found)
    invariant = next(each for each in case.ruleset.invariants if each.id == promise)
    in_force = case.on(invariant.force)
    idle = [rest for rest in weaker(invariant) if not any(possible(case, exact, *rest) for exact in in_force)]
    assert idle == []
