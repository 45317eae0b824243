"""Three-valued evaluation: true, false or not yet known (strong Kleene). Pure; NOT explanation, NOT proof.

A state is one whole number with two bits for each formula, "known true" and "known false"; a formula of the
network is then two masks, and evaluating it is two operations however many parts it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from decisions.engine.answers import Answers, band
from decisions.engine.exact import Exact, Given, exact
from decisions.engine.formulas import TRUE, Leaf
from decisions.engine.lookup import Lookup, standing
from decisions.engine.program import TICKED, UNTICKED, Program, compiled
from decisions.engine.ruleset import Question, RuleSet

GUARDS, FACTS = " guards", " facts"  # no id can start with a space

BLOCK = 10  # of more gates, too few states recur
MOST = 1024

Gate = tuple[int, int, int, int]
Block = tuple[int, tuple[Gate, ...], dict[int, int]]
Bits = dict[tuple[str, str | None], dict[str, int]]
Boxes = tuple[tuple[str, int, int], ...]


def _block(gates: list[tuple[Gate, int]]) -> Block:
    """Gates that are worked out together, and once only for each state of what they name."""
    inputs = 0
    for _, named in gates:
        inputs |= named
    return inputs, tuple(gate for gate, _ in gates), {}


def _worked_out(state: int, gates: tuple[Gate, ...]) -> int:
    for some_false, when_false, whole, when_true in gates:
        if state & some_false:
            state |= when_false
        elif state & whole == whole:
            state |= when_true
    return state


class Evaluator:
    """The masks of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.longer = 1 << 4 * len(program.network.nodes)
        guards = {question.id: program.guards[question.id] for question in program.ruleset.questions}
        facts = {fact.id: program.facts[fact.id] for fact in program.ruleset.facts}
        tables = {GUARDS: guards, FACTS: facts, **program.values, **program.members}
        self.lookups = {name: Lookup(formulas, self.bit) for name, formulas in tables.items()}
        self.leaves: Bits = {}
        gates: list[tuple[Gate, int]] = []
        for number, node in enumerate(program.network.nodes[2:], start=2):
            if isinstance(node, Leaf):
                self._leaf(number, node)
            else:
                whole = sum(self.bit(part) for part in node)
                some_false = sum(self.bit(-part) for part in node)
                gates.append(((some_false, self.bit(-number), whole, self.bit(number)), whole | some_false))
        self.blocks = [_block(gates[first : first + BLOCK]) for first in range(0, len(gates), BLOCK)]
        self.banded = {q.id: q for q in program.ruleset.questions if q.bands and not q.record}
        self.listed = {q.id: q for q in program.ruleset.questions if q.kind == "checkboxes" and not q.record}
        self.boxes = {name: self._boxes(question) for name, question in self.listed.items()}
        self.ticked: dict[tuple[str, ...], int] = {}
        plain = (key for key in self.leaves if key[1] is None and key[0] not in self.banded)
        self.single = {key[0]: self.leaves[key] for key in plain}

    def bit(self, formula: int) -> int:
        """The bit that says the formula is known to be true."""
        return 1 << (2 * formula if formula > 0 else 1 - 2 * formula)

    def _leaf(self, number: int, leaf: Leaf) -> None:
        variable = self.program.network.variables[leaf.variable]
        bits = self.leaves.setdefault((variable.question, variable.part), {})
        for place, value in enumerate(variable.values):
            outcome = number if leaf.mask >> place & 1 else -number
            bits[value] = bits.get(value, 0) | self.bit(outcome)

    def _boxes(self, question: Question) -> Boxes:
        """Each box with its bits when it is ticked and when it is not."""
        known = ((option, self.leaves.get((question.id, option), {})) for option in question.option_ids)
        return tuple((option, bits.get(TICKED, 0), bits.get(UNTICKED, 0)) for option, bits in known)

    def state(self, answers: Answers, day: date) -> int:
        """The state of every formula; answers that are not offered count as not given."""
        state = self.bit(TRUE)
        for question, answer in answers.items():
            bits = self.single.get(question)
            if bits is None:
                state |= self._given(question, answer, day)
            elif answer.__class__ is str:
                state |= bits.get(answer, 0)
        return self.settle(state)

    def settle(self, state: int) -> int:
        """The state with every gate worked out from the leaves."""
        for inputs, gates, known in self.blocks:
            given = state & inputs
            found = known.get(given)
            if found is None:
                if len(known) >= MOST:
                    known.clear()
                found = known[given] = _worked_out(given, gates)
            state |= found
        return state

    def _given(self, question: str, answer: Any, day: date) -> int:
        if question in self.boxes:
            return self._ticked(question, answer)
        if question in self.banded:
            known = self.leaves.get((question, None), {})
            return known.get(band(self.banded[question], answer, day) or "", 0)
        if isinstance(answer, Mapping):
            return sum(self.leaves.get((question, row), {}).get(str(value), 0) for row, value in answer.items())
        return 0

    def given(self, answers: Answers, day: date) -> dict[Given, int]:
        """Each answer that decides, box by box and row by row, with its bits."""
        found: dict[Given, int] = {}
        for (question, part), values in self.leaves.items():
            if question in answers and (value := self._value(question, part, answers[question], day)) in values:
                found[question, part, value] = values[value]
        return found

    def _value(self, question: str, part: str | None, answer: Any, day: date) -> str:
        if question in self.listed:
            return (TICKED if part in answer else UNTICKED) if isinstance(answer, list | tuple) else ""
        if part is not None:
            return str(answer.get(part, "")) if isinstance(answer, Mapping) else ""
        if question in self.banded:
            answer = band(self.banded[question], answer, day)
        return answer if isinstance(answer, str) else ""

    def _ticked(self, question: str, answer: Any) -> int:
        """The bits of all boxes of a list; remembered, because few of the ways to tick them are common."""
        if not isinstance(answer, list | tuple):
            return 0
        given = question, *(option for option in answer if isinstance(option, str))
        found = self.ticked.get(given)
        if found is None:
            if len(self.ticked) >= MOST:
                self.ticked.clear()
            boxes = self.boxes[question]
            found = sum(ticked if option in answer else unticked for option, ticked, unticked in boxes)
            self.ticked[given] = found
        return found


