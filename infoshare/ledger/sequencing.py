"""Gives waiting entries their places: the tree grows, and a signed checkpoint says how far. The worker's job.

One transaction for each batch: after a crash nothing has happened. A second sequencer finds the lock taken and leaves.
"""

from dataclasses import dataclass, field
from typing import Any, cast

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from . import checkpoint, entries, keys, merkle
from .models import Checkpoint, Leaf, PendingEntry, QuarantinedEntry, TreeNode

logger = structlog.get_logger(__name__)
LOCK = 0x696E666F6C6F67
BATCH = 2_000
# A longer wait is reported: the promise of the receipt is that the entry is in the tree soon.
LONGEST_WAIT = 60  # seconds

TAKE = """
WITH taken AS (
    DELETE FROM ledger_pendingentry
    WHERE entry_id IN (SELECT entry_id FROM ledger_pendingentry ORDER BY entry_id LIMIT %s) RETURNING entry_id
)
SELECT e.id, e.uid, coalesce(e.organisation_id, 0), e.kind, e.document,
       (extract(epoch FROM e.at) * 1000000)::bigint, e.commitment, e.mac, l.index
FROM taken JOIN ledger_logentry e ON e.id = taken.entry_id LEFT JOIN ledger_leaf l ON l.entry_id = e.id ORDER BY e.id
"""


class LogDamaged(Exception):
    """The newest checkpoint is not what we signed, or the leaves are not those it speaks of: nothing may be added."""


@dataclass
class Growth:
    """What a batch adds to the log."""

    size: int
    frontier: list[bytes]
    leaves: list[Leaf] = field(default_factory=list)
    nodes: list[TreeNode] = field(default_factory=list)
    quarantined: list[QuarantinedEntry] = field(default_factory=list)


def sequence() -> int:
    """Empty the queue; how many entries got their place. Raises LogDamaged rather than build on what was altered."""
    placed = 0
    while PendingEntry.objects.exists() and (more := _batch()) is not None:
        placed += more
    return placed


def _batch() -> int | None:
    """None: another sequencer is at it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            return None
        growth = _head(cursor)
        cursor.execute(TAKE, [BATCH])
        seals = entries.Seals(keys.ring().mac)
        for row in cursor.fetchall():
            _place(growth, seals, row)
        _write(growth, cursor)
    for each in growth.quarantined:
        logger.error("log entry quarantined", entry=each.entry_id, reason=each.reason)
    return len(growth.leaves)


def _head(cursor: CursorWrapper) -> Growth:
    """Where the log ends, if that is what we signed."""
    cursor.execute("SELECT max(index) + 1 FROM ledger_leaf")
    (leaves,) = cursor.fetchone()
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        if leaves:
            raise LogDamaged("There are entries in the log but no checkpoint.")
        return Growth(0, [])
    try:
        signed = checkpoint.verify(last.note, keys.trusted_signers())
    except checkpoint.NotACheckpoint as error:
        raise LogDamaged(f"The newest checkpoint, of {last.size} entries: {error}") from None
    frontier = last.subtrees
    if (signed.size, signed.root) != (last.size, merkle.root(frontier)) or len(frontier) != last.size.bit_count():
        raise LogDamaged(f"The newest checkpoint, of {last.size} entries, does not fit what it was signed for.")
    if leaves != last.size:
        raise LogDamaged(f"The log has {leaves or 0} entries; its newest checkpoint says {last.size}.")
    return Growth(last.size, frontier)


def _place(growth: Growth, seals: entries.Seals, row: tuple[Any, ...]) -> None:
    entry_id, uid, organisation, kind, document, at, commitment, mac, index = row
    body = entries.body(uid, organisation, kind, document, at, bytes(commitment))
    if reason := _wrong(seals.entry(body) == bytes(mac), index):
        growth.quarantined.append(QuarantinedEntry(entry_id=entry_id, reason=reason))
        return
    leaf = entries.leaf(body, bytes(mac))
    place = seals.position(growth.size, leaf)
    growth.leaves.append(Leaf(index=growth.size, entry_id=entry_id, leaf=leaf, position_mac=place))
    landmarks = merkle.append(growth.frontier, growth.size, leaf)
    growth.nodes += [TreeNode(level=level, index=index, hash=root) for level, index, root in landmarks]
    growth.size += 1


def _wrong(genuine: bool, index: int | None) -> str:
    if not genuine:
        return "It was altered before it got its place."
    return "" if index is None else "It has a place already."


def _write(growth: Growth, cursor: CursorWrapper) -> None:
    QuarantinedEntry.objects.bulk_create(growth.quarantined, ignore_conflicts=True)
    if not growth.leaves:
        return
    copied = "COPY ledger_leaf (index, entry_id, leaf, position_mac) FROM STDIN"
    with cast(Any, cursor).copy(copied) as copy:
        for leaf in growth.leaves:
            copy.write_row((leaf.index, leaf.entry_id, leaf.leaf, leaf.position_mac))
    TreeNode.objects.bulk_create(growth.nodes)
    origin, key = settings.LEDGER_ORIGIN, keys.signing_key()
    signed = checkpoint.sign(checkpoint.Checkpoint(origin, growth.size, merkle.root(growth.frontier)), key)
    Checkpoint.objects.create(
        size=growth.size,
        note=signed,
        frontier=b"".join(growth.frontier),
        signer=checkpoint.verifier(origin, key.public_key()),
        made_at=timezone.now(),
    )


def oldest_wait() -> float:
    """Seconds that the oldest waiting entry has waited."""
    oldest = PendingEntry.objects.order_by("entry").values_list("entry__at", flat=True).first()
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0
