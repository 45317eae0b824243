"""`manage.py prove_ruleset [FILE …] [--json]`: proves editions, or says in plain words why not. Needs no database."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.engine.diagrams import TooManyNodes
from decisions.engine.prove import Report, prove
from decisions.engine.prove.places import place
from decisions.management.files import every_edition


class Command(BaseCommand):
    help = "Proves that a rule set holds for every possible set of answers, on every day on which its law turns."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", help="rule-set files (default: every edition)")
        parser.add_argument("--json", action="store_true", help="print figures only")
        parser.add_argument("--remarks", action="store_true", help="also print what is no fault but worth knowing")

    def handle(self, *args: Any, **options: Any) -> None:
        figures, sound = [], True
        for ruleset in every_edition(options["files"]):
            started = time.perf_counter()
            try:
                report = prove(ruleset, with_remarks=options["remarks"])
            except TooManyNodes as error:
                raise CommandError(f"{ruleset.file}: {error}") from error
            seconds = round(time.perf_counter() - started, 3)
            broken = [f"{place(ruleset, found)}: {found.broken.sentence}" for found in report.broken if found.broken]
            figures.append({**_figures(report, seconds), "broken": broken})
            sound = sound and report.sound
            if not options["json"]:
                self._tell(report, seconds, [*broken, *(f"  (remark) {remark}" for remark in report.remarks)])
        if options["json"]:
            self.stdout.write(json.dumps(figures, indent=1))
        if not sound:
            raise CommandError("Not proved.")

    def _tell(self, report: Report, seconds: float, lines: list[str]) -> None:
        sittings = f"{report.sittings:.3g}"
        self.stdout.write(
            f"{report.edition}: {report.proved} of {len(report.obligations)} obligations proved "
            f"for {sittings} possible sittings in {seconds:.2f} s"
        )
        for line in lines:
            self.stdout.write(line)


def _figures(report: Report, seconds: float) -> dict[str, Any]:
    return {
        "edition": report.edition,
        "obligations": len(report.obligations),
        "proved": report.proved,
        "sittings": report.sittings,
        "seconds": seconds,
    }
