"""One rule set under proof: its diagrams on every day, searches, and counterexamples in words. NOT the obligations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from decisions.engine.counting import Sittings
from decisions.engine.exact import Days, Exact, Given
from decisions.engine.falling import Falling
from decisions.engine.prove.report import Counterexample, Obligation
from decisions.engine.ruleset import InForce, RuleSet
from decisions.engine.search import Assignment, Search
from decisions.engine.witnesses import Witnesses, columns
from decisions.engine.words import day_text, either, quoted, say_answer

Goals = Callable[[Exact], list[int]]  # formulas


class Case:
    def __init__(self, days: Days) -> None:
        self.days = days
        self.ruleset: RuleSet = days.ruleset
        self.diagrams = days.diagrams
        self.searches = {exact.program.day: exact.search() for exact in days.each}
        self.falling = Falling(days.diagrams)
        drawn = columns(days.network.variables)
        self.witnesses = {exact.program.day: Witnesses(exact.program, drawn) for exact in days.each}

    def on(self, force: InForce) -> tuple[Exact, ...]:
        """The turning days on which something is in force."""
        return tuple(exact for exact in self.days.each if force.on(exact.program.day))

    def search(self, exact: Exact) -> Search:
        return self.searches[exact.program.day]

    def never(self, kind: str, subject: str, days: Iterable[Exact], goals: Goals, sentence: str) -> Obligation:
        """The goals may meet on none of the days; `sentence` is what it means when they do."""
        for exact in days:
            if self.possible(exact, goals(exact)):
                example = self.search(exact).smallest(map(exact.goal, goals(exact)))
                return Obligation(kind, subject, self.counterexample(sentence, exact, example))
        return Obligation(kind, subject)

    def some_day(self, days: Iterable[Exact], goals: Goals) -> bool:
        return any(self.possible(exact, goals(exact)) for exact in days)

    def possible(self, exact: Exact, goals: list[int]) -> bool:
        """Whether some sitting makes all these formulas true: one that is drawn, or one that is searched for."""
        return self.witnesses[exact.program.day].any(goals) or self.search(exact).possible(map(exact.goal, goals))

    def counterexample(self, sentence: str, exact: Exact, example: Assignment) -> Counterexample:
        answers = tuple(exact.given(example))
        day = exact.program.day
        return Counterexample(f"{sentence}{self.conditions(answers)}{self._dated(day)}.", answers, day)

    def conditions(self, answers: tuple[Given, ...]) -> str:
        """`, for example if … and …`; nothing where no answer is needed."""
        words = [say_answer(self.ruleset.question(question), part, value) for question, part, value in answers]
        return f", for example if {either(words, 'and')}" if words else ", whatever is answered"

    def _dated(self, day: date) -> str:
        return f", from {day_text(day)}" if len(self.days.each) > 1 else ""

    def sittings(self, exact: Exact) -> int:
        """How many different ones there are."""
        return self._counted(exact).count()

    def share(self, exact: Exact, diagram: int) -> Fraction:
        """The share of the different sittings of that day in which the diagram is true."""
        counted = self._counted(exact)
        return Fraction(counted.count(diagram), counted.count())

    def _counted(self, exact: Exact) -> Sittings:
        variables = enumerate(exact.program.network.variables)
        guards = {place: exact.guards[variable.question] for place, variable in variables if not variable.decision}
        return Sittings(self.diagrams, guards)

    def name(self, decision_id: str, value_id: str) -> str:
        return quoted(self.ruleset.decision(decision_id).value(value_id).text)


def percent(share: Fraction) -> str:
    """0.123 %, never a zero that is not one."""
    found = float(share) * 100
    return f"{found:.3g} %"
