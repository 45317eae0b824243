"""Reads `sources` and `cite`; a citation that resolves to nothing is an error. NOT whether the source says so."""

from __future__ import annotations

from types import MappingProxyType

from decisions.engine.loading.fields import Fields
from decisions.engine.loading.names import Names, nearest
from decisions.engine.loading.tree import Text
from decisions.engine.ruleset import Cite, Cites, Source

STATUSES = ("V", "V-part", "2nd", "M", "INF")


def read_sources(names: Names, root: Fields) -> MappingProxyType[str, Source]:
    found: dict[str, Source] = {}
    for key, _line, node in root.mapping("sources"):
        fields = Fields(names.problems, node, f"source `{key}`", ("title", "url", "status", "note", "from", "until"))
        status = fields.text("status")
        if status and status not in STATUSES:
            fields.wrong(
                f"The source `{key}` has the status `{status}`.", f"Use one of: {', '.join(STATUSES)}.", "status"
            )
        found[key] = Source(
            key, fields.text("title"), status, fields.text("url", ""), fields.text("note", ""), fields.force()
        )
    return MappingProxyType(found)


def read_cites(names: Names, fields: Fields, required: bool = True) -> Cites:
    """`source place; source place` → citations, each source known."""
    node = fields.get("cite")
    if node is None and not required:
        return ()
    text = fields.text("cite")
    line = node.line if isinstance(node, Text) else fields.line
    cites = []
    for part in text.split(";") if text else ():
        source, _, place = part.strip().partition(" ")
        if source not in names.sources:
            what = f"The {fields.what} cites `{source}`, which is not among the sources."
            names.problems.add(line, what, nearest(source, names.sources))
        cites.append(Cite(source, place.strip()))
    return tuple(cites)
