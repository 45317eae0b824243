"""`manage.py draw_ruleset [FILE …] [--to FOLDER]`: editions as plain sentences, in Markdown. Needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from decisions.engine.draw import as_markdown, draw
from decisions.engine.prove import prove
from decisions.management.files import every_edition


class Command(BaseCommand):
    help = "Writes a rule set as pages that people who own it can read: questions, rules, promises and their proof."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", help="rule-set files (default: every edition)")
        parser.add_argument("--to", metavar="FOLDER", help="write one file for each edition here instead of printing")

    def handle(self, *args: Any, **options: Any) -> None:
        for ruleset in every_edition(options["files"]):
            text = as_markdown(ruleset, draw(ruleset, prove(ruleset)))
            if not options["to"]:
                self.stdout.write(text)
                continue
            path = Path(options["to"]) / f"{ruleset.name}-{ruleset.edition}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            self.stdout.write(str(path))
