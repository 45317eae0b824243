"""Altering the log by SQL with every guard off, as only somebody in charge of the database could. For tests alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections

TABLES = """
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgname IN ('sealed_rows', 'sealed_table')
"""
TRIGGERS = """
SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger
WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY(%s)
"""
ENABLE = {"O": "ENABLE TRIGGER", "A": "ENABLE ALWAYS TRIGGER"}
FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND confrelid::regclass::text ~ '^(ledger_|decisions_decisionrecord)'
"""


@contextmanager
def tampering() -> Iterator[Callable[..., Any]]:
    """A function that runs a statement and returns its rows; foreign keys do not stop it. All of it one transaction."""
    owner = connections["owner"].get_connection_params()
    parameters = {name: owner[name] for name in ("host", "port", "user", "password", "dbname") if name in owner}
    with psycopg.connect(**parameters) as connection:
        guarded = [name for (name,) in connection.execute(TABLES)]
        triggers = connection.execute(TRIGGERS, [guarded]).fetchall()
        links = connection.execute(FOREIGN_KEYS).fetchall()
        for table in guarded:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        for table, name, _ in links:
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())

        def sql(statement: str, *values: object) -> Any:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else None

        yield sql
        for table, name, state in triggers:
            connection.execute(f"ALTER TABLE {table} {ENABLE[state]} {name}".encode())
        for table, name, definition in links:
            connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID".encode())
