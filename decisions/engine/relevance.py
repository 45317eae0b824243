"""Which questions the open formulas still depend on, by their syntax (Kleene): a sound over-estimate, quickly found."""

from __future__ import annotations

from collections.abc import Iterable

from decisions.engine.evaluate import Judgement
from decisions.engine.formulas import Leaf


def relevant(judgement: Judgement, goals: Iterable[int]) -> frozenset[str]:
    """Ids of questions whose answers may still decide one of the goals."""
    network = judgement.program.network
    found: set[str] = set()
    todo = [abs(goal) for goal in goals if judgement.known(goal) is None]
    seen = set(todo)
    while todo:
        node = network.nodes[todo.pop()]
        if isinstance(node, Leaf):
            found.add(network.variables[node.variable].question)
            continue
        open_parts = {abs(part) for part in node if judgement.known(part) is None} - seen
        seen |= open_parts
        todo.extend(open_parts)
    return frozenset(found)
