"""Reads facts, decisions with their layers, and sets. NOT the conditions' words (loading/conditions.py)."""

from __future__ import annotations

from decisions.engine.conditions import Always, Condition
from decisions.engine.loading.citing import read_cites
from decisions.engine.loading.conditions import ConditionReader
from decisions.engine.loading.fields import FORCE, RULE_ID, Fields, check_id
from decisions.engine.loading.names import Names, nearest
from decisions.engine.loading.tree import Mapping, Node, Text
from decisions.engine.ruleset import Decision, Fact, ItemSet, Layer, Rule, SetItem, Value

RULE_KEYS = ("id", "when", "because", "cite", *FORCE)


def condition(names: Names, fields: Fields, key: str) -> Condition:
    node = fields.need(key)
    return Always() if node is None else ConditionReader(names, fields.what).read(node)


def read_facts(names: Names, root: Fields) -> tuple[Fact, ...]:
    facts = []
    for name, _line, node in root.mapping("facts", required=False):
        fields = Fields(names.problems, node, f"fact `{name}`", ("text", "when", "cite", *FORCE))
        when = condition(names, fields, "when")
        cites = read_cites(names, fields, required=False)
        facts.append(Fact(name, fields.text("text"), when, cites, fields.force(), fields.line))
    return tuple(facts)


def read_decision(names: Names, node: Node) -> Decision:
    fields = Fields(names.problems, node, _label("decision", node), ("id", "text", "values", "layers", "otherwise"))
    name = fields.text("id") or "?"
    layers = []
    for child in fields.items("layers", required=fields.get("otherwise") is None):
        layer = Fields(names.problems, child, f"layer of `{name}`", ("name", "rules"))
        rules = tuple(read_rule(names, rule, decision=name) for rule in layer.items("rules"))
        layers.append(Layer(layer.text("name"), rules))
    last = fields.get("otherwise")
    otherwise = read_rule(names, last, decision=name, always=True) if last else None
    return Decision(name, fields.text("text"), _values(names, fields), tuple(layers), otherwise, fields.line)


def _values(names: Names, fields: Fields) -> tuple[Value, ...]:
    values = []
    for name, line, node in fields.mapping("values"):
        check_id(names.problems, name, line)
        if isinstance(node, Text) and node.value:
            values.append(Value(name, node.value))
            continue
        value = Fields(names.problems, node, f"value `{name}`", ("text", "detail", "tags"))
        values.append(Value(name, value.text("text"), value.text("detail", ""), value.tags()))
    if len(values) == 1:
        fields.wrong(f"The {fields.what} has one value only.", "A decision needs at least two.", "values")
    return tuple(values)


def read_rule(names: Names, node: Node, decision: str = "", always: bool = False, main: bool = True) -> Rule:
    """A rule, or (not `main`) an exception. `decision` is empty in a set, `always` means `otherwise`."""
    what = _label("rule" if main else "exception", node)
    keys = (*RULE_KEYS, *(("then",) if decision else ()), *(("exceptions",) if main and not always else ()))
    fields = Fields(names.problems, node, what, tuple(key for key in keys if not (always and key == "when")))
    name = fields.id(RULE_ID)
    if name:
        names.take_rule(name, fields.line)
    return Rule(
        id=name,
        when=Always() if always else condition(names, fields, "when"),
        then=_then(names, fields, decision, required=main) if decision else None,
        because=fields.text("because"),
        cite=read_cites(names, fields),
        exceptions=_exceptions(names, fields, decision),
        force=fields.force(),
        line=fields.line,
    )


def _exceptions(names: Names, fields: Fields, decision: str) -> tuple[Rule, ...]:
    nodes = fields.items("exceptions", required=False) if "exceptions" in fields.known else ()
    return tuple(read_rule(names, node, decision, main=False) for node in nodes)


def _then(names: Names, fields: Fields, decision: str, required: bool) -> str | None:
    value = fields.text("then", None if required else "")
    known = names.decisions.get(decision, (value,))
    if value and value not in known:
        fields.wrong(
            f"The {fields.what} leads to `{value}`, which is no value of `{decision}`.", nearest(value, known), "then"
        )
    return value or None


def read_set(names: Names, node: Node) -> ItemSet:
    fields = Fields(names.problems, node, _label("set", node), ("id", "text", "items"))
    name = fields.text("id")
    items = tuple(_item(names, name, key, line, child) for key, line, child in fields.mapping("items"))
    return ItemSet(name, fields.text("text"), items, fields.line)


def _item(names: Names, set_id: str, name: str, line: int, node: Node) -> SetItem:
    check_id(names.problems, name, line)
    short = isinstance(node, Mapping) and "rules" not in node.entries
    rule_keys = ("when", "because", "cite", "exceptions", *FORCE)
    known = ("text", "tags", *(rule_keys if short else ("rules",)))
    fields = Fields(names.problems, node, f"item `{name}`", known)
    if short and isinstance(node, Mapping):
        own = {key: child for key, child in node.entries.items() if key in rule_keys}
        own["id"] = Text(f"{set_id}.{name}", line)
        rules: tuple[Rule, ...] = (read_rule(names, Mapping(own, node.lines, line)),)
    else:
        rules = tuple(read_rule(names, child) for child in fields.items("rules"))
    return SetItem(name, fields.text("text"), rules, fields.tags(), line)


def _label(kind: str, node: Node) -> str:
    name = node.entries.get("id") if isinstance(node, Mapping) else None
    return f"{kind} `{name.value}`" if isinstance(name, Text) else kind
