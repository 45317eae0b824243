"""What the runtime role may do to each table: read and add where a model says `append_only`, else anything.

Rights are the real control and are set again after every migration; the triggers of append_only.py are the seat belt.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from psycopg import sql

RUNTIME_ROLE = "infoshare_app"


def append_only_tables() -> list[str]:
    """The tables whose rows are never changed or deleted."""
    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False))


def grant(*, using: str, **_: Any) -> None:
    """Give RUNTIME_ROLE its rights on every table there is; makes the (login-less) role where it is missing."""
    connection = connections[using]
    role = sql.Identifier(RUNTIME_ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [RUNTIME_ROLE])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        everything = sql.SQL(
            "GRANT USAGE ON SCHEMA public TO {role};"
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};"
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};"
        )
        cursor.execute(everything.format(role=role))
        existing = set(connection.introspection.table_names(cursor))
        for table in [*append_only_tables(), "django_migrations"]:
            if table in existing:
                statement = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}")
                cursor.execute(statement.format(sql.Identifier(table), role))
