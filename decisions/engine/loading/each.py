"""`each`: one entry of a list or mapping copied for every id of a list. NOT what the copies mean."""

from __future__ import annotations

from collections.abc import Iterator

from decisions.engine.loading.errors import Problems
from decisions.engine.loading.tree import Items, Mapping, Node, Text

Words = dict[str, str]


def expand(root: Mapping, problems: Problems) -> Mapping:
    """The same tree with every entry that carries `each` replaced by its copies."""
    return _Expander(root, problems).mapping(root)


class _Expander:
    def __init__(self, root: Mapping, problems: Problems) -> None:
        self.root = root
        self.problems = problems

    def node(self, node: Node) -> Node:
        if isinstance(node, Mapping):
            return self.mapping(node)
        if isinstance(node, Items):
            copies = (copy for child in node.nodes for _, copy in self.copies("", child, child.line))
            return Items(tuple(copies), node.line)
        return node

    def mapping(self, node: Mapping) -> Mapping:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, child in node.entries.items():
            line = node.lines[key]
            for name, copy in self.copies(key, child, line):
                if name in entries:
                    self.problems.add(
                        line, f"The copies of `{key}` share one id.", "Put $name of the `each` into the id."
                    )
                entries[name] = copy
                lines[name] = line
        return Mapping(entries, lines, node.line)

    def copies(self, key: str, node: Node, line: int) -> Iterator[tuple[str, Node]]:
        if not (isinstance(node, Mapping) and "each" in node.entries):
            yield key, self.node(node)
            return
        each = node.entries["each"]
        if not (isinstance(each, Mapping) and len(each.entries) == 1):
            self.problems.add(line, "`each` is not one name with a list.", "Write for example `each: {item: [a, b]}`.")
            return
        (name, source), *_ = each.entries.items()
        rest = Mapping({k: v for k, v in node.entries.items() if k != "each"}, node.lines, node.line)
        for value, words in self.values(source).items():
            swap = {f"${name}.text": words, f"${name}": value}
            yield _replaced(key, swap), self.node(_swapped(rest, swap))

    def values(self, source: Node) -> Words:
        """The ids that `each` stands for, with their words."""
        if isinstance(source, Items):
            return {child.value: child.value for child in source.nodes if isinstance(child, Text)}
        if isinstance(source, Text):
            found = self.option_list(source.value) or self.question(source.value)
            if found:
                return found
        self.problems.add(
            source.line,
            "`each` names no list, option list or question.",
            "Give ids in [ ], or a name defined in this file.",
        )
        return {}

    def option_list(self, name: str) -> Words:
        lists = self.root.entries.get("option_lists")
        return _words(lists.entries.get(name)) if isinstance(lists, Mapping) else {}

    def question(self, name: str) -> Words:
        questions = self.root.entries.get("questions")
        for node in questions.nodes if isinstance(questions, Items) else ():
            if isinstance(node, Mapping) and node.entries.get("id") == Text(name, node.lines.get("id", 0)):
                source = node.entries.get("rows", node.entries.get("options", node.entries.get("bands")))
                return self.option_list(source.value) if isinstance(source, Text) else _words(source)
        return {}


def _words(node: Node | None) -> Words:
    if not isinstance(node, Mapping):
        return {}
    return {key: _word(child) or key for key, child in node.entries.items()}


def _word(node: Node) -> str:
    if isinstance(node, Mapping):
        text = node.entries.get("text")
        return text.value if isinstance(text, Text) else ""
    return node.value if isinstance(node, Text) else ""


def _swapped(node: Node, swap: Words) -> Node:
    if isinstance(node, Mapping):
        entries = {_replaced(key, swap): _swapped(child, swap) for key, child in node.entries.items()}
        lines = {_replaced(key, swap): line for key, line in node.lines.items()}
        return Mapping(entries, lines, node.line)
    if isinstance(node, Items):
        return Items(tuple(_swapped(child, swap) for child in node.nodes), node.line)
    return Text(_replaced(node.value, swap), node.line)


def _replaced(text: str, swap: Words) -> str:
    for name, value in swap.items():
        text = text.replace(name, value)
    return text