@lru_cache(maxsize=64)
def _evaluator(program: Program) -> Evaluator:
    return Evaluator(program)


def evaluator(ruleset: RuleSet, day: date) -> Evaluator:
    return _evaluator(compiled(ruleset, day))


class Judgement:
    """What the rule set says so far. None means not yet known."""

    def __init__(self, evaluator: Evaluator, answers: Answers, day: date) -> None:
        self.evaluator = evaluator
        self.program = evaluator.program
        self.ruleset = evaluator.program.ruleset
        self.answers = answers
        self.day = day

    @cached_property
    def state(self) -> int:
        return self.evaluator.state(self.answers, self.day)

    @cached_property
    def status(self) -> str:
        """The state as one character for every two formulas (lookup.py): quicker to read than to shift."""
        return format(self.state | self.evaluator.longer, "x")[::-1]

    def known(self, formula: int) -> bool | None:
        return standing(formula)[self.status[abs(formula) // 2]]

    def fact(self, fact_id: str) -> bool | None:
        return self.known(self.program.facts[fact_id])

    @property
    def facts(self) -> dict[str, bool | None]:
        return self.evaluator.lookups[FACTS].read(self.status)

    @cached_property
    def given(self) -> dict[Given, int]:
        """Each answer that decides, with its bits."""
        return self.evaluator.given(self.answers, self.day)

    @cached_property
    def exact(self) -> Exact | None:
        """The diagrams; None past their budget."""
        return exact(self.program)

    @cached_property
    def assignment(self) -> dict[int, int]:
        """The answers, for the diagrams."""
        return self.exact.assignment(self.given) if self.exact else {}

    @cached_property
    def settled(self) -> dict[int, int]:
        """The answers and every decision that they force, for the diagrams."""
        return self.exact.settle(self.given) if self.exact else {}

    def value(self, decision_id: str) -> str | None:
        """Its one value, None where the answers do not settle it yet. Raises KeyError for an unknown id."""
        true, _ = self.evaluator.lookups[decision_id].split(self.state)
        if true or not self.exact:
            return true[0] if true else None
        return self.exact.value(decision_id, self.settled)

    def possible(self, decision_id: str) -> tuple[str, ...]:
        """The values not ruled out yet."""
        value = self.value(decision_id)
        return (value,) if value else self.evaluator.lookups[decision_id].split(self.state)[1]

    def members(self, set_id: str) -> tuple[str, ...]:
        """The items known to be in the set."""
        return self._members(set_id)[0]

    def open_members(self, set_id: str) -> tuple[str, ...]:
        """The items of which it is not yet known whether they are in."""
        return self._members(set_id)[1]

    def _members(self, set_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        true, unknown = self.evaluator.lookups[set_id].split(self.state)
        if not unknown or not self.exact:
            return true, unknown
        members = self.exact.members[set_id]
        exact = {item: self.exact.known(members[item], self.settled) for item in unknown}
        ins = tuple(item for item in self.program.members[set_id] if item in true or exact.get(item))
        return ins, tuple(item for item in unknown if exact[item] is None)

    def is_asked(self, question_id: str) -> bool | None:
        """Whether it is asked, relevant or not (see ask.py)."""
        true, unknown = self._guards
        if question_id not in unknown:
            return question_id in true
        return self.exact.known(self.exact.guard(question_id), self.settled) if self.exact else None

    @cached_property
    def _guards(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The questions that the syntax shows to be asked, and those of which it cannot say."""
        return self.evaluator.lookups[GUARDS].split(self.state)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The questions that the answers so far show to be asked, in order; relevant or not."""
        true, unknown = self._guards
        if not unknown:
            return true
        return tuple(question.id for question in self.ruleset.questions if self.is_asked(question.id))

    @cached_property
    def pending(self) -> tuple[str, ...]:
        return tuple(question for question in self.asked if question not in self.answers)


def judge(ruleset: RuleSet, answers: Answers, day: date) -> Judgement:
    """Judges the answers by the law of `day`."""
    return Judgement(evaluator(ruleset, day), answers, day)
