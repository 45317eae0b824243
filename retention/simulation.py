"""What a sweep would do, counted and never done: each count runs in a transaction that cannot write."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from infoshare.accounts.models import Organisation

from . import selectors
from .defaults import shipped
from .models import RuleVersion


@dataclass(frozen=True)
class Effect:
    """What a sweep would do under one rule: counts of records."""

    rule: str
    scheduled: int
    changed: int
    withdrawn: int
    flagged: int


EFFECT = """
SELECT count(*) FILTER (WHERE item.record_id IS NULL),
       count(*) FILTER (WHERE item.due_on <> new.due_on),
       count(*) FILTER (WHERE item.state = 'due' AND new.due_on > %(as_of)s AND new.due_on <> item.due_on),
       count(*) FILTER (WHERE coalesce(item.state, 'waiting') = 'waiting' AND new.due_on <= %(as_of)s)
FROM decisions_decisionrecord AS record
LEFT JOIN retention_scheduleitem AS item ON item.record_id = record.reference
CROSS JOIN LATERAL (
    SELECT CASE WHEN item.rule_version_id >= %(rule_version)s THEN item.due_on ELSE add_whole_years(
        coalesce(item.trigger_on, (record.recorded_at AT TIME ZONE 'Europe/London')::date), %(years)s) END AS due_on
) AS new
WHERE record.organisation_id = %(organisation)s AND coalesce(item.state, 'waiting') IN ('waiting', 'due')
"""


def effect(organisation: Organisation, as_of: date, name: str, years: int, rule_version: int | None) -> Effect:
    """Counted in a read-only transaction. Without a `rule_version` every due date is worked out anew from `years`."""
    parameters: dict[str, Any] = {
        "organisation": organisation.pk,
        "as_of": as_of,
        "years": years,
        "rule_version": rule_version,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.execute(EFFECT, parameters)
        return Effect(name, *cursor.fetchone())


def simulate(organisation: Organisation, as_of: date) -> list[Effect]:
    """What a sweep would do on `as_of`, by rule. Nothing is written, not even the organisation's copy of the rules."""
    if (version := selectors.rules(organisation).first()) is not None:
        return [effect(organisation, as_of, version.name, version.years, version.pk)]
    longest = max(shipped(), key=lambda default: default.years)
    return [effect(organisation, as_of, longest.name, longest.years, None)]


def preview(version: RuleVersion, years: int) -> Effect:
    """What changing this version's period to `years` would do today."""
    return effect(version.organisation, selectors.today(), version.name, years, None)
