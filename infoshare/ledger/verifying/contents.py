"""The second pass: each sealed document against its entry, its row, its key and its certificate."""

import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg

from infoshare.ledger import crypto, facts, keys

from .findings import MOST, Findings
from .reading import CERTIFICATES, PLACES_OF, documents, stream

PARTS = 30  # of the old documents, one is read again each day, so that each is read every month


def check_contents(
    connection: psycopg.Connection,
    found: Findings,
    *,
    since: int = 0,
    day: date | None = None,
    open_each: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """How many documents there are among those looked at. `open_each` needs the key-encryption keys."""
    disposed = _certificates(connection, found)
    values: dict[str, object] = {} if since == 0 else {"since": since, **_part_of(day)}
    there, wrong = 0, list[tuple[bytes, str, list[str]]]()
    for seen, row in enumerate(stream(connection, documents(whole=since == 0, opening=open_each), values), 1):
        there += row[2]
        if codes := _wrong(row, disposed, open_each):
            record = row[6].partition(facts.SEPARATOR)[0].decode() if row[6] else ""
            if len(wrong) < MOST:
                wrong.append((row[0], record, codes))
            else:
                found.more += len(codes)
        if seen % 10_000 == 0:
            progress(seen)
    _report(connection, found, wrong)
    return there


def _report(connection: psycopg.Connection, found: Findings, wrong: list[tuple[bytes, str, list[str]]]) -> None:
    """Where they are in the log is only asked of what is wrong."""
    named = [UUID(bytes=document) for document, _, _ in wrong]
    places = dict(stream(connection, PLACES_OF, {"documents": named}))
    for document, record, codes in wrong:
        for code in codes:
            found.add(code, place=places.get(document), document=document, record=record)


def _wrong(row: tuple[Any, ...], disposed: set[bytes], open_each: bool) -> list[str]:
    """What is wrong with one document; nothing, for nearly all."""
    document, commitment, present, committed, shown, sealed_facts, text, columns, has_key = row[:9]
    gone = bool(disposed) and document in disposed
    if not present:
        return ["row_behind"] if text else [] if gone else ["content_gone"]
    wrong = ["back"] if gone else [] if has_key else ["key_gone"]
    if commitment is None:
        wrong.append("behind_the_log")
    elif committed is None or sha256(committed).digest() != commitment or commitment.hex() != shown:
        wrong.append("content_altered")
    elif open_each and has_key and not _opens(document, *row[9:]):
        wrong.append("key_wrong")
    elif sealed_facts != crypto.NO_FACTS and (code := _row_wrong(sealed_facts, text, columns)):
        wrong.append(code)
    return wrong


def _row_wrong(sealed: bytes, text: bytes | None, columns: int | None) -> str | None:
    if text is None:
        return "row_gone"
    whole = text.count(facts.SEPARATOR) + 1 == columns
    return None if whole and facts.hash_text(text, sealed[0]) == sealed else "row_altered"


def _opens(document: bytes, kek: str, wrapped: bytes, committed: bytes) -> bool:
    try:
        key = crypto.unwrap(keys.kek(kek), wrapped, UUID(bytes=bytes(document)))
    except crypto.CannotOpen:
        return False
    return crypto.key_commitment(key) == committed


def _certificates(connection: psycopg.Connection, found: Findings) -> set[bytes]:
    """The documents that were lawfully disposed of, 16 bytes each."""
    disposed: set[bytes] = set()
    for document, words, commitment in stream(connection, CERTIFICATES):
        record = _names(words)[0]
        if words is None:
            found.add("certificate_gone", document=document)
        elif commitment is None:
            found.add("certificate_forged", document=document, record=record)
        elif crypto.certificate_commitment(words) != commitment:
            found.add("certificate_altered", document=document, record=record)
        else:
            disposed.update(_names(words)[1])
    return disposed


def _names(words: str | None) -> tuple[str, set[bytes]]:
    """The record's reference and its documents; nothing of a certificate that cannot be read."""
    try:
        content = json.loads(words or "{}")
        return str(next(iter(content.get("records", [])), "")), {
            UUID(each).bytes for each in content.get("documents", [])
        }
    except (ValueError, AttributeError, TypeError):
        return "", set()


def _part_of(day: date | None) -> dict[str, UUID]:
    """The range of document ids whose turn it is on that day; none without one."""
    if day is None:
        return {"from": UUID(int=1), "to": UUID(int=0)}
    width, part = (1 << 128) // PARTS + 1, day.toordinal() % PARTS
    return {"from": UUID(int=width * part), "to": UUID(int=min(width * (part + 1), 1 << 128) - 1)}
