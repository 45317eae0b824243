"""`manage.py ruleset_sources`: what the editions rest on, and how well each source has been verified."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from decisions import editions
from decisions.sourcing import uses

VERIFIED = "V"


class Command(BaseCommand):
    help = "List the sources of every edition with their verification status and what rests on each."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration; needs no database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unverified", action="store_true", help="only those not verified in full")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in editions.names():
            ruleset = editions.get(name)
            resting = uses(ruleset)
            for source in ruleset.sources.values():
                if options["unverified"] and source.status == VERIFIED:
                    continue
                note = f" ({source.note})" if source.note else ""
                self.stdout.write(f"{name} {source.status:7} {source.title}{note}: {len(resting[source.id])} uses")
                self.stdout.write(f"        {', '.join(resting[source.id])}")
