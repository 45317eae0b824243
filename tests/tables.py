"""Emptying the test database after tests that commit. Django's `flush` cannot: sealed tables refuse TRUNCATE.

Test-only: as the owner of the tables, with the triggers off while it lasts.
"""

import psycopg
from django.db import connections
from psycopg import sql

KEEP = ("django_migrations", "django_content_type", "auth_permission")
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
SEALED = """
SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname IN ('sealed_rows', 'sealed_table')
"""


def empty_all_tables() -> None:
    owner = connections["owner"].get_connection_params()
    owner.pop("cursor_factory", None)
    owner.pop("context", None)
    assert str(owner["dbname"]).startswith("test_"), f"{owner['dbname']} is not a test database"
    with psycopg.connect(**owner) as connection:
        tables = [name for (name,) in connection.execute(TABLES) if name not in KEEP]
        sealed = connection.execute(SEALED).fetchall()
        for table, trigger in sealed:
            connection.execute(_alter("DISABLE TRIGGER", table, trigger))
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(names))
        for table, trigger in sealed:
            connection.execute(_alter("ENABLE ALWAYS TRIGGER", table, trigger))


def _alter(what: str, table: str, trigger: str) -> sql.Composed:
    return sql.SQL("ALTER TABLE {} " + what + " {}").format(sql.Identifier(table), sql.Identifier(trigger))
