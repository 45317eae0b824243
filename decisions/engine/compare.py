"""What differs between two editions in what they decide, with the share of sittings and a smallest example of each.

NOT a comparison of words: an edit that changes no decision has the same semantic hash and an empty difference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from decisions.engine.diagrams import NO, UNDECIDED, YES, Diagrams, end
from decisions.engine.exact import Days, Exact, Given
from decisions.engine.formulas import Network, Variable
from decisions.engine.program import Program
from decisions.engine.ruleset import RuleSet
from decisions.engine.search import Goal, Search, true

IN, OUT = "in", "out"


@dataclass(frozen=True, slots=True)
class Difference:
    """From `day`, `share` of the sittings move in `name` (a decision, `set.item` or `asked.question`).

    `before` and `after` are values, or `in` and `out`.
    """

    name: str
    before: str
    after: str
    share: Fraction
    example: tuple[Given, ...]
    day: date

    @property
    def key(self) -> str:
        """What an acknowledgement of this line names."""
        return f"{self.name}: {self.before} → {self.after}"


@dataclass(frozen=True)
class Comparison:
    """`added` and `removed` are ids of questions, options (`question.option`), decisions' values, items and rules."""

    same_content: bool
    same_meaning: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]
    differences: tuple[Difference, ...]


def compare(old: RuleSet, new: RuleSet) -> Comparison:
    """Compares on every turning day of `new` what both say; raises TooManyNodes past the diagrams' budget."""
    pair = _Pair(old, new)
    found: dict[tuple[str, str, str], Difference] = {}
    for day in sorted({*new.turning_days, *filter(new.effective.on, old.turning_days)}):
        for difference in pair.on(day):
            found.setdefault((difference.name, difference.before, difference.after), difference)
    before, after = set(_ids(old)), set(_ids(new))
    return Comparison(
        same_content=old == new,
        same_meaning=not found and semantic_hash(old) == semantic_hash(new),
        added=tuple(sorted(after - before)),
        removed=tuple(sorted(before - after)),
        differences=tuple(sorted(found.values(), key=lambda line: (line.name, -line.share))),
    )


def _ids(ruleset: RuleSet) -> Iterator[str]:
    for question in ruleset.questions:
        yield question.id
        yield from (f"{question.id}.{part.id}" for part in (*question.options, *question.rows))
    for decision in ruleset.decisions:
        yield from (f"{decision.id}.{value.id}" for value in decision.values)
    for item_set in ruleset.sets:
        yield from (f"{item_set.id}.{item.id}" for item in item_set.items)
    yield from (f"rule {rule.id}" for rule in ruleset.every_rule())


class _Pair:
    """Two editions over one list of variables: the questions of both."""

    def __init__(self, old: RuleSet, new: RuleSet) -> None:
        self.old, self.new = old, new
        variables = [Program(ruleset, ruleset.turning_days[0], apart=True).network.variables for ruleset in (old, new)]
        self.network = Network(tuple(_merged(*variables)))
        self.diagrams = Diagrams(self.network, new.diagram_order)
        self.common = _common(*variables)

    def on(self, day: date) -> Iterator[Difference]:
        old, new = (self._exact(ruleset, day) for ruleset in (self.old, self.new))
        return _Day(self, old, new, day).differences()

    def _exact(self, ruleset: RuleSet, day: date) -> Exact:
        return Exact(Program(ruleset, ruleset.law_day(day), apart=True, network=self.network), self.diagrams)

    @cached_property
    def shared(self) -> list[int]:
        """True where every answer is one that both editions offer."""
        diagrams = self.diagrams
        found = []
        for place, variable in enumerate(self.network.variables):
            offered = self.common.get((variable.question, variable.part))
            if offered and not variable.decision:
                kids = tuple(YES if value in offered else NO for value in variable.values)
                found.append(diagrams.node(diagrams.level_of[place], kids))
        return found


