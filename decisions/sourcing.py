"""Which parts of a rule set rest on which source. NOT whether a source says so (see its status)."""

from collections.abc import Iterator

from decisions.engine.ruleset import Cites, Fact, Invariant, Rule, RuleSet


def uses(ruleset: RuleSet) -> dict[str, list[str]]:
    """Source id to the ids of the questions, options, facts, rules and invariants that cite it, in the file's order."""
    found: dict[str, list[str]] = {source: [] for source in ruleset.sources}
    for name, cites in _citing(ruleset):
        for source in dict.fromkeys(cite.source for cite in cites):
            found[source].append(name)
    return found


def _citing(ruleset: RuleSet) -> Iterator[tuple[str, Cites]]:
    for question in ruleset.questions:
        yield question.id, question.cite
        for option in question.options:
            yield f"{question.id}.{option.id}", option.myth_cite
    parts: tuple[Fact | Rule | Invariant, ...] = (*ruleset.facts, *ruleset.every_rule(), *ruleset.invariants)
    for part in parts:
        yield part.id, part.cite
