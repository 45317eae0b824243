"""The obligations of a proof put to a SAT solver: another encoding, another algorithm, the same answers expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from pysat.solvers import Minisat22

from decisions.engine.conditions import Condition, Not
from decisions.engine.formulas import TRUE, Leaf
from decisions.engine.program import Program
from decisions.engine.prove import Obligation
from decisions.engine.ruleset import InForce, Invariant, Monotone, RuleSet

Formulas = Iterable[int]


class Sat:
    """One program as clauses. A second copy shares every answer except the one that is raised."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.solver = Minisat22()
        self.answers = [[self._new() for _ in v.values] for v in program.network.variables]
        for choices in self.answers:
            self._one_of(choices)
        self.copies: dict[int | None, list[int]] = {None: self._encode(self.answers)}
        self.raised: dict[int, list[int]] = {}

    _count = 0

    def _new(self) -> int:
        self._count += 1
        return self._count

    def _one_of(self, choices: list[int]) -> None:
        self.solver.add_clause(choices)
        for one, other in combinations(choices, 2):
            self.solver.add_clause([-one, -other])

    def _encode(self, answers: list[list[int]]) -> list[int]:
        """A literal for every node of the network."""
        literals = [0]
        for number, node in enumerate(self.program.network.nodes[1:], start=1):
            literal = self._new()
            if isinstance(node, Leaf):
                chosen = [choice for place, choice in enumerate(answers[node.variable]) if node.mask >> place & 1]
                self.solver.add_clause([-literal, *chosen])
                for choice in chosen:
                    self.solver.add_clause([literal, -choice])
            else:
                parts = [] if number == TRUE else [self._signed(literals, part) for part in node]
                self.solver.add_clause([literal, *(-part for part in parts)])
                for part in parts:
                    self.solver.add_clause([-literal, part])
            literals.append(literal)
        return literals

    @staticmethod
    def _signed(literals: list[int], formula: int) -> int:
        return literals[abs(formula)] if formula > 0 else -literals[abs(formula)]

    def possible(self, formulas: Formulas, choices: Iterable[int] = ()) -> bool:
        wanted = [self._signed(self.copies[None], formula) for formula in formulas]
        return bool(self.solver.solve(assumptions=[*wanted, *choices]))

    def differ(self, variable: int, before: Formulas, after: Formulas, places: tuple[int, int] | None = None) -> bool:
        """Whether sittings that differ in one answer only have `before` and `after`."""
        if variable not in self.copies:
            copied = list(self.answers)
            copied[variable] = [self._new() for _ in self.answers[variable]]
            self._one_of(copied[variable])
            self.copies[variable] = self._encode(copied)
            self.raised[variable] = copied[variable]
        other = self.copies[variable]
        wanted = [self._signed(self.copies[None], formula) for formula in before]
        wanted += [self._signed(other, formula) for formula in after]
        if places:
            wanted += [self.answers[variable][places[0]], self.raised[variable][places[1]]]
        return bool(self.solver.solve(assumptions=wanted))


