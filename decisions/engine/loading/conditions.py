"""Reads conditions, every name in them checked against `Names`. NOT their evaluation.

Where something is wrong it is noted and `Always` stands in, so that the rest of the file is still read.
"""

from __future__ import annotations

from decisions.engine.conditions import (
    ANY_ROW,
    EVERY_ROW,
    AllOf,
    Always,
    AnswerIs,
    AnyOf,
    Asked,
    Condition,
    DecisionIs,
    FactIs,
    InSet,
    Not,
)
from decisions.engine.loading.names import Names, nearest
from decisions.engine.loading.tree import Items, Mapping, Node, Text
from decisions.engine.ruleset import Question


class ConditionReader:
    """`where` names the place in messages: "rule `E1`"."""

    def __init__(self, names: Names, where: str) -> None:
        self.names = names
        self.where = where

    def wrong(self, line: int, what: str, remedy: str) -> Condition:
        self.names.problems.add(line, f"The {self.where} {what}", remedy)
        return Always()

    def read(self, node: Node) -> Condition:
        if isinstance(node, Text):
            return self._word(node)
        if isinstance(node, Items):
            return self._all(node.nodes, node.line)
        parts = tuple(self._pair(key, node.lines[key], child) for key, child in node.entries.items())
        if not parts:
            return self.wrong(node.line, "has an empty condition.", "Write `always` if it always holds.")
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _word(self, node: Text) -> Condition:
        if node.value == "always":
            return Always()
        if node.value in self.names.facts:
            return FactIs(node.value)
        if node.value in self.names.everything():
            return self.wrong(
                node.line, f"names `{node.value}` without saying what it should be.", f"Write {{{node.value}: …}}."
            )
        return self.wrong(
            node.line, f"names `{node.value}`, which is not a fact here.", nearest(node.value, self.names.facts)
        )

    def _all(self, nodes: tuple[Node, ...], line: int) -> Condition:
        if not nodes:
            return self.wrong(line, "has an empty list of conditions.", "Write `always` if it always holds.")
        parts = tuple(self.read(child) for child in nodes)
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _pair(self, key: str, line: int, node: Node) -> Condition:
        names = self.names
        if key in ("all", "any"):
            if not (isinstance(node, Items) and node.nodes):
                return self.wrong(line, f"has `{key}` without a list.", f"Write {{{key}: [A, B]}}.")
            return self._all(node.nodes, line) if key == "all" else AnyOf(tuple(map(self.read, node.nodes)))
        if key == "not":
            return Not(self.read(node))
        if key == "asked":
            return self._asked(node)
        if key in names.questions:
            return self._answer(names.questions[key], line, node)
        if key in names.decisions:
            return DecisionIs(key, self._choice(line, node, names.decisions[key], f"`{key}`"))
        if key in names.sets:
            return InSet(key, self._choice(line, node, names.sets[key], f"`{key}`"))
        if key in names.facts:
            return self.wrong(line, f"gives the fact `{key}` a value.", f"Write `{key}` alone, or {{not: {key}}}.")
        remedy = nearest(key, names.everything())
        return self.wrong(line, f"names `{key}`, which is no question, fact, decision or set.", remedy)

    def _asked(self, node: Node) -> Condition:
        name = node.value if isinstance(node, Text) else ""
        deciding = [question.id for question in self.names.questions.values() if not question.record]
        if name in deciding:
            return Asked(name)
        what = f"asks whether `{name}` is asked, which is no question that decides."
        return self.wrong(node.line, what, nearest(name, deciding))

    def _answer(self, question: Question, line: int, node: Node) -> Condition:
        if question.record:
            return self.wrong(
                line,
                f"names `{question.id}`, which is asked for the record only.",
                "Only questions that decide may be in a condition; remove `purpose: record` or the condition.",
            )
        label = f"`{question.id}`"
        if question.kind == "grid":
            return self._grid(question, line, node)
        if question.kind == "checkboxes" and node == Text("none", node.line):
            return AnswerIs(question.id, ())
        return AnswerIs(question.id, self._choice(line, node, question.option_ids, label))

    def _grid(self, question: Question, line: int, node: Node) -> Condition:
        rows = (*question.row_ids, ANY_ROW, EVERY_ROW)
        if not (isinstance(node, Mapping) and node.entries):
            return self.wrong(
                line, f"names the grid `{question.id}` without a row.", f"Write {{{question.id}: {{row: option}}}}."
            )
        parts: list[Condition] = []
        for row, child in node.entries.items():
            if row not in rows:
                self.wrong(node.lines[row], f"names `{row}`, which is no row of `{question.id}`.", nearest(row, rows))
            label = f"`{question.id}`, row `{row}`,"
            parts.append(AnswerIs(question.id, self._choice(line, child, question.option_ids, label), row))
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _choice(self, line: int, node: Node, known: tuple[str, ...], label: str) -> tuple[str, ...]:
        """Checked ids out of one id, a list of ids, or `{other_than: …}`."""
        if isinstance(node, Mapping) and tuple(node.entries) == ("other_than",):
            out = self._choice(line, node.entries["other_than"], known, label)
            left = tuple(name for name in known if name not in out)
            if known and not left:
                self.wrong(line, f"leaves {label} nothing to be.", "Name fewer in `other_than`.")
            return left
        nodes = node.nodes if isinstance(node, Items) else (node,)
        if not nodes or not all(isinstance(child, Text) for child in nodes):
            self.wrong(
                line, f"does not say what {label} should be.", "Write one id, [several, ids] or {other_than: id}."
            )
            return known[:1]
        texts = [child for child in nodes if isinstance(child, Text)]
        for child in texts:
            if child.value not in known:
                what = f"says {label} may be `{child.value}`, which is not offered."
                self.wrong(child.line, what, nearest(child.value, known))
        found = {child.value for child in texts}
        return tuple(name for name in known if name in found)
