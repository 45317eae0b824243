"""`manage.py compare_rulesets OLD NEW [--json | --reasons FILE]`: which answers change which decision.

Needs no database. OLD and NEW are files or editions.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from decisions import acknowledged
from decisions.engine.compare import Comparison, Difference, compare, semantic_hash
from decisions.engine.prove.case import percent
from decisions.engine.ruleset import RuleSet
from decisions.engine.words import either, say_answer
from decisions.management.files import read


class Command(BaseCommand):
    help = "Says what differs between two editions in what they decide, how often, with a smallest example."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("old", metavar="OLD")
        parser.add_argument("new", metavar="NEW")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--reasons", metavar="FILE", help="write the differences here, to give each its reason")

    def handle(self, *args: Any, **options: Any) -> None:
        old, new = (read(options[name]) for name in ("old", "new"))
        comparison = compare(old, new)
        if options["json"]:
            self.stdout.write(json.dumps(_figures(comparison, old, new), indent=1, ensure_ascii=False))
            return
        if options["reasons"]:
            self._ask_reasons(Path(options["reasons"]), comparison, old, new)
            return
        self.stdout.write(_headline(comparison))
        for word, names in (("Added", comparison.added), ("Removed", comparison.removed)):
            if names:
                self.stdout.write(f"{word}: {', '.join(names)}")
        for line in comparison.differences:
            self.stdout.write(f"{line.key}\n    {percent(line.share)} of sittings, for example if {example(new, line)}")

    def _ask_reasons(self, path: Path, comparison: Comparison, old: RuleSet, new: RuleSet) -> None:
        examples = [example(new, line) for line in comparison.differences]
        missing = acknowledged.write(path, (old.edition, new.edition), comparison, examples)
        self.stdout.write(f"{path}: {len(comparison.differences)} differences, {missing} without a reason yet")


def _headline(comparison: Comparison) -> str:
    if comparison.same_content:
        return "The two files are the same."
    if comparison.same_meaning:
        return "Only words differ: proved to change no decision."
    return f"{len(comparison.differences)} differences in what is decided:"


def example(ruleset: RuleSet, line: Difference) -> str:
    """The example in words; questions that only the older edition has are named by their id."""
    known = {question.id: question for question in ruleset.questions}
    words = [
        say_answer(known[question], part, value) if question in known else f"`{question}` is `{value}`"
        for question, part, value in line.example
    ]
    return either(words, "and") if words else "anything is answered"


def _figures(comparison: Comparison, old: RuleSet, new: RuleSet) -> dict[str, Any]:
    return {
        "content": [old.content_hash, new.content_hash],
        "semantic": [semantic_hash(old), semantic_hash(new)],
        "added": comparison.added,
        "removed": comparison.removed,
        "differences": [
            {
                "line": line.key,
                "share": float(line.share),
                "example": line.example,
                "in_words": example(new, line),
                "day": line.day.isoformat(),
            }
            for line in comparison.differences
        ],
    }