class SecondOpinion:
    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self.programs = [Program(ruleset, day) for day in ruleset.turning_days]
        for program in self.programs:
            for invariant in ruleset.invariants:
                for condition in _conditions(invariant):
                    program.formula(condition)
            if ruleset.default:
                program.formula(ruleset.default.never_when)
            for rule in ruleset.every_rule():
                program.when(rule)
            for decision in ruleset.decisions:
                self._free_of_all(program, decision.id)
        self.sats = [Sat(program) for program in self.programs]

    def _free_of_all(self, program: Program, decision: str, rank: int = 1 << 30) -> list[int]:
        """No rule of a layer above `rank` is live."""
        rules = program.rules.values()
        return [-rule.group for rule in rules if rule.home == decision and rule.rank < rank]

    def holds(self, obligation: Obligation) -> bool:
        """Whether the solver finds it to hold as well."""
        check = getattr(self, "_" + obligation.kind.replace(" ", "_"))
        return bool(check(*obligation.subject.split()))

    def _some_day(self, force: InForce, goals: Iterator[tuple[Sat, Formulas]]) -> bool:
        return any(sat.possible(found) for sat, found in goals if force.on(sat.program.day))

    def _total(self, decision: str) -> bool:
        return not any(sat.possible(-f for f in sat.program.values[decision].values()) for sat in self.sats)

    def _one_answer(self, one: str, other: str) -> bool:
        return not any(sat.possible(sat.program.rules[name].applies for name in (one, other)) for sat in self.sats)

    def _rule(self, name: str) -> bool:
        return self._some_day(InForce(), ((sat, [sat.program.rules[name].applies]) for sat in self.sats))

    def _not_shadowed(self, name: str, other: str) -> bool:
        pairs = ((sat.program.rules[name], sat.program.rules[other], sat) for sat in self.sats)
        return any(sat.possible([rule.applies, -shadow.live]) for rule, shadow, sat in pairs)

    def _value(self, subject: str) -> bool:
        decision, value = subject.split(".")
        return any(sat.possible([sat.program.values[decision][value]]) for sat in self.sats)

    def _exception(self, name: str) -> bool:
        rule = next(rule for rule in self.ruleset.every_rule() if name in [out.id for out in rule.exceptions])
        both = (rule, self.ruleset.rule(name))
        return any(sat.possible(sat.program.when(part) for part in both) for sat in self.sats)

    def _fact_true(self, name: str) -> bool:
        return any(sat.possible([sat.program.facts[name]]) for sat in self.sats)

    def _fact_false(self, name: str) -> bool:
        force = self.ruleset.fact(name).force
        return self._some_day(force, ((sat, [-sat.program.facts[name]]) for sat in self.sats))

    def _asked(self, name: str) -> bool:
        return any(sat.possible([sat.program.guards[name]]) for sat in self.sats)

    def _matters(self, subject: str) -> bool:
        question, _, part = subject.partition(".")
        return any(self._changes(sat, sat.program.place[question, part or None]) for sat in self.sats)

    def _changes(self, sat: Sat, variable: int) -> bool:
        program = sat.program
        goals = [formula for values in program.values.values() for formula in values.values()]
        goals += [formula for items in program.members.values() for formula in items.values()]
        goals += [program.guards[question.id] for question in self.ruleset.questions if question.record]
        return any(sat.differ(variable, [goal], [-goal]) for goal in goals)

    def _promise(self, name: str, low: str = "", high: str = "") -> bool:
        invariant = next(invariant for invariant in self.ruleset.invariants if invariant.id == name)
        sats = [sat for sat in self.sats if invariant.force.on(sat.program.day)]
        if invariant.monotone:
            return not any(self._falls(sat, invariant.monotone, low, high) for sat in sats)
        return not any(sat.possible(map(sat.program.formula, _goal(invariant))) for sat in sats)

    def _falls(self, sat: Sat, monotone: Monotone, low: str, high: str) -> bool:
        program = sat.program
        variable = program.place[monotone.question, monotone.row]
        values = program.network.variables[variable].values
        places = (values.index(low), values.index(high))
        when = [program.formula(monotone.when)] if monotone.when else []
        if monotone.start and monotone.end:
            start, stop = program.formula(monotone.start), program.formula(monotone.end)
            return sat.differ(variable, [start, *when], [stop, *when], places)
        rank = monotone.rank
        assert rank
        formulas = program.values[rank.decision]
        falls = [
            (formulas[strong], formulas[weak])
            for one, weaker in enumerate(rank.order)
            for stronger in rank.order[one + 1 :]
            for weak in weaker
            for strong in stronger
        ]
        return any(sat.differ(variable, [strong, *when], [weak, *when], places) for strong, weak in falls)

    def _default(self, name: str) -> bool:
        guard = self.ruleset.default
        return guard is not None and self.ruleset.rule(name).then == guard.only

    def _default_share(self, name: str) -> bool:
        """Nothing a solver can count: the diagrams' word is taken."""
        return self.ruleset.rule(name).id == name

    def _default_never_when(self, name: str) -> bool:
        guard = self.ruleset.default
        assert guard
        pairs = ((sat, sat.program.formula(guard.never_when)) for sat in self.sats)
        return not any(sat.possible([sat.program.rules[name].applies, never]) for sat, never in pairs)


def _goal(invariant: Invariant) -> list[Condition]:
    if invariant.never:
        return [invariant.never]
    assert invariant.given
    assert invariant.then
    return [invariant.given, Not(invariant.then)]


def _conditions(invariant: Invariant) -> Iterator[Condition]:
    if not invariant.monotone:
        yield from _goal(invariant)
        return
    for condition in (invariant.monotone.start, invariant.monotone.end, invariant.monotone.when):
        if condition:
            yield condition
