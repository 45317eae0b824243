"""One shared network of formulas over finite variables: equal parts exist once. NOT their words or their meaning.

A formula is a whole number: `n` is node n, `-n` its negation, TRUE and FALSE are the constants. A node is a leaf
("this variable has one of these values") or an AND of formulas; OR is an AND of negations, negated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TRUE = 1
FALSE = -1


@dataclass(frozen=True, slots=True)
class Variable:
    """One finite choice: a question, a row of a grid, or a box that may be ticked ("1") or not ("0").

    `decision`: not an answer but the value of a decision, standing for its rules (see program.py).
    """

    question: str
    part: str | None
    values: tuple[str, ...]
    decision: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """`mask` has the bit of each value (by its place in the variable's values) that makes it true."""

    variable: int
    mask: int


Node = Leaf | tuple[int, ...]


class Network:
    """Nodes in an order in which every node comes after its parts; node 1 is TRUE."""

    def __init__(self, variables: tuple[Variable, ...]) -> None:
        self.variables = variables
        self.nodes: list[Node] = [(), ()]
        self._known: dict[Node, int] = {(): TRUE}

    def leaf(self, variable: int, values: Iterable[str]) -> int:
        wanted = frozenset(values)
        all_values = self.variables[variable].values
        mask = sum(1 << place for place, value in enumerate(all_values) if value in wanted)
        if mask in (0, (1 << len(all_values)) - 1):
            return TRUE if mask else FALSE
        return self._node(Leaf(variable, mask))

    def all(self, formulas: Iterable[int]) -> int:
        parts = set(formulas)
        parts.discard(TRUE)
        if FALSE in parts or any(-part in parts for part in parts):
            return FALSE
        if len(parts) == 1:
            return parts.pop()
        return self._node(tuple(sorted(parts)))

    def any(self, formulas: Iterable[int]) -> int:
        return -self.all(-formula for formula in formulas)

    def _node(self, node: Node) -> int:
        found = self._known.get(node)
        if found is None:
            found = len(self.nodes)
            self._known[node] = found
            self.nodes.append(node)
        return found
