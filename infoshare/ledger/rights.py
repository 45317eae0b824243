"""What each role may do to each table: to read and to add where a model says `append_only`, else anything.

A model may say otherwise: `web_rights` is what web and worker may do, `job_rights` what the worker may do besides.
Rights are the real control and are set again after every migration; the triggers of append_only.py are the seat belt.
"""

import sys
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.utils import CursorWrapper
from psycopg import sql

RUNTIME_ROLE = "infoshare_app"
# The worker's alone: it gives log entries their places, wraps keys anew, and disposes.
JOBS_ROLE = "infoshare_jobs"
DISPOSAL = "dispose_record"  # the function of the database; see retention's migrations
NO_ROLE = f"There is no role {JOBS_ROLE}, and this login may not make it: run docker/roles.sql as a superuser.\n"


def append_only_tables() -> list[str]:
    """The tables whose rows are never changed or deleted."""
    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False))


def web_rights(model: type[models.Model]) -> tuple[str, ...] | None:
    """None: everything."""
    rights: tuple[str, ...] | None = getattr(model, "web_rights", None)
    return rights or (("SELECT", "INSERT") if getattr(model, "append_only", False) else None)


def grant(*, using: str, **_: Any) -> None:
    """Give the roles their rights on every table there is; makes the (login-less) roles where they are missing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        _ensure(cursor, RUNTIME_ROLE)
        jobs = _ensure(cursor, JOBS_ROLE)
        everything = sql.SQL(
            "GRANT USAGE ON SCHEMA public TO {role};"
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};"
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};"
        )
        cursor.execute(everything.format(role=sql.Identifier(RUNTIME_ROLE)))
        existing = set(connection.introspection.table_names(cursor))
        limited = {m._meta.db_table: rights for m in apps.get_models() if (rights := web_rights(m))}
        for table, rights in {**limited, "django_migrations": ("SELECT", "INSERT")}.items():
            if table in existing:
                _only(cursor, table, rights, RUNTIME_ROLE)
        for model in apps.get_models():
            if jobs and model._meta.db_table in existing and (more := getattr(model, "job_rights", ())):
                _only(cursor, model._meta.db_table, more, JOBS_ROLE)
        if jobs:
            _let_execute(cursor)


def _ensure(cursor: CursorWrapper, role: str) -> bool:
    """Whether the role is there now."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone():
        return True
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    if role == JOBS_ROLE and cursor.fetchone() != (True,):
        sys.stderr.write(NO_ROLE)
        return False
    cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    return True


def _let_execute(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT oid::regprocedure::text FROM pg_proc WHERE proname = %s", [DISPOSAL])
    for (signature,) in cursor.fetchall():
        statement = sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}")
        cursor.execute(statement.format(sql.SQL(signature), sql.Identifier(JOBS_ROLE)))


def _only(cursor: CursorWrapper, table: str, rights: tuple[str, ...], role: str) -> None:
    names, verbs = (sql.Identifier(table), sql.Identifier(role)), sql.SQL(", ").join(map(sql.SQL, rights))
    cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(*names))
    cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(verbs, *names))
