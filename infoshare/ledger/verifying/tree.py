"""The first pass: each entry in its place, each signed root, each kept checkpoint."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from infoshare.ledger import checkpoint, entries, merkle
from infoshare.ledger.sequencing import LONGEST_WAIT

from .findings import Findings
from .reading import CHECKPOINTS, PLACES, WITHOUT_PLACE, stream

DOCUMENT = slice(41, 57)  # of an entry's body
STRETCH = 262_144  # places read at a time, with the checkpoints among them: shorter ones read the table too often
LAST = (1 << 62) - 1


@dataclass(frozen=True)
class Signed:
    """A root that the log must have had at this size, and what to say if it had not."""

    size: int
    root: bytes
    code: str


@dataclass
class Tree:
    """The log as far as it was read."""

    size: int
    frontier: list[bytes]
    broken: bool = False
    last_good: int = 0


def check_tree(
    connection: psycopg.Connection,
    found: Findings,
    *,
    seals: entries.Seals | None,
    signers: Sequence[Ed25519PublicKey],
    anchors: Sequence[str] = (),
    start: Tree | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Tree:
    """`seals` is None for whoever holds no key of ours: what they can check is the tree and its signatures."""
    tree = start or Tree(0, [])
    kept = deque(sorted(_anchors(anchors, found, signers, tree.size), key=lambda each: each.size))
    read, signed = tree.size, deque[Signed]()
    while (first := _next_place(connection, read)) is not None:
        last = first + STRETCH - 1
        signed.extend(_checkpoints(connection, found, signers, read, last + 1))
        signed = deque(sorted([*signed, *_up_to(kept, last + 1)], key=lambda each: each.size))
        _check_stretch(connection, found, tree, seals, signed, {"start": first, "end": last}, progress)
        read = last + 1
    signed.extend(_checkpoints(connection, found, signers, read, LAST))
    _check_end(connection, found, tree, [*signed, *kept])
    _check_without_place(connection, found, seals)
    return tree


def _next_place(connection: psycopg.Connection, after: int) -> int | None:
    found = connection.execute("SELECT min(index) FROM ledger_leaf WHERE index >= %s", [after]).fetchone()
    return found[0] if found else None


def _check_stretch(
    connection: psycopg.Connection,
    found: Findings,
    tree: Tree,
    seals: entries.Seals | None,
    signed: deque[Signed],
    stretch: dict[str, object],
    progress: Callable[[int], None],
) -> None:
    """The places of one stretch, and the roots that were signed in it."""
    due = signed[0].size if signed else LAST
    for index, leaf, position, body, mac in stream(connection, PLACES, stretch):
        if index != tree.size:
            found.add("gap", place=tree.size, more=f"{index - tree.size:,} of them.")
            tree.broken = True
        _check_place(found, seals, index, leaf, position, body, mac)
        if not tree.broken:
            merkle.append(tree.frontier, index, leaf)
        tree.size = index + 1
        while due <= tree.size:
            _check_root(found, tree, signed.popleft())
            due = signed[0].size if signed else LAST
        if tree.size % 10_000 == 0:
            progress(tree.size)


def _up_to(signed: deque[Signed], size: int) -> Iterator[Signed]:
    while signed and signed[0].size <= size:
        yield signed.popleft()


def _check_place(
    found: Findings,
    seals: entries.Seals | None,
    index: int,
    leaf: bytes,
    position: bytes,
    body: bytes | None,
    mac: bytes | None,
) -> None:
    """One entry: is it as it was written, and in the place that it was given?"""
    if body is None or mac is None:
        found.add("entry_gone", place=index)
        return
    genuine = seals is None or seals.entry(body) == mac
    if not genuine:
        found.add("entry_altered", place=index, document=body[DOCUMENT])
    if sha256(b"\x00" + body + mac).digest() != leaf:  # leaf_hash()
        if genuine:
            found.add("leaf_altered", place=index, document=body[DOCUMENT])
    elif seals is not None and seals.position(index, leaf) != position:
        found.add("moved", place=index, document=body[DOCUMENT])


def _check_root(found: Findings, tree: Tree, signed: Signed) -> None:
    """The first root that differs says in which stretch; those after it can only differ too."""
    right = not tree.broken and signed.size == tree.size and merkle.root(tree.frontier) == signed.root
    if right:
        tree.last_good = max(tree.last_good, signed.size)
    elif signed.code == "anchor" or tree.last_good >= 0:
        found.add(signed.code, more=f"Places {max(tree.last_good, 0):,} to {signed.size - 1:,}.")
        if signed.code == "root":
            tree.last_good = -1


def _checkpoints(
    connection: psycopg.Connection, found: Findings, signers: Sequence[Ed25519PublicKey], after: int, to: int
) -> list[Signed]:
    """Those of more than `after` entries and of `to` at most."""
    good = []
    for size, note in stream(connection, CHECKPOINTS, {"after": after, "to": to}):
        try:
            signed = checkpoint.verify(note, signers)
        except checkpoint.NotACheckpoint:
            signed = None
        if signed is None or signed.size != size:
            found.add("checkpoint", more=f"It is the one for {size:,} entries.")
        else:
            good.append(Signed(size, signed.root, "root"))
    return good


def _anchors(notes: Sequence[str], found: Findings, signers: Sequence[Ed25519PublicKey], since: int) -> list[Signed]:
    good = []
    for note in notes:
        try:
            signed = checkpoint.verify(note, signers)
        except checkpoint.NotACheckpoint:
            found.add("anchor_foreign")
            continue
        if signed.size > since:
            good.append(Signed(signed.size, signed.root, "anchor"))
    return good


def _check_end(connection: psycopg.Connection, found: Findings, tree: Tree, left: Sequence[Signed]) -> None:
    for signed in left:
        code = "anchor_ahead" if signed.code == "anchor" else "cut"
        found.add(code, more=f"It says {signed.size:,}; the log has {tree.size:,}.")
    (newest,) = connection.execute("SELECT max(size) FROM ledger_checkpoint").fetchone() or (None,)
    if tree.size > (newest or 0):
        found.add("unsigned", place=newest or 0)


def _check_without_place(connection: psycopg.Connection, found: Findings, seals: entries.Seals | None) -> None:
    for document, body, mac, pending, reason, age in stream(connection, WITHOUT_PLACE):
        if reason:
            found.add("quarantined", document=document)
        elif body is None or (seals is not None and seals.entry(body) != mac):
            found.add("entry_altered", document=document)
        elif not pending:
            found.add("homeless", document=document)
        elif age > LONGEST_WAIT:
            found.add("late", document=document, more=f"It has waited {age:,.0f} seconds: is the worker running?")
