"""`manage.py rerun_case CASE EDITION`: what another edition would have said of a published case or one of our own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions import cases, editions
from decisions.rerun import rerun


class Command(BaseCommand):
    help = "Put the answers of a case before another edition."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own declaration; needs no database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case")
        parser.add_argument("edition")

    def handle(self, *args: Any, **options: Any) -> None:
        found = next((c for c in (*cases.published(), *cases.own()) if c.id == options["case"]), None)
        if found is None:
            raise CommandError(f"There is no case {options['case']}. See decisions/rulesets/cases.")
        if options["edition"] not in editions.names():
            raise CommandError(f"There is no edition {options['edition']}. Choose {' or '.join(editions.names())}.")
        answers = {**found.organisation, **{given.question: given.answer for given in found.answers}}
        compared = rerun(answers, editions.get(found.edition), editions.get(options["edition"]), found.day)
        self.stdout.write("\n".join(compared.lines))
