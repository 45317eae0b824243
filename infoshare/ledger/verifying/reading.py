"""The SQL of a verification: rows as the bytes that were hashed, streamed. Nothing is judged in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections

from infoshare.ledger import facts

AT_ONCE = 1_000
# A time that cannot be written as a number gives NULL, and NULL is a finding.
MICROSECONDS = "int8send(CASE WHEN isfinite({0}) THEN (extract(epoch FROM {0}) * 1000000)::bigint END)"
BODY = f"""
    '\\x01'::bytea || uuid_send(e.uid) || int8send(coalesce(e.organisation_id, 0)) || convert_to(e.kind, 'UTF8')
    || substring(decode(repeat('00', 16), 'hex') FROM octet_length(e.kind) + 1)
    || uuid_send(e.document) || {MICROSECONDS.format("e.at")} || e.commitment
"""
HEADER = f"""
    '\\x01'::bytea || uuid_send(d.id) || int8send(d.organisation_id) || {MICROSECONDS.format("d.sealed_at")}
    || convert_to(d.kind, 'UTF8') || substring(decode(repeat('00', 32), 'hex') FROM octet_length(d.kind) + 1) || d.facts
"""

PLACES = f"""
SELECT l.index, l.leaf, l.position_mac, {BODY}, e.mac
FROM ledger_leaf l LEFT JOIN ledger_logentry e ON e.id = l.entry_id
WHERE l.index BETWEEN %(start)s AND %(end)s ORDER BY l.index
"""  # noqa: S608
WITHOUT_PLACE = f"""
SELECT uuid_send(e.document), {BODY}, e.mac, p.entry_id IS NOT NULL, q.reason,
       extract(epoch FROM now() - e.at)::float8
FROM ledger_logentry e LEFT JOIN ledger_leaf l ON l.entry_id = e.id
LEFT JOIN ledger_pendingentry p ON p.entry_id = e.id LEFT JOIN ledger_quarantinedentry q ON q.entry_id = e.id
WHERE l.index IS NULL OR l.index < 0 ORDER BY e.id
"""  # noqa: S608
CHECKPOINTS = "SELECT size, note FROM ledger_checkpoint WHERE size > %(after)s AND size <= %(to)s ORDER BY size"
CERTIFICATES = """
SELECT uuid_send(coalesce(c.document, e.document)), c.words, e.commitment
FROM ledger_certificate c
FULL JOIN (SELECT document, commitment FROM ledger_logentry WHERE kind = 'disposed') e ON e.document = c.document
"""


LOOKED_AT = """
    LEFT JOIN ledger_leaf l ON l.entry_id = e.id
    WHERE coalesce(l.index, %(since)s) >= %(since)s OR coalesce(e.document, d.id) BETWEEN %(from)s AND %(to)s
"""
PLACES_OF = """
SELECT uuid_send(e.document), l.index FROM ledger_logentry e JOIN ledger_leaf l ON l.entry_id = e.id
WHERE e.kind = 'sealed' AND e.document = ANY(%(documents)s)
"""


def documents(*, whole: bool, opening: bool) -> str:
    """Every sealed entry with its document, key and row, whichever of them are there; or those looked at by day.

    The keys themselves only for `opening`: what a join does not carry it need not keep.
    """
    rows = " UNION ALL ".join(
        f"SELECT document_id, {facts.expression(model, 'r')} AS text, {facts.number_of(model)} AS columns "  # noqa: S608
        f"FROM {model._meta.db_table} r"
        for model in facts.sealed_models()
    )
    return f"""
    SELECT uuid_send(coalesce(e.document, d.id, r.document_id)), e.commitment, d.id IS NOT NULL,
           '\\x10'::bytea || {HEADER} || d.key_commitment || d.ciphertext,
           d.content_hash, d.facts, r.text, r.columns,
           k.document_id IS NOT NULL {", k.kek, k.wrapped, d.key_commitment" if opening else ""}
    FROM (SELECT id, document, commitment FROM ledger_logentry WHERE kind = 'sealed') e
    FULL JOIN ledger_sealeddocument d ON d.id = e.document
    LEFT JOIN ledger_datakey k ON k.document_id = d.id
    FULL JOIN ({rows}) r ON r.document_id = d.id
    {"" if whole else LOOKED_AT}
    """  # noqa: S608


# Two passes at once keep a core of the server each, and ours; with more they only get into each other's way, and into
# everybody's. Without the memory a hundred thousand rows are sorted and joined on disk.
SETTINGS = "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL work_mem = '32MB'"


@contextmanager
def snapshot(shared: str = "") -> Iterator[tuple[psycopg.Connection, str]]:
    """A connection that sees the log as of one moment, and the name by which another can see the same."""
    wanted = connections["default"].get_connection_params()
    names = ("host", "port", "user", "password", "dbname", "sslmode", "options")
    parameters: dict[str, Any] = {name: wanted[name] for name in names if name in wanted}
    with psycopg.connect(**parameters) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connection.execute(SETTINGS)
        if shared:
            connection.execute(f"SET TRANSACTION SNAPSHOT '{shared}'".encode())
            yield connection, shared
        else:
            (name,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            yield connection, name


def stream(connection: psycopg.Connection, statement: str, values: dict[str, object] | None = None) -> Iterator[Any]:
    """The rows as they come: the server works on the next while we look at these."""
    with connection.cursor() as cursor:
        yield from cursor.stream(statement.encode(), values or {}, binary=True, size=AT_ONCE)
