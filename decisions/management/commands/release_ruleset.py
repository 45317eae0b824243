"""`manage.py release_ruleset EDITION [--reasons FILE]`: releases a proved edition. Needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions import acknowledged
from decisions.engine.compare import compare
from decisions.engine.frozen import differences, read_kept
from decisions.engine.prove import prove
from decisions.engine.ruleset import RuleSet
from decisions.management.files import COVERING, RELEASED, read
from decisions.releases import ReleaseRefused, release, released


class Command(BaseCommand):
    help = "Releases an edition once it is proved, its sittings are signed and every difference has a reason."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a rule-set file, or one of our editions")
        parser.add_argument("--reasons", metavar="FILE", help="as written by compare_rulesets --reasons, filled in")
        parser.add_argument("--because", nargs=2, action="append", default=[], metavar=("KEY", "REASON"))
        parser.add_argument("--list", default=str(RELEASED), metavar="FILE", help="the list of releases")
        parser.add_argument("--sittings", default=str(COVERING), metavar="FOLDER", help="where signed sittings lie")

    def handle(self, *args: Any, **options: Any) -> None:
        listed = Path(options["list"])
        ruleset = read(options["file"])
        self._signed(ruleset, Path(options["sittings"]) / f"{ruleset.name}-{ruleset.edition}.yaml")
        earlier = released(listed)
        others = [entry.edition for entry in earlier if entry.edition != ruleset.edition]
        before = read(Path(ruleset.file).with_name(f"{others[-1]}.yaml")) if others else None
        given = acknowledged.reasons(Path(options["reasons"])) if options["reasons"] else {}
        try:
            comparison = compare(before, ruleset) if before else None
            entry = release(listed, ruleset, prove(ruleset), comparison, given | dict(options["because"]))
        except ReleaseRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Edition {entry.edition} is released, {entry.obligations} obligations proved.")

    def _signed(self, ruleset: RuleSet, path: Path) -> None:
        if not path.exists():
            raise CommandError(f"There are no covering sittings: run cover_ruleset, read {path} and sign it.")
        text = path.read_text(encoding="utf-8")
        kept = read_kept(text)
        if not str(kept["signed"]).strip():
            raise CommandError(f"Nobody has signed {path}: read it and put your name after `signed:`.")
        if differences(ruleset, text):
            raise CommandError("The rule set leads to other results than were signed: run cover_ruleset --check.")
        if kept["content"] != ruleset.content_hash:
            raise CommandError("The rule set changed after it was signed: run cover_ruleset, read it and sign anew.")
