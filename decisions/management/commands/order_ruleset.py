"""`manage.py order_ruleset FILE [--tries N]`: a `diagram_order` with which a proof is quick. Needs no database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from decisions.engine.reorder import better_orders
from decisions.management.files import read


class Command(BaseCommand):
    help = "Looks for an order of questions in which a proof is quick; prints each better one as a line for the file."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a rule-set file, or one of our editions")
        parser.add_argument("--tries", type=int, default=500, help="more may find a better one (some each second)")

    def handle(self, *args: Any, **options: Any) -> None:
        for found in better_orders(read(options["file"]), options["tries"]):
            self.stderr.write(f"{found.nodes:,} nodes")
            self.stdout.write(f"diagram_order: [{', '.join(found.order)}]")
