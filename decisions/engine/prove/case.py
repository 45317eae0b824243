"""One rule set under proof: its diagrams on every day, searches, and counterexamples in words. NOT the obligations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from decisions.engine.diagrams import NO, YES, Diagrams
from decisions.engine.exact import Days, Exact, Given
from decisions.engine.program import Program
from decisions.engine.prove.report import Counterexample, Obligation
from decisions.engine.ruleset import InForce, RuleSet
from decisions.engine.search import Assignment, Search
from decisions.engine.words import day_text, either, quoted, say_answer

Goals = Callable[[Exact], list[int]]


class Case:
    def __init__(self, days: Days) -> None:
        self.days = days
        self.ruleset: RuleSet = days.ruleset
        self.diagrams = days.diagrams
        self.searches = {
            exact.program.day: Search(self.diagrams, {level: (choice,) for level, choice in exact.links.items()})
            for exact in days.each
        }

    def on(self, force: InForce) -> tuple[Exact, ...]:
        """The turning days on which something is in force."""
        return tuple(exact for exact in self.days.each if force.on(exact.program.day))

    def search(self, exact: Exact) -> Search:
        return self.searches[exact.program.day]

    def never(self, kind: str, subject: str, days: Iterable[Exact], goals: Goals, sentence: str) -> Obligation:
        """The goals may meet on none of the days; `sentence` is what it means when they do."""
        for exact in days:
            if self.search(exact).possible(goals(exact)):
                example = self.search(exact).smallest(goals(exact))
                return Obligation(kind, subject, self.counterexample(sentence, exact, example))
        return Obligation(kind, subject)

    def some_day(self, days: Iterable[Exact], goals: Goals) -> bool:
        return any(self.search(exact).possible(goals(exact)) for exact in days)

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
        """How many different ones there are; in the author's order, where each guard stands below what it names."""
        diagrams = Diagrams(exact.program.network)
        return diagrams.count(_different(diagrams, exact.program))

    def share(self, exact: Exact, diagram: int) -> Fraction:
        """The share of the different sittings of that day in which the diagram is true."""
        both = self.diagrams.both(_different(self.diagrams, exact.program), diagram)
        return Fraction(self.diagrams.count(both), self.sittings(exact))

    def name(self, decision_id: str, value_id: str) -> str:
        return quoted(self.ruleset.decision(decision_id).value(value_id).text)


def _different(diagrams: Diagrams, program: Program) -> int:
    """True once for each different sitting: what is not asked is at its first."""
    result = YES
    for place, variable in reversed(list(enumerate(program.network.variables))):
        if not variable.decision:
            alone = diagrams.node(diagrams.level_of[place], (YES, *(NO for _ in variable.values[1:])))
            guard = diagrams.of(program.guards[variable.question])
            result = diagrams.both(result, diagrams.either(guard, alone))
    return result


def percent(share: Fraction) -> str:
    """0.123 %, never a zero that is not one."""
    found = float(share) * 100
    return f"{found:.3g} %"
