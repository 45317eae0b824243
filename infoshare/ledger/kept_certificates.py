"""Certificates of disposal, kept beside the checkpoints: after a restore they say what has to go again.

One line each, with the MAC of its log entry: a line that somebody made up destroys nothing. Nothing personal stands in
it. Disposing again is retention's.
"""

import hmac
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from . import anchors, crypto, entries, keys
from .models import Certificate, LogEntry

NAME = "certificates.jsonl"


class NotOurs(Exception):
    """A line that this log did not write, or that was changed since."""


def path() -> Path:
    return anchors.path().with_name(NAME)


def keep(certificate: Certificate) -> None:
    """Append it to the file. Call it once the disposal has been committed."""
    entry: LogEntry = LogEntry.objects.get(document=certificate.pk, kind=LogEntry.Kind.DISPOSED)
    line = {
        "words": certificate.words,
        "organisation": certificate.organisation_id,
        "document": str(certificate.pk),
        "uid": str(entry.uid),
        "at": entry.at.isoformat(),
        "mac": bytes(entry.mac).hex(),
    }
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def keep_missing() -> None:
    """Those that could not be kept when they were made, because the disk was full or the place not there."""
    there = {entry.document for entry, _ in read(path())} if path().exists() else set()
    for certificate in Certificate.objects.exclude(pk__in=there).order_by("made_at"):
        keep(certificate)


def read(place: Path) -> Iterator[tuple[LogEntry, str]]:
    """Of each line the log entry, not saved, and the certificate's text. Raises NotOurs at the first that is not."""
    for number, line in enumerate(place.read_text(encoding="utf-8").splitlines(), 1):
        try:
            entry, words = _line(line)
        except (ValueError, KeyError, TypeError) as error:
            raise NotOurs(f"Line {number} is not a certificate.") from error
        if not hmac.compare_digest(entries.Seals(keys.ring().mac).entry(entry.body), entry.mac):
            raise NotOurs(f"Line {number} was not written by this log, or was changed.")
        yield entry, words


def _line(text: str) -> tuple[LogEntry, str]:
    said = json.loads(text)
    entry = LogEntry(
        uid=UUID(said["uid"]),
        organisation_id=said["organisation"],
        kind=LogEntry.Kind.DISPOSED,
        document=UUID(said["document"]),
        at=datetime.fromisoformat(said["at"]),
        commitment=crypto.certificate_commitment(said["words"]),
        mac=bytes.fromhex(said["mac"]),
    )
    return entry, said["words"]
