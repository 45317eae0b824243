"""The same answers before another edition: what it says, what it would still have to ask, which rules differ.

Reads nothing and writes nothing; a record that is re-run stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from decisions.engine import ask
from decisions.engine.evaluate import Judgement, judge
from decisions.engine.ruleset import RuleSet


@dataclass(frozen=True)
class Side:
    """One edition's view. `possible` holds several outcomes while it would still ask `open_questions`."""

    edition: str
    possible: tuple[str, ...]
    rules: tuple[str, ...]
    open_questions: tuple[str, ...]

    @property
    def outcome(self) -> str | None:
        return self.possible[0] if len(self.possible) == 1 else None


@dataclass(frozen=True)
class Rerun:
    recorded: Side
    other: Side

    @property
    def same_outcome(self) -> bool:
        return self.recorded.outcome is not None and self.recorded.outcome == self.other.outcome

    @property
    def lines(self) -> list[str]:
        """The comparison in sentences."""
        settled = self.recorded.outcome and self.other.outcome
        verdict = "The same." if self.same_outcome else "Different." if settled else "More answers would be needed."
        return [*_said(self.recorded), *_said(self.other), verdict]


def rerun(answers: Mapping[str, Any], recorded: RuleSet, other: RuleSet, day: date) -> Rerun:
    """`day` is the day of the record; the other edition judges it by its own law nearest to that day."""
    return Rerun(_side(recorded, answers, day), _side(other, answers, day))


def _side(ruleset: RuleSet, answers: Mapping[str, Any], day: date) -> Side:
    kept, _ = ask.replay(ruleset, answers, day)
    judgement = judge(ruleset, kept, day)
    main = ruleset.main.id
    open_ = ask.next_question(ruleset, kept, day) if len(judgement.possible(main)) > 1 else None
    return Side(
        edition=ruleset.edition,
        possible=judgement.possible(main),
        rules=_fired(judgement, main),
        open_questions=(open_.text,) if open_ else (),
    )


def _fired(judgement: Judgement, decision: str) -> tuple[str, ...]:
    """Why: the reasons of the rules that settled the decision."""
    rules = judgement.program.rules.values()
    return tuple(r.rule.because for r in rules if r.home == decision and judgement.known(r.applies))


def _said(side: Side) -> list[str]:
    if side.outcome:
        return [f"{side.edition}: {side.outcome}.", *(f"  {reason}" for reason in side.rules)]
    asks = f" It would still ask: {side.open_questions[0]}" if side.open_questions else ""
    return [f"{side.edition}: {' or '.join(side.possible)}.{asks}"]
