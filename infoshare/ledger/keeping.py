"""What happens to key-encryption keys: a new one, everything wrapped anew, an old one destroyed. Each is in the log.

Destroying the old one is what makes disposals reach the copies in backups.
"""

import os
import uuid
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from infoshare.accounts.models import User

from . import crypto, keys
from .models import LogEntry, PendingEntry, WrappedKey
from .services import stamp

CHUNK = 2_000


class KeyInUse(Exception):
    """Something that is still there can be opened with this key alone."""


def wrapped_models() -> list[Any]:
    """Every table of wrapped data keys: of records, drafts, and what was held."""
    found = [model for model in apps.get_models() if issubclass(model, WrappedKey)]
    return sorted(found, key=lambda model: model._meta.db_table)


def in_use() -> dict[str, int]:
    """How many data keys each key-encryption key wraps."""
    counts: dict[str, int] = {}
    for model in wrapped_models():
        for name, number in model.objects.values_list("kek").annotate(models.Count("pk")).order_by():
            counts[name] = counts.get(name, 0) + number
    return counts


def add(file: Path, name: str) -> None:
    """Write a new key at the end of the file: from then on it is the one in use."""
    if name in keys.ring().keks or ":" in name or not 0 < len(name) <= 20:
        raise ValueError(f"{name!r} is taken, or is not a name of at most 20 characters without a colon.")
    text = file.read_text(encoding="utf-8").strip()
    _write(file, f"{text}\n{name}:{crypto.new_key().hex()}\n")
    keys.ring.cache_clear()
    _note(LogEntry.Kind.KEY_ADDED, name, {"added": name})


def rewrap() -> int:
    """Wrap by the newest key whatever an older one wraps, in short transactions; contents and log stay as they are."""
    newest, done = keys.ring().newest, 0
    for model in wrapped_models():
        while chunk := _rewrap_some(model, newest):
            done += chunk
    return done


@transaction.atomic
def _rewrap_some(model: Any, newest: str) -> int:
    rows = list(model.objects.exclude(kek=newest).select_for_update(skip_locked=True)[:CHUNK])
    for row in rows:
        row.wrap(row.unwrap())
    model.objects.bulk_update(rows, ["kek", "wrapped"])
    return len(rows)


def destroy(file: Path | None, name: str, *, first: User, second: User) -> None:
    """Two people destroy a key that nothing needs any more. Old backups that need it are unreadable from then on."""
    if first.pk == second.pk:
        raise ValueError("Two different people are needed.")
    if name == keys.ring().newest:
        raise KeyInUse(f"{name} is the key for new records: add another one first.")
    if number := in_use().get(name, 0):
        raise KeyInUse(f"{name} still wraps {number:,} data keys: rotate first.")
    _note(LogEntry.Kind.KEY_DESTROYED, name, {"destroyed": name, "by": [first.pk, second.pk]})
    if file is not None:
        words = file.read_text(encoding="utf-8").replace(",", " ").split()
        _write(file, "\n".join(word for word in words if not word.startswith(f"{name}:")) + "\n")
    keys.ring.cache_clear()


def _write(file: Path, text: str) -> None:
    """In place: a secret mounted into a container is one file, which must stay the same one."""
    with file.open("r+", encoding="utf-8") as opened:
        opened.write(text)
        opened.truncate()
        opened.flush()
        os.fsync(opened.fileno())


def _note(kind: LogEntry.Kind, name: str, words: dict[str, Any]) -> None:
    """An entry without a document: its commitment is to what happened, its id to the key's name."""
    at = timezone.now()
    text = crypto.canonical({**words, "at": at.isoformat()}).decode()
    entry = LogEntry(uid=uuid.uuid4(), kind=kind, document=uuid.uuid5(uuid.NAMESPACE_OID, name), at=at)
    entry.commitment = crypto.certificate_commitment(text)
    stamp(entry)
    with transaction.atomic():
        entry.save(force_insert=True)
        PendingEntry.objects.create(entry=entry)
