"""`manage.py demo`: the demo's people and what they recorded, made if missing; prints how to sign in."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from infoshare.accounts import demo


class Command(BaseCommand):
    help = "Makes the demo's accounts and records if they are missing, and prints how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the accounts as JSON")

    def handle(self, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "Demo accounts are only made with the embedded servers. Use `make run` to try infoshare."
            )
        accounts = demo.make_people()
        for step in settings.DEMO_STEPS:
            import_string(step)()
        if options["json"]:
            self.stdout.write(json.dumps({"password": demo.PASSWORD, "accounts": [asdict(each) for each in accounts]}))
        else:
            self.stdout.write(table(accounts))


def table(accounts: list[demo.Account]) -> str:
    """Accounts under their organisations, and the password they share."""
    width = max(len(each.email) for each in accounts)
    lines = [f"Demo accounts. The password of each is: {demo.PASSWORD}"]
    for before, each in zip([None, *accounts], accounts, strict=False):
        if before is None or before.organisation != each.organisation:
            lines.append(f"\n{each.organisation}")
        lines.append(f"  {each.email:<{width}}  {each.role} ({each.name})")
    return "\n".join(lines)
