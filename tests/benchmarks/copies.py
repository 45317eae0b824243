"""A rule set many times over in one file, under other ids: what a much larger one would cost. NOT a sensible guide."""

from collections.abc import Iterator
from typing import Any

import yaml

LISTS = ("questions", "decisions", "sets", "invariants")
Document = dict[str, Any]


def copies(text: str, count: int) -> str:
    base: Document = yaml.load(text, Loader=yaml.CBaseLoader)
    ids = frozenset(_ids(base))
    whole = {key: base[key] for key in ("ruleset", "edition", "title", "effective", "default", "sections", "sources")}
    whole["option_lists"] = base["option_lists"]
    whole["facts"] = dict(base["facts"])
    whole |= {key: list(base[key]) for key in LISTS}
    for number in range(1, count):
        whole["facts"] |= _renamed(base["facts"], ids, f"c{number}_")
        for key in LISTS:
            whole[key] += _renamed(base[key], ids, f"c{number}_")
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def _ids(base: Document) -> Iterator[str]:
    yield from base["facts"]
    for key in LISTS:
        yield from (entry["id"] for entry in base[key])
    yield from _rule_ids(base)


def _rule_ids(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "because" in node and "id" in node:
            yield node["id"]
        for child in node.values():
            yield from _rule_ids(child)
    elif isinstance(node, list):
        for child in node:
            yield from _rule_ids(child)


def _renamed(node: Any, ids: frozenset[str], prefix: str) -> Any:
    if isinstance(node, dict):
        return {_renamed(key, ids, prefix): _renamed(child, ids, prefix) for key, child in node.items()}
    if isinstance(node, list):
        return [_renamed(child, ids, prefix) for child in node]
    return prefix + node if node in ids else node
