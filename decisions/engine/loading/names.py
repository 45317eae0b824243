"""Every name a condition or citation may use, gathered before any condition is read. NOT their definitions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from decisions.engine.loading.errors import Problems
from decisions.engine.loading.fields import check_id
from decisions.engine.loading.tree import Items, Mapping, Node, Text
from decisions.engine.ruleset import Question


@dataclass
class Names:
    problems: Problems
    sources: tuple[str, ...] = ()
    questions: dict[str, Question] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    decisions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rule_lines: dict[str, int] = field(default_factory=dict)

    def everything(self) -> tuple[str, ...]:
        return (*self.questions, *self.facts, *self.decisions, *self.sets)

    def collect(self, root: Mapping) -> None:
        """The names of facts, decisions and sets; the questions are there already."""
        taken = dict.fromkeys(self.questions, 0) | {name: question.line for name, question in self.questions.items()}
        facts = root.entries.get("facts")
        if isinstance(facts, Mapping):
            for name, line in facts.lines.items():
                self._take(taken, name, line)
            self.facts = tuple(facts.entries)
        self.decisions = self._parts(taken, root.entries.get("decisions"), "values")
        self.sets = self._parts(taken, root.entries.get("sets"), "items")

    def _parts(self, taken: dict[str, int], node: Node | None, key: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for child in node.nodes if isinstance(node, Items) else ():
            name = child.entries.get("id") if isinstance(child, Mapping) else None
            if isinstance(child, Mapping) and isinstance(name, Text):
                self._take(taken, name.value, name.line)
                parts = child.entries.get(key)
                found[name.value] = tuple(parts.entries) if isinstance(parts, Mapping) else ()
        return found

    def _take(self, taken: dict[str, int], name: str, line: int) -> None:
        check_id(self.problems, name, line)
        if name in taken:
            self.problems.add(
                line,
                f"`{name}` is the id of something else as well (line {taken[name]}).",
                "Questions, facts, decisions and sets share one list of ids; rename one.",
            )
        taken[name] = line

    def take_rule(self, name: str, line: int) -> None:
        """Rule and invariant ids are unique in the file, because records quote them."""
        if name in self.rule_lines:
            self.problems.add(
                line, f"The id `{name}` is used twice (first on line {self.rule_lines[name]}).", "Rename one."
            )
        self.rule_lines.setdefault(name, line)


def nearest(name: str, known: Iterable[str]) -> str:
    """What to do about an unknown name: the likeliest one, or all of them."""
    names = tuple(known)
    close = get_close_matches(name, names, 1)
    if close:
        return f"Did you mean `{close[0]}`?"
    return f"Use one of: {', '.join(names)}." if names else "There are none in this file yet."
