"""System checks at start: are sealed tables really guarded? Run by `manage.py check --database default`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from .rights import append_only_tables

GUARDED = """
SELECT bool_and(t.tgenabled = 'A') AND count(*) = 2,
       has_table_privilege(current_user, c.oid, 'UPDATE') OR has_table_privilege(current_user, c.oid, 'DELETE')
FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgname IN ('sealed_rows', 'sealed_table')
WHERE c.relname = %s AND c.relkind = 'r' GROUP BY c.oid
"""


@register(Tags.database)
def sealed_tables_are_guarded(databases: Sequence[str] | None = None, **_: Any) -> Iterable[CheckMessage]:
    """E001: triggers missing or switched off. E002: the runtime role could change sealed rows."""
    if "default" not in (databases or []):
        return []
    return [message for table in append_only_tables() for message in _check_table(table)]


def _check_table(table: str) -> Iterable[CheckMessage]:
    with connections["default"].cursor() as cursor:
        cursor.execute(GUARDED, [table])
        row = cursor.fetchone()
    if row is None:
        return
    triggers_on, may_change = row
    if not triggers_on:
        hint = "Run `manage.py migrate` and see who switched off its triggers."
        yield Error(f"{table} is not protected by its triggers.", hint=hint, id="ledger.E001")
    if may_change:
        hint = "Let DATABASE_URL sign in as a member of infoshare_app, not as the owner of the tables."
        yield Error(f"The runtime role may change or delete rows of {table}.", hint=hint, id="ledger.E002")
