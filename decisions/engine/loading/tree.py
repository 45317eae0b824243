"""YAML text → a tree of text, lists and mappings that remember their lines. NOT what the keys mean.

Every scalar stays text: `no`, `16_17` and `2026.1` mean what the author typed.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import Any

import yaml

from decisions.engine.loading.errors import Problems


@dataclass(frozen=True, slots=True)
class Text:
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    nodes: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """`lines` holds the line of each key."""

    entries: dict[str, Node]
    lines: dict[str, int]
    line: int


Node = Text | Items | Mapping
KINDS = {Text: "a text", Items: "a list", Mapping: "a mapping"}


def compose(text: str, problems: Problems) -> Mapping:
    """Text → tree. Raises RuleSetErrors at once where the text is not YAML or not a mapping."""
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.fatal(line, f"This is not YAML: {error.problem}.", "Check the indentation, quotes and brackets here.")
    except yaml.reader.ReaderError as error:
        line = text.encode().count(b"\n", 0, error.position) + 1
        problems.fatal(line, "There is a character that YAML does not allow.", "Remove the control character.")
    if not isinstance(root, yaml.MappingNode):
        problems.fatal(1, "This file is not a mapping of keys.", "Start it with `ruleset: name`.")
    return _mapping(root, problems, set())


def _node(node: yaml.Node, problems: Problems, seen: set[int]) -> Node:
    line = node.start_mark.line + 1
    if id(node) in seen:
        problems.fatal(line, "This part is used twice (`*name`).", "Write it out, or use an option list or `each`.")
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, problems, seen)
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_node(child, problems, seen) for child in node.value), line)
    return Text(unicodedata.normalize("NFC", node.value).strip(), line)


def _mapping(node: yaml.MappingNode, problems: Problems, seen: set[int]) -> Mapping:
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problems.add(line, "A key is a list or a mapping.", "Write a plain word before the colon.")
            continue
        key = unicodedata.normalize("NFC", key_node.value).strip()
        if key in entries:
            first = lines[key]
            problems.add(line, f"The key `{key}` is given twice (first on line {first}).", "Keep one of the two.")
            continue
        entries[key] = _node(value_node, problems, seen)
        lines[key] = line
    return Mapping(entries, lines, node.start_mark.line + 1)


def plain(node: Node) -> Any:
    """The tree as plain text, lists and dictionaries, in the author's order."""
    if isinstance(node, Mapping):
        return {key: plain(child) for key, child in node.entries.items()}
    if isinstance(node, Items):
        return [plain(child) for child in node.nodes]
    return node.value


def content_hash(node: Node) -> str:
    """sha256 of the document as canonical JSON: layout and comments do not count, order and words do."""
    text = json.dumps(plain(node), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
