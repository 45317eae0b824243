"""`manage.py ledger_keys show|create|rotate|destroy|escrow`: see docs/keys.md. Run it as the worker."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from infoshare.accounts.models import User
from infoshare.ledger import checkpoint, keeping, keys

NOTE = """infoshare: keys in escrow, {day}

{lines}

Without the key-encryption keys no record can be read; without the MAC key no new entry can be tied to the old ones.
Print this note, add the keys themselves (from {file}) in a sealed envelope, and let two people sign. Keep it apart
from the database and its backups. When a key is destroyed, destroy its envelope as well and say so here.

Kept by (two names, signatures, place):
"""


class Command(BaseCommand):
    help = "The key-encryption keys: show them by name, create, rotate, destroy, and a note for the escrow."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("show", help="names, and how many data keys each wraps")
        create = deeds.add_parser("create", help="a new key, which wraps what is new from now on")
        create.add_argument("name")
        deeds.add_parser("rotate", help="wrap everything by the newest key")
        destroy = deeds.add_parser("destroy", help="a key that wraps nothing any more; two people")
        destroy.add_argument("name")
        destroy.add_argument("--by", nargs=2, required=True, metavar="EMAIL", help="the two who are here")
        deeds.add_parser("escrow", help="a note to print and keep; it does not contain the keys")

    def handle(self, *_: Any, **options: Any) -> None:
        deed = getattr(self, options["deed"])
        try:
            self.stdout.write(deed(options))
        except (keeping.KeyInUse, ValueError, OSError) as error:
            raise CommandError(str(error)) from error

    def show(self, _: dict[str, Any]) -> str:
        used = keeping.in_use()
        names = list(dict.fromkeys([*keys.ring().keks, *used]))
        return "\n".join(f"{name}: wraps {used.get(name, 0):,} data keys{_remark(name)}" for name in names)

    def create(self, options: dict[str, Any]) -> str:
        keeping.add(_file(), options["name"])
        return f"{options['name']} is in {_file()} and wraps what is new. Restart web and worker, then rotate."

    def rotate(self, _: dict[str, Any]) -> str:
        return f"{keeping.rewrap():,} data keys are now wrapped by {keys.ring().newest}."

    def destroy(self, options: dict[str, Any]) -> str:
        first, second = (_person(email) for email in options["by"])
        keeping.destroy(keys.kek_file(), options["name"], first=first, second=second)
        where = keys.kek_file() or "LEDGER_KEKS"
        return f"{options['name']} is out of {where}. Destroy its copies in escrow and in backups of secrets too."

    def escrow(self, _: dict[str, Any]) -> str:
        ring = keys.ring()
        named = {f"key-encryption key {name}": key for name, key in ring.keks.items()}
        named |= {"MAC key": ring.mac, "blind-index key": ring.blind_index}
        lines = [f"{what}: fingerprint {hashlib.sha256(key).hexdigest()[:16]}" for what, key in named.items()]
        for signer in keys.trusted_signers():
            lines.append(f"public key of checkpoints: {checkpoint.public_bytes(signer).hex()}")
        day = timezone.localdate().isoformat()
        return NOTE.format(day=day, lines="\n".join(lines), file=keys.kek_file() or "LEDGER_KEKS")


def _remark(name: str) -> str:
    if name not in keys.ring().keks:
        return ", but is MISSING: put it back"
    return ", in use for what is new" if name == keys.ring().newest else ""


def _file() -> Path:
    if (file := keys.kek_file()) is None:
        raise ValueError("LEDGER_KEKS is no file: add the key where you keep the variable.")
    return file


def _person(email: str) -> User:
    found: User | None = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise ValueError(f"There is no active person with the address {email}.")
    return found
