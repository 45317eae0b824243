"""Reads option lists and questions, all but their `ask_when`. NOT conditions."""

from __future__ import annotations

from decisions.engine.loading.citing import read_cites
from decisions.engine.loading.errors import Problems
from decisions.engine.loading.fields import FORCE, Fields, check_id
from decisions.engine.loading.names import Names, nearest
from decisions.engine.loading.tree import Mapping, Node, Text
from decisions.engine.ruleset import UNSURE, Band, Cites, Option, Question

KINDS = ("radios", "checkboxes", "grid", "date", "number", "text")
COUNTS = ("years", "months", "weeks", "days")
COMMON = ("id", "section", "kind", "text", "hint", "ask_when", "purpose", "optional", "profile", "cite", *FORCE, "tags")
KEYS = {
    "radios": ("options",),
    "checkboxes": ("options", "none"),
    "grid": ("options", "rows"),
    "date": ("bands", "count", "unsure"),
    "number": ("bands", "unsure", "min", "max"),
    "text": ("max_length",),
}
Lists = dict[str, tuple[Option, ...]]


class QuestionReader:
    def __init__(self, names: Names, sections: tuple[str, ...], lists: Lists) -> None:
        self.names = names
        self.sections = sections
        self.lists = lists

    def read(self, node: Node) -> Question:
        kind = _kind(node)
        known = (*COMMON, *KEYS.get(kind, ("options",)))
        name = node.entries.get("id") if isinstance(node, Mapping) else None
        label = f"question `{name.value}`" if isinstance(name, Text) else "question"
        fields = Fields(self.names.problems, node, label, known)
        if kind not in KEYS:
            fields.wrong(f"The {label} has the kind `{kind}`.", nearest(kind, KINDS), "kind")
            kind = "text"
        record = self._record(fields, kind)
        return Question(
            id=fields.id(),
            section=self._section(fields),
            kind=kind,
            text=fields.text("text"),
            hint=fields.text("hint", ""),
            options=self._options(fields, kind, record),
            rows=self.options(fields, "rows") if kind == "grid" else (),
            bands=_bands(fields) if fields.get("bands") else (),
            count=_count(fields),
            none=fields.text("none", ""),
            minimum=fields.number("min") or 0,
            maximum=fields.number("max"),
            record=record,
            optional=_optional(fields, record),
            max_length=_max_length(fields),
            profile=fields.text("profile", ""),
            cite=read_cites(self.names, fields, required=False),
            force=fields.force(),
            tags=fields.tags(),
            line=fields.line,
        )

    def _section(self, fields: Fields) -> str:
        name = fields.text("section")
        if name and self.sections and name not in self.sections:
            fields.wrong(
                f"The {fields.what} is in the section `{name}`, which is not listed.",
                nearest(name, self.sections),
                "section",
            )
        return name

    def _record(self, fields: Fields, kind: str) -> bool:
        purpose = fields.text("purpose", "decide")
        if purpose not in ("decide", "record"):
            fields.wrong(
                f"`purpose` of the {fields.what} is `{purpose}`.", "Write `record`, or leave it out.", "purpose"
            )
        return purpose == "record" or kind == "text"

    def _options(self, fields: Fields, kind: str, record: bool) -> tuple[Option, ...]:
        if kind in ("date", "number"):
            found = self.options(fields, "bands", required=not record, extra=("below", "before"))
            unsure = fields.text("unsure", "")
            return (*found, Option(UNSURE, unsure)) if unsure else found
        found = self.options(fields, "options") if kind != "text" else ()
        if kind in ("radios", "grid") and len(found) == 1:
            fields.wrong(f"The {fields.what} offers one option only.", "Offer at least two.", "options")
        _folds(fields, kind, found)
        return found

    def options(
        self, fields: Fields, key: str, required: bool = True, extra: tuple[str, ...] = ()
    ) -> tuple[Option, ...]:
        """Options, rows or bands, written out or by the name of an option list."""
        node = fields.get(key)
        if isinstance(node, Text):
            if node.value not in self.lists:
                fields.wrong(
                    f"The {fields.what} names the option list `{node.value}`.", nearest(node.value, self.lists), key
                )
            return self.lists.get(node.value, ())
        known = ("text", "hint", "myth", "tags", "under", *extra)
        return tuple(
            self.option(name, line, child, known) for name, line, child in fields.mapping(key, required=required)
        )

    def option(self, name: str, line: int, node: Node, known: tuple[str, ...]) -> Option:
        check_id(self.names.problems, name, line)
        if isinstance(node, Text) and node.value:
            return Option(name, node.value)
        fields = Fields(self.names.problems, node, f"option `{name}`", known)
        myth, cites = self.myth(fields)
        return Option(
            name, fields.text("text"), fields.text("hint", ""), myth, cites, fields.tags(), fields.text("under", "")
        )

    def myth(self, fields: Fields) -> tuple[str, Cites]:
        node = fields.get("myth")
        if not isinstance(node, Mapping):
            return fields.text("myth", ""), ()
        inner = Fields(self.names.problems, node, f"myth of {fields.what}", ("text", "cite"))
        return inner.text("text"), read_cites(self.names, inner)


