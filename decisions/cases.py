"""Cases: facts, the answers a person would give, and what was right. Each is walked through the guide and compared.

Knows the engine and the editions; NOT the database, NOT the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any

from decisions import editions
from decisions.engine import ask
from decisions.engine.evaluate import Judgement, judge
from decisions.engine.loading.errors import Problems
from decisions.engine.loading.tree import compose, plain
from decisions.engine.ruleset import RuleSet

FOLDER = Path(__file__).parent / "rulesets" / "cases"
SHARE, REFUSE = "share", "refuse"


@dataclass(frozen=True)
class Given:
    """One answer, with the words of the facts that justify it; without a quote it must be "not sure"."""

    question: str
    answer: str | list[str]
    quote: str


@dataclass(frozen=True)
class Case:
    id: str
    title: str
    source: str
    day: date
    edition: str
    facts: str
    organisation: Mapping[str, str]
    answers: tuple[Given, ...]
    expected: str
    also_acceptable: tuple[str, ...]
    grounds: Mapping[str, Any]
    remark: str
    authority_said: tuple[str, ...] = ()

    @property
    def acceptable(self) -> tuple[str, ...]:
        return (self.expected, *self.also_acceptable)


def read(path: Path) -> Case:
    """Raises RuleSetErrors for a file that is not YAML, KeyError for a missing part."""
    problems = Problems(str(path))
    raw = plain(compose(path.read_text(encoding="utf-8"), problems))
    problems.raise_if_any()
    return Case(
        id=raw["case"],
        title=raw["title"],
        source=raw["source"],
        day=date.fromisoformat(raw["day"]),
        edition=raw["edition"],
        facts=raw["facts"],
        organisation=raw["organisation"],
        answers=tuple(Given(g["question"], g["answer"], g.get("quote", "")) for g in raw["answers"]),
        expected=raw["expected"],
        also_acceptable=tuple(raw["also_acceptable"]),
        grounds=raw["grounds"],
        remark=raw.get("remark", ""),
        authority_said=tuple(raw.get("authority_said", ())),
    )


def published() -> list[Case]:
    return [read(path) for path in sorted(FOLDER.glob("*.yaml"))]


def own() -> list[Case]:
    """Cases of our own, made from the rules of law and guidance."""
    return [read(path) for path in sorted((FOLDER / "own").glob("*.yaml"))]


@dataclass(frozen=True)
class Sitting:
    """One case walked through the guide, question by question, as a person would."""

    case: Case
    ruleset: RuleSet
    judgement: Judgement
    asked: tuple[str, ...]
    to_outcome: int
    unanswered: str

    @property
    def outcome(self) -> str:
        return self.judgement.value(self.ruleset.main.id) or "not settled"

    @property
    def exact(self) -> bool:
        return self.outcome == self.case.expected

    @property
    def acceptable(self) -> bool:
        return self.outcome in self.case.acceptable

    @property
    def blocked(self) -> bool:
        """Something should have been shared, and we did not say so."""
        return not self.acceptable and self._kind(self.case.expected) == SHARE and self._kind(self.outcome) != SHARE

    @property
    def waved_through(self) -> bool:
        """Nothing should have been shared yet, and we said share."""
        return not self.acceptable and self._kind(self.case.expected) != SHARE and self._kind(self.outcome) == SHARE

    @cached_property
    def missing_grounds(self) -> list[str]:
        """Rules, values and items that the case rests on and that did not come out; and those that should not have."""
        grounds, judgement = self.case.grounds, self.judgement
        rules = [r for r in grounds.get("rules", ()) if not judgement.known(judgement.program.rules[r].applies)]
        values = [f"{d}={v}" for d, v in grounds.get("decisions", {}).items() if judgement.value(d) != v]
        items = [f"{s}.{i}" for s, wanted in grounds.get("sets", {}).items() for i in self._absent(s, wanted)]
        extra = [f"not {s}.{i}" for s, barred in grounds.get("absent", {}).items() for i in self._present(s, barred)]
        return [*rules, *values, *items, *extra]

    def _absent(self, set_id: str, items: Iterable[str]) -> list[str]:
        return [item for item in items if item not in self.judgement.members(set_id)]

    def _present(self, set_id: str, items: Iterable[str]) -> list[str]:
        return [item for item in items if item in self.judgement.members(set_id)]

    def _kind(self, outcome: str) -> str:
        values = {value.id: value.tags.get("kind", "") for value in self.ruleset.main.values}
        return values.get(outcome, "")


def sit(case: Case, ruleset: RuleSet | None = None) -> Sitting:
    """Answer what the guide asks until it asks no more, or asks what the case does not answer."""
    ruleset = ruleset or editions.get(case.edition)
    prepared = {given.question: given.answer for given in case.answers}
    answers: dict[str, Any] = dict(case.organisation)
    asked: list[str] = []
    to_outcome, unanswered = -1, ""
    while True:
        if to_outcome < 0 and ask.settled(ruleset, answers, case.day):
            to_outcome = len(asked)
        question = ask.next_question(ruleset, answers, case.day)
        if question is None or question.id not in prepared:
            unanswered = question.id if question else ""
            break
        answers[question.id] = ask.check_answer(question, prepared[question.id])
        asked.append(question.id)
    return Sitting(case, ruleset, judge(ruleset, answers, case.day), tuple(asked), to_outcome, unanswered)


@dataclass(frozen=True)
class Tally:
    """What the walked cases add up to; acceptable counts the exact ones too."""

    sittings: tuple[Sitting, ...]

    def as_json(self) -> dict[str, Any]:
        sittings = self.sittings
        return {
            "cases": len(sittings),
            "exact": sum(s.exact for s in sittings),
            "acceptable": sum(s.acceptable for s in sittings),
            "blocked": sum(s.blocked for s in sittings),
            "waved_through": sum(s.waved_through for s in sittings),
            "questions_to_outcome": median(s.to_outcome for s in sittings),
            "questions": median(len(s.asked) for s in sittings),
            "most_questions": max(len(s.asked) for s in sittings),
        }


def tally(cases: Iterable[Case]) -> Tally:
    return Tally(tuple(sit(case) for case in cases))
