"""Rule-set file → `RuleSet`, or every error at once, each with file:line and a remedy. NOT a proof of anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from decisions.engine.loading.checks import check_circles, check_guards
from decisions.engine.loading.citing import read_sources
from decisions.engine.loading.conditions import ConditionReader
from decisions.engine.loading.each import expand
from decisions.engine.loading.errors import Problems, RuleSetError, RuleSetErrors
from decisions.engine.loading.fields import Fields
from decisions.engine.loading.invariants import read_default, read_invariant
from decisions.engine.loading.names import Names, nearest
from decisions.engine.loading.questions import QuestionReader, check_twice, read_option_lists
from decisions.engine.loading.rules import read_decision, read_facts, read_set
from decisions.engine.loading.tree import Mapping, Node, compose, content_hash
from decisions.engine.ruleset import FOREVER, InForce, Question, RuleSet, Section

__all__ = ["RuleSetError", "RuleSetErrors", "load", "loads"]

TOP = ("ruleset", "edition", "title", "effective", "default", "diagram_order", "sections", "sources")
PARTS = ("option_lists", "questions", "facts", "decisions", "sets", "invariants")


def load(path: Path) -> RuleSet:
    """Raises RuleSetErrors; OSError where the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        what, remedy = "This file is not UTF-8 text.", "Save it as UTF-8."
        raise RuleSetErrors((RuleSetError(str(path), 1, what, remedy),)) from error
    return loads(text, str(path))


def loads(text: str, name: str = "rule set") -> RuleSet:
    """As `load`, for text at hand; `name` stands in the messages."""
    problems = Problems(name)
    document = compose(text, problems)
    fields = Fields(problems, expand(document, problems), "rule set", (*TOP, *PARTS))
    names = Names(problems)
    ruleset = _read(names, fields, content_hash(document))
    problems.raise_if_any()
    return ruleset


def _read(names: Names, root: Fields, digest: str) -> RuleSet:
    sources = read_sources(names, root)
    names.sources = tuple(sources)
    sections = tuple(_section(names, node) for node in root.items("sections"))
    questions = _questions(names, root, tuple(section.id for section in sections))
    facts = read_facts(names, root)
    decisions = tuple(read_decision(names, node) for node in root.items("decisions"))
    sets = tuple(read_set(names, node) for node in root.items("sets", required=False))
    invariants = tuple(read_invariant(names, node) for node in root.items("invariants", required=False))
    check_guards(names.problems, questions, facts, frozenset((*names.decisions, *names.sets)))
    check_circles(names.problems, facts, decisions, sets)
    return RuleSet(
        name=root.text("ruleset"),
        edition=root.text("edition"),
        title=root.text("title"),
        effective=_effective(root),
        sections=sections,
        sources=sources,
        questions=questions,
        facts=facts,
        decisions=decisions,
        sets=sets,
        invariants=invariants,
        default=read_default(names, root, decisions),
        diagram_order=_diagram_order(names, root),
        content_hash=digest,
        file=names.problems.file,
    )


def _section(names: Names, node: Node) -> Section:
    fields = Fields(names.problems, node, "section", ("id", "title"))
    return Section(fields.id(), fields.text("title"))


def _effective(root: Fields) -> InForce:
    node = root.need("effective")
    if node is None:
        return FOREVER
    fields = Fields(root.problems, node, "`effective`", ("from", "until"))
    if isinstance(node, Mapping):
        fields.need("from")
    return fields.force()


def _diagram_order(names: Names, root: Fields) -> tuple[str, ...]:
    found = root.words("diagram_order") if root.get("diagram_order") else ()
    for name in found:
        if name not in names.questions:
            root.wrong(f"There is no question `{name}`.", nearest(name, names.questions), "diagram_order")
    return found


def _questions(names: Names, root: Fields, sections: tuple[str, ...]) -> tuple[Question, ...]:
    """Twice over the list: the questions themselves, then, all names known, when each is asked."""
    reader = QuestionReader(names, sections, read_option_lists(names, root))
    nodes = root.items("questions")
    read = [reader.read(node) for node in nodes]
    check_twice(names.problems, read)
    names.questions = {question.id: question for question in read}
    names.collect(root.node)
    return tuple(_guarded(names, question, node) for question, node in zip(read, nodes, strict=True))


def _guarded(names: Names, question: Question, node: Node) -> Question:
    guard = node.entries.get("ask_when") if isinstance(node, Mapping) else None
    if guard is None:
        return question
    return replace(question, ask_when=ConditionReader(names, f"question `{question.id}`").read(guard))
