"""Both passes over one moment of the log, side by side: in two threads, or two processes where that is wanted."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from infoshare.ledger import checkpoint, entries, keys, merkle

from .contents import check_contents
from .findings import Findings
from .reading import snapshot
from .tree import Tree, check_tree


@dataclass(frozen=True)
class Wish:
    """`since`: size of a checkpoint verified before. `day`: with it, that day's part of the older documents."""

    public_only: bool = False
    signers: Sequence[Ed25519PublicKey] = ()
    anchors: Sequence[str] = ()
    since: int = 0
    day: date | None = None
    open_each: bool = False
    processes: int = 1


@dataclass
class Result:
    size: int = 0
    documents: int = 0
    seconds: float = 0.0
    findings: Findings = field(default_factory=Findings)

    @property
    def good(self) -> bool:
        return not self.findings.found


Progress = Callable[[str, int], None]


def silent(what: str, number: int) -> None:
    pass


def verify(wish: Wish, progress: Progress = silent, connection: psycopg.Connection | None = None) -> Result:
    """Reads only. Whatever an attacker did to the tables, it ends with a result.

    `connection`: one that somebody else opened, in whatever transaction it is; both passes are then made on it.
    """
    started, result = time.monotonic(), Result()
    try:
        if connection:
            _tree(connection, wish, result, progress)
            _contents(connection, wish, result, progress)
        else:
            with snapshot() as (connection, name):
                side_by_side = _in_two_processes if wish.processes > 1 else _in_two_threads
                side_by_side(connection, name, wish, result, progress)
    except psycopg.Error as error:
        result.findings.add("unfinished", more=f"The database said: {type(error).__name__}.")
    result.seconds = time.monotonic() - started
    return result


def _tree(connection: psycopg.Connection, wish: Wish, result: Result, progress: Progress) -> None:
    signers = wish.signers or keys.trusted_signers()
    tree = check_tree(
        connection,
        result.findings,
        seals=None if wish.public_only else entries.Seals(keys.ring().mac),
        signers=signers,
        anchors=wish.anchors,
        start=_start(connection, wish.since, signers, result.findings),
        progress=lambda number: progress("entries", number),
    )
    result.size = tree.size


def _contents(connection: psycopg.Connection, wish: Wish, result: Result, progress: Progress) -> None:
    result.documents = check_contents(
        connection,
        result.findings,
        since=wish.since,
        day=wish.day,
        open_each=wish.open_each and not wish.public_only,
        progress=lambda number: progress("documents", number),
    )


def _start(
    connection: psycopg.Connection, since: int, signers: Sequence[Ed25519PublicKey], found: Findings
) -> Tree | None:
    """From a checkpoint on, if it is signed and what is kept beside it fits; else from the beginning."""
    if not since:
        return None
    row = connection.execute("SELECT note, frontier FROM ledger_checkpoint WHERE size = %s", [since]).fetchone()
    try:
        signed = checkpoint.verify(row[0], signers) if row else None
    except checkpoint.NotACheckpoint:
        signed = None
    frontier = [bytes(row[1])[i : i + 32] for i in range(0, len(row[1]), 32)] if row else []
    if signed is None or signed.size != since or merkle.root(frontier) != signed.root:
        found.add("checkpoint", more=f"It is the one for {since:,} entries; the whole log was looked at instead.")
        return None
    return Tree(since, frontier, last_good=since)


def _in_two_threads(connection: psycopg.Connection, name: str, wish: Wish, result: Result, progress: Progress) -> None:
    """While the database puts the rows of one pass together, we look at those of the other."""
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(_second, name, wish)
        _tree(connection, wish, result, progress)
        _take(result, second.result())


def _in_two_processes(
    connection: psycopg.Connection, name: str, wish: Wish, result: Result, progress: Progress
) -> None:
    context = multiprocessing.get_context("fork")
    theirs, ours = context.Pipe()
    child = context.Process(target=_send_second, args=(theirs, name, wish))
    child.start()
    theirs.close()
    try:
        _tree(connection, wish, result, progress)
        answer: Any = ours.recv()
    except EOFError:
        result.findings.add("unfinished")
    else:
        _take(result, answer)
    finally:
        child.join()


def _send_second(pipe: Any, name: str, wish: Wish) -> None:
    pipe.send(_second(name, wish))


def _second(name: str, wish: Wish) -> Result:
    """The second pass, of the same moment, by the snapshot's name."""
    result = Result()
    try:
        with snapshot(name) as (connection, _):
            _contents(connection, wish, result, silent)
    except psycopg.Error as error:
        result.findings.add("unfinished", more=f"The database said: {type(error).__name__}.")
    return result


def _take(result: Result, second: Result) -> None:
    result.documents = second.documents
    result.findings.take(second.findings)
