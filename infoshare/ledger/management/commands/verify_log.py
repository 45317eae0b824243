"""`manage.py verify_log`: is the log what it was? Exit code 1 if anything was found. Only reads."""

import json
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management.base import BaseCommand, CommandError, CommandParser

from infoshare.ledger import anchors, checkpoint, verifying
from infoshare.ledger.verifying import Result, Wish


class Command(BaseCommand):
    help = "Read the whole decision log again and say in plain words what is not as it was written."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--public-only", action="store_true", help="without the MAC key: tree and signatures only")
        parser.add_argument("--public-key", action="append", default=[], help="64 digits; instead of the signing key")
        parser.add_argument("--anchors", type=Path, help="a file of kept checkpoints, or a folder of such files")
        parser.add_argument("--since", help="go on from this checkpoint: its size, or a file that holds it")
        parser.add_argument("--open-each", action="store_true", help="also try each document's key")
        parser.add_argument("--processes", type=int, choices=(1, 2), default=2)
        parser.add_argument("--json", action="store_true", help="the result as JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        wish = Wish(
            public_only=options["public_only"],
            signers=[Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)) for key in options["public_key"]],
            anchors=_anchors(options["anchors"]),
            since=_since(options["since"]),
            open_each=options["open_each"],
            processes=options["processes"],
        )
        shows = sys.stderr.isatty() and not options["json"]
        result = verifying.verify(wish, self._progress if shows else lambda _what, _number: None)
        self.stdout.write(json.dumps(_as_json(result)) if options["json"] else _in_words(result))
        if not result.good:
            sys.exit(1)

    def _progress(self, what: str, number: int) -> None:
        self.stderr.write(f"\r{number:,} {what}", ending="")


def _anchors(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        notes = anchors.read(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    if not notes:
        raise CommandError(f"There is no checkpoint in {path}.")
    return notes


def _since(text: str | None) -> int:
    if not text:
        return 0
    if text.isdecimal():
        return int(text)
    notes = _anchors(Path(text))
    return max(checkpoint.read(note).size for note in notes)


def _as_json(result: Result) -> dict[str, Any]:
    return {
        "good": result.good,
        "entries": result.size,
        "documents": result.documents,
        "seconds": round(result.seconds, 2),
        "findings": result.findings.as_json(),
        "more_findings": result.findings.more,
    }


def _in_words(result: Result) -> str:
    about = f"{result.size:,} entries and {result.documents:,} documents were read in {result.seconds:.1f} seconds."
    if result.good:
        return f"{about}\nNothing was found: the log is what it was."
    more = f"\nand {result.findings.more:,} more" if result.findings.more else ""
    found = "\n".join(f"* {finding}" for finding in result.findings.found)
    return f"{about}\nNot as it was written:\n{found}{more}"
