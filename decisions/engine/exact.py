"""One program as diagrams: what is settled and what can still matter, exactly. NOT how diagrams are made.

A decision is a choice of values. Whatever names a decision branches on that decision's value instead of on its
rules, which keeps diagrams small; since a decision is settled before what depends on it is asked about, nothing is
lost. Where the budget is exceeded there is no `Exact`, and the syntax (Kleene) stands in, which asks a little more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from decisions.engine.diagrams import NO, UNDECIDED, YES, Diagrams, TooManyNodes, end
from decisions.engine.formulas import TRUE, Network
from decisions.engine.lazily import Lazily
from decisions.engine.narrowing import Narrowing
from decisions.engine.program import Program
from decisions.engine.ruleset import RuleSet
from decisions.engine.search import TRUE as TRUE_END
from decisions.engine.search import Assignment, Goal, Search

Given = tuple[str, str | None, str]
Reach = tuple[frozenset[str], frozenset[str]]
Roots = tuple[int, ...]
SILENT = frozenset((UNDECIDED,))


class Exact:
    """`program` must be `apart`; `diagrams` may be shared by the programs of several days."""

    def __init__(self, program: Program, diagrams: Diagrams) -> None:
        self.program = program
        self.diagrams = diagrams
        self.levels = {key: diagrams.level_of[place] for key, place in program.place.items()}
        self.places = {
            (variable.question, variable.part, value): place
            for variable in program.network.variables
            for place, value in enumerate(variable.values)
        }
        self.names = {self.levels[name, None]: name for name in program.values}
        self.bits: dict[str, int] = {}  # those of each question, all its parts
        for (name, _), level in self.levels.items():
            self.bits[name] = self.bits.get(name, 0) | 1 << level
        self.link_bits = sum(1 << level for level in self.names)
        self.layers: Mapping[str, list[int]] = Lazily(program.values, self._layers)
        self.choices: Mapping[str, int] = Lazily(program.values, lambda name: self.layers[name][-1])
        self.members: Mapping[str, dict[str, int]] = Lazily(program.members, self._members)
        self.guards: Mapping[str, int] = Lazily(program.guards, lambda name: diagrams.of(program.guards[name]))
        self.links: Mapping[int, int] = Lazily(self.names, lambda level: self.choices[self.names[level]])

    def make_all(self) -> None:
        """Makes every diagram now, and quicker to look up; raises TooManyNodes."""
        self.choices, self.members = dict(self.choices), dict(self.members)
        self.guards, self.links = dict(self.guards), dict(self.links)

    def _layers(self, decision: str) -> list[int]:
        """The choice as it stands above each layer, and last the whole; a layer speaks where those above do not."""
        layers: dict[int, dict[str, list[int]]] = {}
        for rule in self.program.rules.values():
            if rule.home == decision:
                layers.setdefault(rule.rank, {}).setdefault(rule.gives, []).append(rule.live)
        found = [UNDECIDED]
        for values in layers.values():
            layer = UNDECIDED
            for value, lives in values.items():
                live = self.diagrams.any(map(self.diagrams.of, lives))
                layer = self.diagrams.fill(layer, live, end(self.places[decision, None, value]))
            found.append(self.diagrams.over(found[-1], layer))
        return found

    def _members(self, name: str) -> dict[str, int]:
        return {item: self.diagrams.of(formula) for item, formula in self.program.members[name].items()}

    def of(self, formula: int) -> int:
        """The diagram of a formula; of what layers of rules leave, by way of their decision's diagram."""
        diagram, wanted = self.goal(formula)
        return diagram if wanted == TRUE_END else self.diagrams.where(diagram, *wanted)

    def goal(self, formula: int) -> Goal:
        """The same as a diagram with the ends to which it comes where the formula is true."""
        left = self.left.get(formula)
        if left is None:
            return self.diagrams.of(formula), TRUE_END
        decision, rank = left
        return self.layers[decision][rank], SILENT

    @cached_property
    def left(self) -> dict[int, tuple[str, int]]:
        """Formula that says that nothing is decided yet → decision, and after how many of its layers.

        NOT the formula of a value: of two values at once, a diagram knows only the first, and that is to be found.
        """
        program = self.program
        found = {rule.free: (rule.home, rule.rank) for rule in program.rules.values()}
        found |= {formula: (name, -1) for name, formula in program.undecided.items()}
        return {formula: left for formula, left in found.items() if abs(formula) != TRUE}

    def search(self) -> Search:
        return Search(self.diagrams, Lazily(self.links, lambda level: (self.links[level],)))

    def assignment(self, given: Iterable[Given]) -> dict[int, int]:
        return {self.levels[question, part]: self.places[question, part, value] for question, part, value in given}

    def given(self, assignment: Assignment) -> Iterator[Given]:
        """In the author's order."""
        for level, place in sorted(assignment.items(), key=lambda found: self.diagrams.order[found[0]]):
            variable = self.diagrams.variable(level)
            yield variable.question, variable.part, variable.values[place]

    def settle(self, given: Iterable[Given], only: str = "") -> dict[int, int]:
        """The answers, and the value of every decision (or of `only` one) that they force."""
        assignment = self.assignment(given)
        for name in (only,) if only else self.choices:
            self._settle(name, assignment)
        return assignment

    def _settle(self, decision: str, assignment: dict[int, int]) -> None:
        """Adds the value of a decision, where it is forced."""
        with self.narrowing as narrowing:
            found = narrowing.narrowed(self.choices[decision], assignment)
        if found < 0:
            assignment[self.levels[decision, None]] = end(found)

    def sufficient(self, decision: str, assignment: Assignment) -> dict[int, int]:
        """Answers from which none can be left out and which force the decision, the shorter of two tries."""
        choice = self.choices[decision]
        walked = {level: assignment[level] for level in self._walked(choice, assignment)}
        tries = []
        for backwards in (True, False):
            kept = dict(walked)
            for level in sorted(walked, reverse=backwards):
                place = kept.pop(level)
                if self.end(choice, kept) is None:
                    kept[level] = place
            tries.append(dict(sorted(kept.items())))
        return min(tries, key=len)

    def _walked(self, diagram: int, assignment: Assignment) -> set[int]:
        """The assigned levels met on the way to the end."""
        met = set()
        todo, seen = [diagram], {diagram}
        while todo:
            node = todo.pop()
            if node > YES:
                level = self.diagrams.level[node]
                below = self.diagrams.kids[node]
                if level in assignment:
                    met.add(level)
                    below = (below[assignment[level]],)
                todo.extend(kid for kid in below if kid not in seen)
                seen.update(below)
        return met

    def value(self, decision: str, assignment: Assignment) -> str | None:
        """The value that a settled assignment forces."""
        place = assignment.get(self.levels[decision, None])
        return None if place is None else self.diagrams.variable(self.levels[decision, None]).values[place]

    def known(self, diagram: int, assignment: Assignment) -> bool | None:
        """Whether a settled assignment makes it true, false, or neither yet."""
        with self.narrowing as narrowing:
            found = narrowing.narrowed(diagram, assignment)
        return None if found > YES else found == YES

    def end(self, diagram: int, assignment: Assignment) -> int | None:
        """The one end it comes to whatever is not assigned; None where there are several."""
        level, kids = self.diagrams.level, self.diagrams.kids
        found = None
        todo, seen = [diagram], {diagram}
        while todo:
            node = todo.pop()
            if node > YES:
                place = assignment.get(level[node])
                below = kids[node] if place is None else (kids[node][place],)
                todo.extend(kid for kid in below if kid not in seen)
                seen.update(below)
            elif found is None:
                found = node
            elif found != node:
                return None
        return found

    def inlined(self, diagram: int) -> int:
        """The same function of the answers alone, every decision replaced by its rules."""
        level = self.diagrams.level[diagram] if diagram > YES else -1
        if level not in self.links:
            return diagram
        alike: dict[int, list[int]] = {}
        for place, kid in enumerate(self.diagrams.kids[diagram]):
            alike.setdefault(kid, []).append(end(place))
        return self.diagrams.any(
            self.diagrams.both(self.inlined(self.diagrams.where(self.links[level], *ends)), self.inlined(kid))
            for kid, ends in alike.items()
            if kid != NO
        )

    def inlined_choice(self, name: str) -> int:
        """A decision as a choice made by the answers alone."""
        if not self.diagrams.support([self.choices[name]]) & self.links.keys():
            return self.choices[name]
        choice = UNDECIDED
        for wanted in sorted(self.diagrams.ends(self.choices[name]) - {UNDECIDED}):
            where = self.inlined(self.diagrams.where(self.choices[name], wanted))
            choice = self.diagrams.fill(choice, where, wanted)
        return choice

    def roots(self, name: str) -> tuple[int, ...]:
        """The diagrams of a decision or set."""
        return (self.choices[name],) if name in self.choices else tuple(self.members[name].values())

    def guard(self, question_id: str) -> int:
        return self.guards[question_id]

    @cached_property
    def narrowing(self) -> Narrowing:
        self.make_all()
        return Narrowing(self.diagrams)

    @cached_property
    def stages(self) -> tuple[Roots, ...]:
        """What is settled one after the other: the main decision, all else, and what is asked for the record."""
        ruleset = self.program.ruleset
        others = (*(d.id for d in ruleset.decisions[1:]), *(item_set.id for item_set in ruleset.sets))
        record = tuple(self.guard(question.id) for question in ruleset.questions if question.record)
        return self.roots(ruleset.main.id), tuple(root for name in others for root in self.roots(name)), record

    def reach(self, roots: Roots, assignment: Assignment) -> Reach:
        """(questions that can still matter to one of these diagrams, decisions that some of them still wait for).

        A diagram that waits for a decision is left out: what it needs is only known once the decision is settled.
        """
        levels = waiting = 0
        with self.narrowing as narrowing:
            for root in roots:
                found = narrowing.support(narrowing.narrowed(root, assignment))
                waits = found & self.link_bits
                waiting |= waits
                levels |= 0 if waits else found
        questions = (self.diagrams.variable(level).question for level in _bits(levels))
        return frozenset(questions), frozenset(self.names[level] for level in _bits(waiting))

    def moved_by(self, question: str, given: Iterable[Given]) -> Iterator[str]:
        """Decisions and sets that can still come out otherwise by the answer to a question."""
        assignment = self.assignment(given)
        wanted = self.bits.get(question, 0)  # nothing waits for what is asked for the record
        for name in (*self.program.values, *self.program.members):  # each after those it waits for
            if any(self._moves(root, wanted, assignment) for root in self.roots(name)):
                wanted |= self.bits[name] if name in self.choices else 0
                yield name
            if name in self.choices:
                self._settle(name, assignment)

    def _moves(self, root: int, wanted: int, assignment: Assignment) -> bool:
        """Most diagrams never name what is wanted; only the others are narrowed."""
        if not self.diagrams.matters(root) & wanted:
            return False
        with self.narrowing as narrowing:
            found = narrowing.support(narrowing.narrowed(root, assignment))
        return bool((found & self.link_bits or found) & wanted)


