"""Looks for an order of questions in which a rule set's diagrams are small, to be written into the file.

NOT used when a rule set is judged: the order changes nothing but the time that a proof takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from decisions.engine.diagrams import BUDGET, TooManyNodes
from decisions.engine.exact import Days
from decisions.engine.ordering import moved
from decisions.engine.ruleset import RuleSet

Order = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """`nodes` is how many there are when all is made, the passing ones too: what making them costs."""

    order: Order
    nodes: int


def better_orders(ruleset: RuleSet, tries: int) -> Iterator[Found]:
    """The order there is, then each better one: a question is moved at random, and back where it does not help."""
    random = Random(tries)  # noqa: S311  not a secret: only variety
    asked = [question.id for question in ruleset.questions if not question.record]
    order = tuple(moved(asked, ruleset.diagram_order))
    best = Found(order, nodes(ruleset, order, BUDGET))
    yield best
    for _ in range(tries):
        tried = list(best.order)
        for _ in range(random.choice((1, 1, 2))):
            name = tried.pop(random.randrange(len(tried)))
            tried.insert(random.randrange(len(tried) + 1), name)
        try:
            found = Found(tuple(tried), nodes(ruleset, tuple(tried), best.nodes))
        except TooManyNodes:
            continue
        if found.nodes < best.nodes:
            best = found
            yield best


def nodes(ruleset: RuleSet, order: Order, most: int) -> int:
    """Raises TooManyNodes as soon as there are more nodes than `most`."""
    return len(Days(ruleset, order, most).make_all().diagrams.kids)
