"""`manage.py release_ruleset FILE [--because KEY REASON …]`: releases a proved edition. Needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.engine.compare import compare
from decisions.engine.frozen import differences
from decisions.engine.prove import prove
from decisions.engine.ruleset import RuleSet
from decisions.management.files import COVERING, RELEASED, read
from decisions.releases import ReleaseRefused, release, released


class Command(BaseCommand):
    help = "Releases an edition once it is proved, its sittings are signed and every difference has a reason."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--because", nargs=2, action="append", default=[], metavar=("KEY", "REASON"))
        parser.add_argument("--list", default=str(RELEASED), metavar="FILE", help="the list of releases")
        parser.add_argument("--sittings", default=str(COVERING), metavar="FOLDER", help="where signed sittings lie")

    def handle(self, *args: Any, **options: Any) -> None:
        path, listed = Path(options["file"]), Path(options["list"])
        ruleset = read(path)
        self._signed(ruleset, Path(options["sittings"]) / f"{ruleset.name}-{ruleset.edition}.yaml")
        earlier = released(listed)
        others = [entry.edition for entry in earlier if entry.edition != ruleset.edition]
        comparison = compare(read(path.with_name(f"{others[-1]}.yaml")), ruleset) if others else None
        try:
            entry = release(listed, ruleset, prove(ruleset), comparison, dict(options["because"]))
        except ReleaseRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Edition {entry.edition} is released, {entry.obligations} obligations proved.")

    def _signed(self, ruleset: RuleSet, path: Path) -> None:
        if not path.exists():
            raise CommandError(f"There are no covering sittings: run cover_ruleset, read {path} and sign it.")
        text = path.read_text(encoding="utf-8")
        if "\nsigned: ''\n" in text:
            raise CommandError(f"Nobody has signed {path}: read it and put your name after `signed:`.")
        if differences(ruleset, text):
            raise CommandError("The rule set leads to other results than were signed: run cover_ruleset --check.")
