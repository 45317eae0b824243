"""Which questions can still matter, stage by stage: exactly by diagrams, or past their budget by syntax (Kleene).

NOT which of them comes first (ask.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decisions.engine.evaluate import Judgement
from decisions.engine.formulas import Leaf


def stages(judgement: Judgement) -> Iterator[frozenset[str]]:
    """Ids that can matter to the main decision, then to the other decisions and the sets, then to what is asked
    for the record."""
    if judgement.exact:
        first, *later = judgement.exact.stages
        yield judgement.exact.reach(first, judgement.assignment)[0]
        for roots in later:
            yield judgement.exact.reach(roots, judgement.settled)[0]
        return
    ruleset, program = judgement.ruleset, judgement.program
    main, *others = (decision.id for decision in ruleset.decisions)
    yield by_syntax(judgement, _open(judgement, main))
    names = (*others, *(item_set.id for item_set in ruleset.sets))
    yield by_syntax(judgement, (formula for name in names for formula in _open(judgement, name)))
    yield by_syntax(judgement, (program.guards[question.id] for question in ruleset.questions if question.record))


def moved_by(judgement: Judgement, question_id: str) -> Iterator[str]:
    """Names of the decisions and sets that a question can still change, itself or through a decision they wait for.

    One after the other, as they are asked for: each takes a while.
    """
    if judgement.exact:
        return judgement.exact.moved_by(question_id, judgement.given)
    program = judgement.program
    names = (*program.values, *program.members)
    return (name for name in names if question_id in by_syntax(judgement, _open(judgement, name)))


def _open(judgement: Judgement, name: str) -> Iterable[int]:
    program = judgement.program
    if name in program.members:
        return program.members[name].values()
    return program.values[name].values() if judgement.value(name) is None else ()


def by_syntax(judgement: Judgement, goals: Iterable[int]) -> frozenset[str]:
    """Ids of questions that the open formulas mention: all that matter, and now and then one that does not."""
    network = judgement.program.network
    found: set[str] = set()
    todo = [abs(goal) for goal in goals if judgement.known(goal) is None]
    seen = set(todo)
    while todo:
        node = network.nodes[todo.pop()]
        if isinstance(node, Leaf):
            found.add(network.variables[node.variable].question)
            continue
        open_parts = {abs(part) for part in node if judgement.known(part) is None} - seen
        seen |= open_parts
        todo.extend(open_parts)
    return frozenset(found)
