"""Reads the invariants and the top's `default`. NOT their proof."""

from __future__ import annotations

import re
from fractions import Fraction

from decisions.engine.conditions import Condition
from decisions.engine.loading.citing import read_cites
from decisions.engine.loading.conditions import ConditionReader
from decisions.engine.loading.fields import FORCE, RULE_ID, Fields
from decisions.engine.loading.names import Names, nearest
from decisions.engine.loading.rules import condition
from decisions.engine.loading.tree import Items, Mapping, Node, Text
from decisions.engine.ruleset import Decision, DefaultGuard, Invariant, Monotone, Rank

FORMS = ("never", "always", "monotone")


def read_invariant(names: Names, node: Node) -> Invariant:
    fields = Fields(names.problems, node, "invariant", ("id", "text", "cite", *FORMS, *FORCE))
    name = fields.id(RULE_ID)
    fields.what = f"invariant `{name}`"
    names.take_rule(name, fields.line)
    forms = [form for form in FORMS if fields.get(form) is not None]
    if len(forms) != 1:
        fields.wrong(
            f"The {fields.what} needs exactly one of never, always and monotone.", "Write one invariant for each."
        )
    given, then = _always(names, fields) if "always" in forms else (None, None)
    return Invariant(
        id=name,
        text=fields.text("text"),
        cite=read_cites(names, fields),
        never=condition(names, fields, "never") if "never" in forms else None,
        given=given,
        then=then,
        monotone=_monotone(names, fields) if "monotone" in forms else None,
        force=fields.force(),
        line=fields.line,
    )


def _inner(names: Names, fields: Fields, key: str, known: tuple[str, ...]) -> Fields:
    node = fields.get(key)
    return Fields(names.problems, node or Mapping({}, {}, fields.line), f"`{key}` of the {fields.what}", known)


def _always(names: Names, fields: Fields) -> tuple[Condition, Condition]:
    inner = _inner(names, fields, "always", ("if", "then"))
    return condition(names, inner, "if"), condition(names, inner, "then")


def _monotone(names: Names, fields: Fields) -> Monotone:
    inner = _inner(names, fields, "monotone", ("raise", "order", "rank", "never", "when"))
    question, row = _raised(names, inner)
    options = names.questions[question].option_ids if question in names.questions else ()
    order = inner.words("order")
    _check_order(inner, "order", order, options)
    if (inner.get("rank") is None) == (inner.get("never") is None):
        inner.wrong(f"The {inner.what} needs either `rank` or `never`.", "Write one of them.")
    start, end = _from_to(names, inner) if inner.get("never") else (None, None)
    rank = _rank(names, inner) if inner.get("rank") else None
    when = ConditionReader(names, inner.what).read(node) if (node := inner.get("when")) else None
    return Monotone(question, row, order, rank, start, end, when)


def _from_to(names: Names, fields: Fields) -> tuple[Condition, Condition]:
    inner = _inner(names, fields, "never", ("from", "to"))
    return condition(names, inner, "from"), condition(names, inner, "to")


def _raised(names: Names, fields: Fields) -> tuple[str, str | None]:
    node = fields.need("raise")
    question, row = "", None
    if isinstance(node, Mapping) and len(node.entries) == 1:
        ((question, child),) = node.entries.items()
        row = child.value if isinstance(child, Text) else ""
    elif isinstance(node, Text):
        question = node.value
    found = names.questions.get(question)
    grid = found is not None and found.kind == "grid"
    if (
        found is None
        or found.record
        or found.kind == "checkboxes"
        or (row not in found.row_ids if grid else row is not None)
    ):
        remedy = "Name a question that decides and has one answer, or {grid: row}."
        fields.wrong(f"The {fields.what} raises `{question}`, which has no single answer to raise.", remedy, "raise")
    return question, row


def _check_order(fields: Fields, key: str, order: tuple[str, ...], known: tuple[str, ...]) -> None:
    for name in order if known else ():
        if name not in known:
            fields.wrong(f"The {fields.what} orders `{name}`, which is not offered.", nearest(name, known), key)
    if order and (len(order) < 2 or len(set(order)) != len(order)):
        fields.wrong(
            f"`{key}` of the {fields.what} needs at least two different ids.", "List each once, lowest first.", key
        )


def _rank(names: Names, fields: Fields) -> Rank:
    inner = _inner(names, fields, "rank", ("decision", "order"))
    decision = inner.text("decision")
    if decision and decision not in names.decisions:
        inner.wrong(
            f"The {inner.what} ranks `{decision}`, which is no decision.",
            nearest(decision, names.decisions),
            "decision",
        )
    groups = []
    for node in inner.items("order"):
        nodes = node.nodes if isinstance(node, Items) else (node,)
        groups.append(tuple(child.value for child in nodes if isinstance(child, Text)))
    _check_order(inner, "order", tuple(value for group in groups for value in group), names.decisions.get(decision, ()))
    return Rank(decision, tuple(groups))


def read_default(names: Names, root: Fields, decisions: tuple[Decision, ...]) -> DefaultGuard | None:
    """Required, and only allowed, where the main decision has an `otherwise`."""
    otherwise = decisions[0].otherwise if decisions else None
    node = root.get("default")
    if node is None:
        if otherwise:
            root.problems.add(
                otherwise.line,
                "The main decision has an `otherwise`, but the top of the file does not say what it may be.",
                "Add `default: {decision: …, only: …, never_when: …, at_most: 1%}`.",
            )
        return None
    fields = Fields(names.problems, node, "default", ("decision", "only", "never_when", "at_most"))
    decision, only = fields.text("decision"), fields.text("only")
    if decisions and (not otherwise or decision != decisions[0].id):
        fields.wrong(
            "`default` is about the main decision, which is the first and has an `otherwise`.", "Correct or remove it."
        )
    known = names.decisions.get(decision, ())
    if known and only not in known:
        fields.wrong(f"`default` allows `{only}`, which is no value of `{decision}`.", nearest(only, known), "only")
    share = fields.text("at_most")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?%", share):
        fields.wrong(f"`at_most` is `{share}`.", "Write a percentage such as 1%.", "at_most")
        share = "0%"
    return DefaultGuard(decision, only, condition(names, fields, "never_when"), Fraction(share[:-1]) / 100)
