"""`manage.py cover_ruleset [FILE …] [--write | --check]`: sittings that cover a rule set. Needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.engine.cover import cover
from decisions.engine.frozen import differences, frozen, read_kept
from decisions.engine.ruleset import RuleSet
from decisions.management.files import COVERING, every_edition


class Command(BaseCommand):
    help = (
        "Writes sittings that cover every rule, answer, guard and boundary, with what they lead to, to read and sign."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", help="rule-set files (default: every edition)")
        parser.add_argument("--to", metavar="FOLDER", default=str(COVERING), help="where the sittings are kept")
        parser.add_argument("--check", action="store_true", help="compare what the kept sittings lead to now")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["to"])
        wrong = False
        for ruleset in every_edition(options["files"]):
            path = folder / f"{ruleset.name}-{ruleset.edition}.yaml"
            wrong |= not self._check(ruleset, path) if options["check"] else self._write(ruleset, path)
        if wrong:
            raise CommandError("The rule set no longer leads to what was signed. Correct it, or write and sign anew.")

    def _write(self, ruleset: RuleSet, path: Path) -> bool:
        found = cover(ruleset)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if before and before == frozen(ruleset, found, signed=read_kept(before)["signed"]):
            self.stdout.write(f"{path}: nothing has changed")
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(frozen(ruleset, found), encoding="utf-8")
        covered = found.goals - len(found.impossible)
        self.stdout.write(f"{path}: {len(found.sittings)} sittings cover {covered} things; read and sign them")
        return False

    def _check(self, ruleset: RuleSet, path: Path) -> bool:
        if not path.exists():
            raise CommandError(f"There are no sittings for {ruleset.edition} yet: run cover_ruleset and sign {path}.")
        found = differences(ruleset, path.read_text(encoding="utf-8"))
        for line in found:
            self.stdout.write(f"{ruleset.edition}: {line}")
        if not found:
            self.stdout.write(f"{ruleset.edition}: every kept sitting leads to what was signed")
        return not found