class _Day:
    """Both editions on one day."""

    def __init__(self, pair: _Pair, old: Exact, new: Exact, day: date) -> None:
        self.pair, self.old, self.new, self.day = pair, old, new, day
        self.diagrams = pair.diagrams
        links = {
            level: tuple({exact.links[level] for exact in (old, new) if level in exact.links})
            for level in {*old.links, *new.links}
        }
        self.search = Search(self.diagrams, links)
        guards = (self._alone(variable) for variable in reversed(pair.network.variables) if not variable.decision)
        canonical = YES
        for guard in guards:
            canonical = self.diagrams.both(canonical, guard)
        self.shared = [*map(true, pair.shared)]
        self.frame = [*self.shared, true(canonical)]
        self.total = self.search.count(self.frame)

    def _alone(self, variable: Variable) -> int:
        """True once for each different answer: the question is asked by one of the editions, or at its first."""
        level = self.new.levels[variable.question, variable.part]
        first = self.diagrams.node(level, (YES, *(NO for _ in variable.values[1:])))
        guards = [exact.program.guards.get(variable.question) for exact in (self.old, self.new)]
        return self.diagrams.any([first, *(self.diagrams.of(guard) for guard in guards if guard)])

    def differences(self) -> Iterator[Difference]:
        for name in self.new.choices.keys() & self.old.choices.keys():
            yield from self._decision(name)
        for name in self.new.members.keys() & self.old.members.keys():
            for item in self.new.members[name].keys() & self.old.members[name].keys():
                yield from self._item(f"{name}.{item}", self.old.members[name][item], self.new.members[name][item])

        for name in self.new.program.guards.keys() & self.old.program.guards.keys():
            yield from self._item(f"asked.{name}", self.old.guard(name), self.new.guard(name))

    def _decision(self, name: str) -> Iterator[Difference]:
        old, new = self.old.choices[name], self.new.choices[name]
        if old == new:
            return
        values = self.diagrams.variable(self.new.levels[name, None]).values
        for before in self.diagrams.ends(old) - {UNDECIDED}:
            for after in self.diagrams.ends(new) - {UNDECIDED, before}:
                goals = [(old, frozenset((before,))), (new, frozenset((after,)))]
                yield from self._line(name, values[end(before)], values[end(after)], goals)

    def _item(self, name: str, old: int, new: int) -> Iterator[Difference]:
        if old != new:
            negation = self.diagrams.negation
            yield from self._line(name, IN, OUT, [true(old), true(negation(new))])
            yield from self._line(name, OUT, IN, [true(negation(old)), true(new)])

    def _line(self, name: str, before: str, after: str, goals: list[Goal]) -> Iterator[Difference]:
        if self.search.possible([*self.shared, *goals]):
            share = Fraction(self.search.count([*self.frame, *goals]), self.total)
            example = self.search.smallest([*self.shared, *goals])
            yield Difference(name, before, after, share, tuple(self.new.given(example)), self.day)


def _merged(old: tuple[Variable, ...], new: tuple[Variable, ...]) -> Iterator[Variable]:
    """The new edition's variables, then those only the old one has; each with the values of both."""
    before = {(variable.question, variable.part): variable for variable in old}
    for variable in new:
        same = before.pop((variable.question, variable.part), variable)
        values = tuple(dict.fromkeys((*variable.values, *same.values)))
        yield Variable(variable.question, variable.part, values, variable.decision)
    yield from before.values()


def _common(old: tuple[Variable, ...], new: tuple[Variable, ...]) -> dict[tuple[str, str | None], set[str]]:
    before = {(variable.question, variable.part): set(variable.values) for variable in old}
    keys = ((variable, (variable.question, variable.part)) for variable in new)
    return {key: before[key] & set(variable.values) for variable, key in keys if key in before}


def semantic_hash(ruleset: RuleSet) -> str:
    """sha256 of everything decided on every day, as numbered diagrams: the same after an edit of words only."""
    days = Days(ruleset, first=())
    numbers: dict[int, int] = {}
    lines: list[object] = []

    def numbered(node: int) -> int:
        if node <= YES:
            return node
        if node not in numbers:
            variable = days.diagrams.variable(days.diagrams.level[node])
            kids = [numbered(kid) for kid in days.diagrams.kids[node]]
            numbers[node] = len(numbers) + 2
            lines.append([numbers[node], variable.question, variable.part, variable.values, kids])
        return numbers[node]

    for exact in days.each:
        first = exact is days.each[0]
        lines.append(["from", "the first day" if first else exact.program.day.isoformat()])
        lines += [[name, numbered(choice)] for name, choice in exact.choices.items()]
        lines += [[name, item, numbered(node)] for name, items in exact.members.items() for item, node in items.items()]
        lines += [[question.id, numbered(exact.guard(question.id))] for question in ruleset.questions]
    return hashlib.sha256(json.dumps(lines, separators=(",", ":")).encode()).hexdigest()
