"""`manage.py published_cases`: what the rule set says of published cases, beside what the authority said."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from decisions import cases


class Command(BaseCommand):
    help = "Walk the published cases through the guide and count exact, acceptable and wrong outcomes."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration; needs no database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        tally = cases.tally(cases.published())
        counts = tally.as_json()
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        for sitting in tally.sittings:
            self.stdout.write(_line(sitting))
        self.stdout.write(", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in counts.items()))


def _line(sitting: cases.Sitting) -> str:
    verdict = "exact" if sitting.exact else "acceptable" if sitting.acceptable else "WRONG"
    told = f"{sitting.case.id:9} {verdict:10} {sitting.outcome} after {sitting.to_outcome} of {len(sitting.asked)}"
    if not sitting.exact:
        told += f"; the authority: {sitting.case.expected}"
    return told + (f"; {sitting.case.remark}" if sitting.case.remark else "")
