"""What is settled and what can still matter, exactly, by the diagrams of one program. NOT how they are made.

A decision is one diagram whose ends are its values. Where the diagrams would grow past their budget there is no
`Exact`, and evaluation and relevance fall back on the syntax (Kleene), which is sound but asks a little more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from decisions.engine.diagrams import Assignment, Diagrams, TooManyNodes
from decisions.engine.program import Program

Given = tuple[str, str | None, str]
Key = tuple[int, ...]


class Exact:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.diagrams = Diagrams(program.network)
        self.levels = {
            (variable.question, variable.part): self.diagrams.level_of[place]
            for place, variable in enumerate(program.network.variables)
        }
        self.places = {
            (variable.question, variable.part, value): place
            for variable in program.network.variables
            for place, value in enumerate(variable.values)
        }
        diagrams = self.diagrams
        self.decisions = {name: self._of(values) for name, values in program.values.items()}
        self.members = {name: self._of(items) for name, items in program.members.items()}
        self.record = {
            question.id: diagrams.of(program.guards[question.id])
            for question in program.ruleset.questions
            if question.record
        }

    def _of(self, formulas: Mapping[str, int]) -> dict[str, int]:
        return {name: self.diagrams.of(formula) for name, formula in formulas.items()}

    @cached_property
    def goals(self) -> dict[str, tuple[int, ...]]:
        """The diagrams of each decision and set."""
        return {name: tuple(parts.values()) for name, parts in (self.decisions | self.members).items()}

    def assignment(self, given: Iterable[Given]) -> dict[int, int]:
        return {self.levels[question, part]: self.places[question, part, value] for question, part, value in given}

    def value(self, decision: str, assignment: Assignment) -> str | None:
        """The value that the answers force, whatever the others may be."""
        forced = self.diagrams.forced
        return next((name for name, node in self.decisions[decision].items() if forced(node, assignment)), None)

    def known(self, formula: int, assignment: Assignment) -> bool | None:
        """Whether a formula is forced to be true or to be false."""
        if self.diagrams.forced(self.diagrams.of(formula), assignment):
            return True
        return False if self.diagrams.forced(self.diagrams.of(-formula), assignment) else None

    def relevant(self, roots: Iterable[int], assignment: Assignment) -> frozenset[str]:
        """Ids of the questions that can still matter to any of these diagrams."""
        return _relevant(self, tuple(roots), tuple(sorted(assignment.items())))


@lru_cache(maxsize=2048)
def _relevant(exact: Exact, roots: Key, given: tuple[tuple[int, int], ...]) -> frozenset[str]:
    """Sittings begin alike, so the costly first steps are remembered."""
    walk = _Restriction(exact.diagrams, dict(given))
    for root in roots:
        walk.reduce(root)
    reached = walk.support(roots)
    return frozenset(exact.diagrams.variable(level).question for level in reached)


class _Restriction:
    """Diagrams under an assignment, in tables of their own that go when the step is done."""

    def __init__(self, diagrams: Diagrams, assignment: Assignment) -> None:
        self.level, self.kids = diagrams.level, diagrams.kids
        self.assignment = assignment
        self.done: dict[int, int] = {0: 0, 1: 1}
        self.unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self.made: dict[int, tuple[int, tuple[int, ...]]] = {}

    def reduce(self, node: int) -> int:
        found = self.done.get(node)
        if found is None:
            level = self.level[node]
            place = self.assignment.get(level)
            if place is None:
                kids = tuple([self.reduce(kid) for kid in self.kids[node]])
                found = kids[0] if kids.count(kids[0]) == len(kids) else self._node((level, kids))
            else:
                found = self.reduce(self.kids[node][place])
            self.done[node] = found
        return found

    def _node(self, key: tuple[int, tuple[int, ...]]) -> int:
        found = self.unique.setdefault(key, len(self.unique) + 2)
        self.made[found] = key
        return found

    def support(self, roots: Iterable[int]) -> set[int]:
        todo = [self.done[root] for root in roots]
        seen: set[int] = set()
        levels = set()
        while todo:
            node = todo.pop()
            if node > 1 and node not in seen:
                seen.add(node)
                level, kids = self.made[node]
                levels.add(level)
                todo.extend(kids)
        return levels


@lru_cache(maxsize=64)
def exact(program: Program) -> Exact | None:
    """Made when first needed; None where the diagrams would grow past their budget."""
    try:
        return Exact(program)
    except TooManyNodes:
        return None
