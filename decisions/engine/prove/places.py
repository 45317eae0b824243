"""Where in its file that stands which an obligation is about. NOT whether it holds."""

from __future__ import annotations

from decisions.engine.prove.report import Obligation
from decisions.engine.ruleset import Decision, Fact, Invariant, Question, Rule, RuleSet

Part = Decision | Fact | Invariant | Question | Rule


def place(ruleset: RuleSet, obligation: Obligation) -> str:
    """`file:line`, as an editor reads it."""
    return f"{ruleset.file}:{_part(ruleset, obligation).line}"


def _part(ruleset: RuleSet, obligation: Obligation) -> Part:
    """A subject begins with an id; of two rules, the first is the one to look at."""
    subject = obligation.subject.split()[0]
    match obligation.kind:
        case "total" | "value":
            return ruleset.decision(subject.split(".")[0])
        case "asked" | "matters":
            return ruleset.question(subject.split(".")[0])
        case "fact true" | "fact false":
            return ruleset.fact(subject)
        case "promise":
            return next(invariant for invariant in ruleset.invariants if invariant.id == subject)
    return ruleset.rule(subject)
