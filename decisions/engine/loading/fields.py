"""Reads the keys of one mapping, notes what is missing, unknown or of the wrong kind. NOT any key's meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from decisions.engine.loading.errors import Problems
from decisions.engine.loading.tree import KINDS, Items, Mapping, Node, Text
from decisions.engine.ruleset import FOREVER, InForce, Tags

RESERVED = frozenset(("always", "never", "all", "any", "not", "none", "every", "asked", "other_than"))
ID = re.compile(r"[a-z0-9][a-z0-9_]*")
RULE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
FORCE = ("from", "until", "off")


class Fields:
    """One mapping, read key by key. `what` names it in messages: "question `harm`"."""

    def __init__(self, problems: Problems, node: Node, what: str, known: tuple[str, ...]) -> None:
        self.problems = problems
        self.line = node.line
        self.what = what
        self.known = known
        self.node = node if isinstance(node, Mapping) else Mapping({}, {}, node.line)
        if not isinstance(node, Mapping):
            self.wrong(f"The {what} is {KINDS[type(node)]}, not a mapping.", "Write `key: value` lines.")
        for key in self.node.entries:
            if key not in known:
                self.wrong(f"The {what} has an unknown key `{key}`.", f"Use one of: {', '.join(known)}.", key)

    def wrong(self, what: str, remedy: str, key: str = "") -> None:
        self.problems.add(self.node.lines.get(key, self.line), what, remedy)

    def get(self, key: str) -> Node | None:
        return self.node.entries.get(key)

    def need(self, key: str) -> Node | None:
        found = self.get(key)
        if found is None:
            self.wrong(f"The {self.what} has no `{key}`.", f"Add `{key}:`.")
        return found

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key; required unless there is a default."""
        node = self.get(key) if default is not None else self.need(key)
        if isinstance(node, Text) and node.value:
            return node.value
        if node is not None:
            self.wrong(
                f"`{key}` of the {self.what} must be a text that is not empty.", "Write the words after the colon.", key
            )
        return default or ""

    def id(self, pattern: re.Pattern[str] = ID) -> str:
        name = self.text("id")
        if name:
            check_id(self.problems, name, self.node.lines.get("id", self.line), pattern)
        return name

    def flag(self, key: str) -> bool:
        value = self.text(key, "false")
        if value not in ("true", "false"):
            self.wrong(f"`{key}` of the {self.what} is `{value}`.", "Write true or false.", key)
        return value == "true"

    def number(self, key: str) -> int | None:
        value = self.text(key, "")
        if value and not re.fullmatch(r"-?\d{1,9}", value):
            self.wrong(
                f"`{key}` of the {self.what} is `{value}`, which is not a whole number.", "Write digits only.", key
            )
            return None
        return int(value) if value else None

    def day(self, key: str) -> date | None:
        value = self.text(key, "")
        if not value:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.wrong(
            f"`{key}` of the {self.what} is `{value}`, which is not a day.", "Write a real day as YYYY-MM-DD.", key
        )
        return None

    def force(self) -> InForce:
        start, until, off = self.day("from"), self.day("until"), self.flag("off")
        if off and (start or until):
            self.wrong(f"The {self.what} is `off` and has dates.", "Remove `off` once the law has a date.", "off")
        if start and until and until < start:
            self.wrong(
                f"The {self.what} ends before it begins.", "`until` is the last day, on or after `from`.", "until"
            )
        return InForce(start, until, off) if start or until or off else FOREVER

    def tags(self) -> Tags:
        node = self.get("tags")
        if node is None:
            return {}
        if isinstance(node, Mapping):
            pairs = {key: child.value for key, child in node.entries.items() if isinstance(child, Text)}
            if len(pairs) == len(node.entries):
                return pairs
        self.wrong(
            f"`tags` of the {self.what} is not a mapping of text to text.", "Write `tags: {due: same_day}`.", "tags"
        )
        return {}

    def items(self, key: str, required: bool = True) -> tuple[Node, ...]:
        node = self.need(key) if required else self.get(key)
        if isinstance(node, Items) and (node.nodes or not required):
            return node.nodes
        if node is not None:
            self.wrong(f"`{key}` of the {self.what} must be a list.", "Write one `- ` line for each entry.", key)
        return ()

    def mapping(self, key: str, required: bool = True) -> Iterator[tuple[str, int, Node]]:
        """Key, line and value of each entry."""
        node = self.need(key) if required else self.get(key)
        if isinstance(node, Mapping) and (node.entries or not required):
            for name, child in node.entries.items():
                yield name, node.lines[name], child
        elif node is not None:
            self.wrong(f"`{key}` of the {self.what} must be a mapping.", "Write `id: …` lines under it.", key)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of plain texts, or one text."""
        node = self.need(key)
        nodes = (node,) if isinstance(node, Text) else self.items(key)
        found = tuple(child.value for child in nodes if isinstance(child, Text))
        if len(found) != len(nodes):
            self.wrong(f"`{key}` of the {self.what} must list ids.", "Write for example [a, b].", key)
            return ()
        return found


def check_id(problems: Problems, name: str, line: int, pattern: re.Pattern[str] = ID) -> None:
    if not pattern.fullmatch(name):
        remedy = "Use lower-case letters, digits and _." if pattern is ID else "Use letters, digits and _ . -"
        problems.add(line, f"`{name}` cannot be an id.", remedy)
    elif name in RESERVED:
        problems.add(line, f"`{name}` is a reserved word and cannot be an id.", "Choose another id.")