def _bits(levels: int) -> Iterator[int]:
    return (level for level in range(levels.bit_length()) if levels >> level & 1)


class Days:
    """The programs of one rule set on all the days of its law, sharing one set of diagrams."""

    def __init__(
        self,
        ruleset: RuleSet,
        first: tuple[str, ...] | None = None,
        budget: int | None = None,
        beside: Days | None = None,
    ) -> None:
        """`first`: instead of the file's `diagram_order`, which changes nothing but the time that it takes.

        `beside`: another rule set with the same questions, whose diagrams are gone on from.
        """
        self.ruleset = ruleset
        first = ruleset.diagram_order if first is None else first
        network = beside.network if beside else None
        earliest = Program(ruleset, ruleset.turning_days[0], apart=True, network=network)
        self.network: Network = earliest.network
        self.diagrams: Diagrams = beside.diagrams if beside else Diagrams(self.network, first, budget)
        later = (Program(ruleset, day, apart=True, network=self.network) for day in ruleset.turning_days[1:])
        self.each = tuple(Exact(program, self.diagrams) for program in (earliest, *later))

    def make_all(self) -> Days:
        """Every diagram is made when it is first needed, or all of them now; raises TooManyNodes."""
        for exact in self.each:
            exact.make_all()
        return self


@lru_cache(maxsize=8)
def days(ruleset: RuleSet) -> Days | None:
    """Made when first needed; None where the diagrams would grow past their budget."""
    try:
        return Days(ruleset).make_all()
    except TooManyNodes:
        return None


def exact(program: Program) -> Exact | None:
    """The diagrams for the law of the program's day."""
    found = days(program.ruleset)
    return None if found is None else next(day for day in found.each if day.program.day == program.day)