def _folds(fields: Fields, kind: str, options: tuple[Option, ...]) -> None:
    """Nobody ticks a box unseen; an error's link leads to the first option; a heading folds one run of options."""
    headings = [option.under for option in options]
    runs = [heading for heading, before in zip(headings, ["", *headings], strict=False) if heading not in ("", before)]
    if kind != "radios" and any(headings):
        fields.wrong(f"The {fields.what} folds options away with `under`.", "Only radios may do so.", "options")
    elif any(headings[:1]):
        fields.wrong(f"The first option of the {fields.what} is folded away.", "Show it: leave out `under`.", "options")
    elif len(runs) > len(set(runs)):
        fields.wrong(f"A heading of the {fields.what} stands twice.", "Put its options next to each other.", "options")


def _kind(node: Node) -> str:
    kind = node.entries.get("kind") if isinstance(node, Mapping) else None
    return kind.value if isinstance(kind, Text) else "radios"


def _optional(fields: Fields, record: bool) -> bool:
    optional = fields.flag("optional")
    if optional and not record:
        fields.wrong(
            f"The {fields.what} decides, so it cannot be optional.", "Offer a `Not sure` option instead.", "optional"
        )
    return optional


def _max_length(fields: Fields) -> int:
    found = fields.number("max_length")
    if found is not None and not 1 <= found <= 100_000:
        fields.wrong(f"`max_length` of the {fields.what} is {found}.", "Choose 1 to 100000.", "max_length")
    return 10_000 if found is None else found


def _count(fields: Fields) -> str:
    count = fields.text("count", "")
    if count and count not in COUNTS:
        fields.wrong(f"`count` of the {fields.what} is `{count}`.", f"Use one of: {', '.join(COUNTS)}.", "count")
    return count


def _bands(fields: Fields) -> tuple[Band, ...]:
    """The bands with their upper ends, which must rise, the last one open."""
    dated = fields.text("kind", "") == "date" and not fields.get("count")
    key = "before" if dated else "below"
    bands: list[Band] = []
    entries = tuple(fields.mapping("bands", required=False))
    for position, (name, line, node) in enumerate(entries):
        band = Fields(fields.problems, node, f"band `{name}`", ("text", "hint", "myth", "tags", "below", "before"))
        last = position == len(entries) - 1
        if bool(band.get(key)) == last or band.get("below" if dated else "before"):
            fields.problems.add(
                line,
                f"The band `{name}` has the wrong end.",
                f"Every band but the last ends with `{key}`; the last has no end.",
            )
        bands.append(Band(name, None if dated else band.number("below"), band.day("before") if dated else None))
    ends = [band.before.toordinal() if band.before else band.below for band in bands[:-1]]
    known = [end for end in ends if end is not None]
    if known != sorted(set(known)):
        fields.wrong(
            f"The bands of the {fields.what} do not rise.",
            f"Order them by `{key}`, each greater than the one before.",
            "bands",
        )
    return tuple(bands)


def read_option_lists(names: Names, root: Fields) -> Lists:
    reader = QuestionReader(names, (), {})
    lists: Lists = {}
    for name, line, node in root.mapping("option_lists", required=False):
        fields = Fields(names.problems, Mapping({name: node}, {name: line}, line), "option lists", (name,))
        lists[name] = reader.options(fields, name) if isinstance(node, Mapping) else ()
        if not isinstance(node, Mapping):
            fields.wrong(f"The option list `{name}` must be a mapping.", "Write `id: text` lines under it.", name)
    return lists


def check_twice(problems: Problems, questions: list[Question]) -> None:
    lines: dict[str, int] = {}
    for question in questions:
        if question.id in lines:
            first = lines[question.id]
            problems.add(
                question.line, f"The question `{question.id}` is there twice (first on line {first}).", "Rename one."
            )
        lines.setdefault(question.id, question.line)
