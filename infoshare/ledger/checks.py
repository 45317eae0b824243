"""System checks at start: are sealed tables really guarded? Run by `manage.py check --database default`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from . import keys
from .rights import JOBS_ROLE, append_only_tables

GUARDED = """
SELECT bool_and(coalesce(t.tgenabled = 'A', false)),
       array_agg(verb) FILTER (WHERE has_table_privilege(current_user, c.oid, verb))
FROM pg_class c CROSS JOIN (VALUES ('UPDATE'), ('DELETE')) AS verbs (verb)
LEFT JOIN pg_trigger t ON t.tgrelid = c.oid
    AND t.tgname = CASE verb WHEN 'UPDATE' THEN 'sealed_rows' ELSE 'sealed_table' END
WHERE c.relname = %s AND c.relkind = 'r' GROUP BY c.oid
"""
STANDING = """
SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %(jobs)s),
       coalesce((SELECT pg_has_role(current_user, oid, 'member') FROM pg_roles WHERE rolname = %(jobs)s), false)
"""


@register(Tags.security, deploy=True)
def keys_are_there(**_: Any) -> Iterable[CheckMessage]:
    """E003: without its keys the ledger can neither seal nor read."""
    try:
        keys.ring()
    except ImproperlyConfigured as error:
        yield Error(str(error), hint=keys.WHAT_TO_DO, id="ledger.E003")


@register(Tags.database)
def sealed_tables_are_guarded(databases: Sequence[str] | None = None, **_: Any) -> Iterable[CheckMessage]:
    """E001: triggers missing or switched off. E002: the runtime role could change sealed rows. W001: no jobs role."""
    if "default" not in (databases or []):
        return
    with connections["default"].cursor() as cursor:
        cursor.execute(STANDING, {"jobs": JOBS_ROLE})
        exists, is_worker = cursor.fetchone()
    if not exists:
        hint = "Run docker/roles.sql; until then the log is not sequenced."
        yield Warning(f"There is no role {JOBS_ROLE}.", hint=hint, id="ledger.W001")
    for table in append_only_tables():
        yield from _check_table(table, is_worker)


def _check_table(table: str, is_worker: bool) -> Iterable[CheckMessage]:
    with connections["default"].cursor() as cursor:
        cursor.execute(GUARDED, [table])
        row = cursor.fetchone()
    if row is None:
        return
    triggers_on, may = row
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    allowed = set(getattr(model, "job_rights", ())) if is_worker else set()
    if not triggers_on:
        hint = "Run `manage.py migrate` and see who switched off its triggers."
        yield Error(f"{table} is not protected by its triggers.", hint=hint, id="ledger.E001")
    if set(may or ()) - allowed:
        hint = "Let DATABASE_URL sign in as a member of infoshare_app, not as the owner of the tables."
        yield Error(f"The runtime role may change or delete rows of {table}.", hint=hint, id="ledger.E002")
