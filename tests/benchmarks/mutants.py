"""Who notices a fault in the newest edition: `make bench NAME=mutants`, or ALL=1 for every single fault.

Every fault takes about a quarter of an hour where nothing else runs.

Each mutant has one fault (faults.py). It is put to the proof alone, to the covering sittings, and to the comparison
with the edition itself, which is what a release must pass. A mutant that decides nothing otherwise is no fault.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from random import Random

from decisions.engine.cover import Cover, cover
from decisions.engine.diagrams import UNDECIDED
from decisions.engine.evaluate import judge
from decisions.engine.exact import Days, Exact
from decisions.engine.loading import load
from decisions.engine.prove import Case, obligations
from decisions.engine.ruleset import RuleSet
from decisions.engine.search import Search, true
from tests.benchmarks.faults import mutants
from tests.benchmarks.report import Figure, at_least, publish
from tests.engine.test_diagrams import EDITIONS

SAMPLE, EACH = 200, 20  # the diagrams of so many mutants are kept together


def differs(base: Days, other: Days) -> bool:
    """Whether a comparison of the two has a line."""
    return any(
        _possible(base, old, new, goals)
        for old, new in zip(base.each, other.each, strict=True)
        for goals in _differences(base, old, new)
    )


def _possible(base: Days, old: Exact, new: Exact, goals: list[int]) -> bool:
    links = {level: tuple({old.links[level], new.links[level]}) for level in old.links}
    return Search(base.diagrams, links).possible(map(true, goals))


def _differences(base: Days, old: Exact, new: Exact) -> Iterator[list[int]]:
    diagrams = base.diagrams
    for name, choice in old.choices.items():
        if choice != new.choices[name]:
            for before in diagrams.ends(choice) - {UNDECIDED}:
                yield [diagrams.where(choice, before), diagrams.negation(diagrams.where(new.choices[name], before))]
    for one, other in zip(_members(old), _members(new), strict=True):
        if one != other:
            yield [one, diagrams.negation(other)]
            yield [diagrams.negation(one), other]


def _members(exact: Exact) -> list[int]:
    return [*(node for items in exact.members.values() for node in items.values()), *exact.guards.values()]


def covering_notices(ruleset: RuleSet, covering: Cover) -> bool:
    for sitting in covering.sittings:
        judgement = judge(ruleset, sitting.answers, sitting.day)
        if any(judgement.value(name) != value for name, value in sitting.decisions.items()):
            return True
        if any(set(judgement.members(name)) != set(items) for name, items in sitting.sets.items()):
            return True
    return False


def study(ruleset: RuleSet, count: int | None) -> Counter[str]:
    covering, found = cover(ruleset), Counter[str]()
    every = list(mutants(ruleset))
    chosen = every if count is None else Random(count).sample(every, count)
    for number, (what, mutant) in enumerate(chosen):
        if number % EACH == 0:
            base = Days(ruleset)
        other = Days(mutant, beside=base)
        found["mutants"] += 1
        compared, covered = differs(base, other), covering_notices(mutant, covering)
        if compared or covered:
            proof = any(obligation.broken for obligation in obligations(Case(other)))
            found["real"] += 1
            found["proof"] += proof
            found["covering"] += covered
            found["either"] += proof or covered
            found["any"] += proof or covered or compared
            if not (proof or covered):
                print(f"noticed only by the comparison: {what}")  # noqa: T201
    return found


def share(what: str, caught: int, real: int) -> Figure:
    return Figure(what, round(100 * caught / real, 1), "%", "none", True)


def main() -> None:
    found = study(load(EDITIONS[-1]), None if os.environ.get("ALL") else SAMPLE)
    real = max(found["real"], 1)
    publish(
        "mutants",
        [
            Figure("mutants tried", found["mutants"], "", "none", True),
            Figure("mutants that decide something otherwise", found["real"], "", "none", True),
            at_least("of these caught by the proof alone", 100 * found["proof"] / real, "%", 60),
            share("caught by the covering sittings alone", found["covering"], real),
            share("caught by proof or covering", found["either"], real),
            at_least("caught by proof, covering or comparison", 100 * found["any"] / real, "%", 100),
        ],
    )


if __name__ == "__main__":
    main()
