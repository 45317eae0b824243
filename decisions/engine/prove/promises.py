"""The rule set's own promises: invariants, and what its default may be. NOT what every rule set must hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from decisions.engine.conditions import Condition, conjuncts
from decisions.engine.diagrams import UNDECIDED, YES, end
from decisions.engine.exact import Exact
from decisions.engine.falling import Falling
from decisions.engine.prove.case import Case, percent
from decisions.engine.prove.report import Counterexample, Obligation
from decisions.engine.ruleset import DefaultGuard, Invariant, Monotone, Rank, Rule
from decisions.engine.search import Assignment, true
from decisions.engine.words import quoted

Pair = tuple[int, int]


def diagram(exact: Exact, condition: Condition) -> int:
    return exact.diagrams.of(exact.program.formula(condition))


def invariants(case: Case) -> Iterator[Obligation]:
    for invariant in case.ruleset.invariants:
        if invariant.monotone:
            yield from _monotone(case, invariant, invariant.monotone)
        else:
            goals = partial(_broken, invariant=invariant)
            yield case.never("promise", invariant.id, case.on(invariant.force), goals, _sentence(invariant))


def _sentence(invariant: Invariant) -> str:
    return f"The promise {invariant.id} ({quoted(invariant.text)}) is broken"


def _broken(exact: Exact, invariant: Invariant) -> list[int]:
    formula = exact.program.formula
    if invariant.never:
        return [formula(part) for part in conjuncts(invariant.never)]
    assert invariant.given  # the loader lets no other kind through
    assert invariant.then
    return [*(formula(part) for part in conjuncts(invariant.given)), -formula(invariant.then)]


def _monotone(case: Case, invariant: Invariant, monotone: Monotone) -> Iterator[Obligation]:
    """Every step up the order is one obligation."""
    for low, high in combinations(monotone.order, 2):
        subject = f"{invariant.id} {low} {high}"
        yield Obligation("promise", subject, _step(case, invariant, monotone, low, high))


def _step(case: Case, invariant: Invariant, monotone: Monotone, low: str, high: str) -> Counterexample | None:
    key = (monotone.question, monotone.row)
    for exact in case.on(invariant.force):
        level = exact.levels[key]
        places = (exact.places[(*key, low)], exact.places[(*key, high)])
        search = case.search(exact)
        for risk in _risks(case.falling, exact, monotone, level, places):
            goals = [*map(true, risk)]
            if search.possible(goals):
                example = search.smallest(goals)
                sentence = f"{_sentence(invariant)}: {_raised(case, exact, monotone, level, places, example)}"
                return case.counterexample(sentence, exact, example)
    return None


def _risks(falling: Falling, exact: Exact, monotone: Monotone, level: int, places: Pair) -> Iterator[list[int]]:
    """What must not be true together: of the sitting before the answer is raised, and of the same one after."""
    restrict, where = exact.diagrams.restrict, exact.diagrams.where
    low, high = places
    when = YES if monotone.when is None else exact.inlined(diagram(exact, monotone.when))
    if monotone.start and monotone.end:
        sides = (exact.inlined(diagram(exact, side)) for side in (monotone.start, monotone.end))
        yield [restrict(n, level, place) for side, place in zip(sides, places, strict=True) for n in (side, when)]
    else:
        assert monotone.rank  # the loader lets no other kind through
        choice = _ranked(exact, monotone.rank)
        if falling.falls(choice, when, level, places):
            ends = [end(place) for place in range(len(monotone.rank.order))]
            cuts = ((where(choice, *ends[cut:]), where(choice, *ends[:cut])) for cut in range(1, len(ends)))
            both = [restrict(when, level, place) for place in places]
            yield from ([restrict(strong, level, low), restrict(weak, level, high), *both] for strong, weak in cuts)


def _ranked(exact: Exact, rank: Rank) -> int:
    """The decision's rank, as a choice made by the answers; undecided where the value has none."""
    ranks = {value: end(place) for place, group in enumerate(rank.order) for value in group}
    names = {end(exact.places[rank.decision, None, value]): place for value, place in ranks.items()}
    return exact.diagrams.renamed(exact.inlined_choice(rank.decision), names, UNDECIDED)


def _raised(case: Case, exact: Exact, monotone: Monotone, level: int, places: Pair, example: Assignment) -> str:
    question = case.ruleset.question(monotone.question)
    low, high = (quoted(question.options[place].text) for place in places)
    where = f" for {quoted(question.row(monotone.row).text)}" if monotone.row else ""
    name = monotone.rank.decision if monotone.rank else case.ruleset.main.id
    choice = exact.inlined_choice(name)
    values = [_value(case, exact, choice, name, {**example, level: place}) for place in places]
    decision = quoted(case.ruleset.decision(name).text)
    return (
        f"changing {quoted(question.text)}{where} from {low} to {high} turns {decision} from {values[0]} to {values[1]}"
    )


def _value(case: Case, exact: Exact, choice: int, name: str, example: Assignment) -> str:
    """The value in the sitting that has the example's answers, and the first answer everywhere else."""
    while choice > YES:
        choice = exact.diagrams.kids[choice][example.get(exact.diagrams.level[choice], 0)]
    return (
        "nothing"
        if choice == UNDECIDED
        else case.name(name, exact.diagrams.variable(exact.levels[name, None]).values[end(choice)])
    )


def default(case: Case) -> Iterator[Obligation]:
    guard, otherwise = case.ruleset.default, case.ruleset.main.otherwise
    if guard and otherwise:
        yield Obligation("default", otherwise.id, _wrong_value(case, guard, otherwise))
        yield _never_when(case, guard, otherwise)
        yield Obligation("default share", otherwise.id, _too_often(case, guard, otherwise))


def _wrong_value(case: Case, guard: DefaultGuard, otherwise: Rule) -> Counterexample | None:
    if otherwise.then == guard.only:
        return None
    given, wanted = (case.name(guard.decision, value) for value in (otherwise.then or "", guard.only))
    return Counterexample(f"The default of {quoted(case.ruleset.main.text)} is {given}; it may only be {wanted}.")


def _never_when(case: Case, guard: DefaultGuard, otherwise: Rule) -> Obligation:
    def goals(exact: Exact) -> list[int]:
        return [exact.program.rules[otherwise.id].free, exact.program.formula(guard.never_when)]

    sentence = f"The default of {quoted(case.ruleset.main.text)} decides where it must not"
    return case.never("default never when", otherwise.id, case.days.each, goals, sentence)


def _too_often(case: Case, guard: DefaultGuard, otherwise: Rule) -> Counterexample | None:
    for exact in case.days.each:
        open_still = exact.of(exact.program.rules[otherwise.id].free)
        share = case.share(exact, open_still)
        if share > guard.at_most:
            sentence = (
                f"The default of {quoted(case.ruleset.main.text)} decides {percent(share)} of sittings, "
                f"more than {percent(guard.at_most)}"
            )
            return case.counterexample(sentence, exact, case.search(exact).smallest([true(open_still)]))
    return None
