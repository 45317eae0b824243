"""A receipt held against the log: is what it speaks of still there? What shows that an entry vanished unplaced.

Looks only inside one organisation. Whether the person may see the record is for others to say.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from infoshare.accounts.models import Organisation

from . import crypto, entries, keys
from .models import Certificate, Leaf, LogEntry, SealedDocument

WRITTEN = re.compile(r"(?:receipt:\s*)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})((?:\s*[0-9a-f]){16})[\s.]*", re.I)


class NotAReceipt(Exception):
    """Not written as receipts are."""


class Answer(StrEnum):
    HELD = "held"
    WAITING = "waiting"  # for its place, which it gets within seconds
    DISPOSED = "disposed"
    OTHER_DIGITS = "other_digits"
    ALTERED = "altered"
    MISSING = "missing"


@dataclass(frozen=True)
class Checked:
    answer: Answer
    entry: LogEntry | None = None
    place: int | None = None
    certificate: Certificate | None = None


def read(text: str) -> tuple[UUID, str]:
    """The entry's name and sixteen digits, however they were copied."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise NotAReceipt
    return UUID(found[1]), "".join(found[2].split()).lower()


def check(organisation: Organisation, uid: UUID, digits: str) -> Checked:
    entry = LogEntry.objects.within(organisation).filter(uid=uid).first()
    if entry is None:
        return Checked(Answer.MISSING)
    if bytes(entry.mac).hex()[:16] != digits:
        return Checked(Answer.OTHER_DIGITS)
    leaf = Leaf.objects.filter(entry=entry).first()
    if not _genuine(entry, leaf):
        return Checked(Answer.ALTERED, entry)
    place = leaf.index if leaf else None
    document = SealedDocument.objects.within(organisation).filter(pk=entry.document).first()
    if document is None:
        return _gone(organisation, entry, place)
    committed = crypto.commitment(document.header, bytes(document.key_commitment), bytes(document.ciphertext))
    if committed != bytes(entry.commitment):
        return Checked(Answer.ALTERED, entry, place)
    return Checked(Answer.WAITING if place is None else Answer.HELD, entry, place)


def _genuine(entry: LogEntry, leaf: Leaf | None) -> bool:
    """As we wrote it, and, if it has a place, in the one that we gave it."""
    seals = entries.Seals(keys.ring().mac)
    if seals.entry(entry.body) != bytes(entry.mac):
        return False
    if leaf is None:
        return True
    hashed = entries.leaf(entry.body, bytes(entry.mac))
    return hashed == bytes(leaf.leaf) and seals.position(leaf.index, hashed) == bytes(leaf.position_mac)


def _gone(organisation: Organisation, entry: LogEntry, place: int | None) -> Checked:
    """Lawfully, if a certificate says so that the log knows of; otherwise it was made to vanish."""
    certificate = Certificate.objects.within(organisation).filter(pk=entry.document).first()
    disposals = LogEntry.objects.within(organisation).filter(document=entry.document, kind=LogEntry.Kind.DISPOSED)
    said = certificate and crypto.certificate_commitment(certificate.words)
    lawful = any(
        bytes(each.commitment) == said and entries.Seals(keys.ring().mac).entry(each.body) == bytes(each.mac)
        for each in disposals
    )
    if certificate and lawful:
        return Checked(Answer.DISPOSED, entry, place, certificate)
    return Checked(Answer.MISSING, entry, place)
