"""`manage.py replay_disposals`: after a restore, what had been disposed of goes again. As the owner of the tables."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from infoshare.ledger import kept_certificates
from retention import services


class Command(BaseCommand):
    help = "Dispose again of what a restore has brought back, by the certificates kept beside the checkpoints."

    def add_arguments(self, parser: CommandParser) -> None:
        usual = kept_certificates.path()
        parser.add_argument("--certificates", type=Path, default=usual, help=f"the kept certificates (usual: {usual})")

    def handle(self, *_: Any, certificates: Path, **__: Any) -> None:
        if not certificates.exists():
            raise CommandError(f"There is no {certificates}. Name the file of kept certificates: --certificates.")
        try:
            number = services.replay_disposals(kept_certificates.read(certificates))
        except kept_certificates.NotOurs as error:
            raise CommandError(f"{error} Nothing was done.") from error
        self.stdout.write(f"{number} record{'' if number == 1 else 's'} disposed of again. Now run verify_log.")
