"""What a sweep would do, counted and never done: each count runs in a transaction that cannot write."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, transaction

from decisions.models import DecisionRecord
from infoshare.accounts.models import Organisation
from infoshare.days import london_date

from . import selectors
from .arriving import category_of_record
from .defaults import offered_to
from .models import RuleVersion, Unscheduled
from .reckoning import HELD, RULES, SUM, as_parameter
from .schedule import Rule, Trigger, sums


@dataclass(frozen=True)
class Effect:
    """What a sweep would do under one rule: counts of records."""

    rule: str
    scheduled: int = 0
    changed: int = 0
    withdrawn: int = 0
    flagged: int = 0
    held: int = 0


EFFECT = (
    """
WITH /*rules*/
SELECT new.rule_version_id,
       count(*) FILTER (WHERE item.due_on IS DISTINCT FROM new.due_on),
       count(*) FILTER (WHERE item.state = 'due' AND new.due_on <= %(as_of)s IS NOT TRUE),
       count(*) FILTER (WHERE item.state = 'waiting' AND new.due_on <= %(as_of)s AND NOT /*held*/),
       count(*) FILTER (WHERE item.state = 'waiting' AND new.due_on <= %(as_of)s AND /*held*/)
FROM retention_scheduleitem AS item LEFT JOIN /*sum*/ ON true
WHERE item.organisation_id = %(organisation)s AND item.state IN ('waiting', 'due', 'held')
GROUP BY new.rule_version_id
""".replace("/*rules*/", RULES)
    .replace("/*sum*/", SUM)
    .replace("/*held*/", HELD)
)


def effects(organisation: Organisation, as_of: date, rules: Sequence[Rule]) -> list[Effect]:
    """By winning rule, those that win nothing included. Counted in a read-only transaction."""
    parameters: dict[str, Any] = {"organisation": organisation.pk, "as_of": as_of, "rules": as_parameter(rules)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.execute(EFFECT, parameters)
        counted = {winner: counts for winner, *counts in cursor.fetchall()}
        new = _new(organisation, as_of, rules)
    return [_effect(rule, counted.get(rule.id, (0, 0, 0, 0)), new) for rule in rules]


def _effect(rule: Rule, counts: Sequence[int], new: Counter[tuple[int, bool]]) -> Effect:
    changed, withdrawn, flagged, held = counts
    due, later = new[rule.id, True], new[rule.id, False]
    return Effect(rule.name, due + later, changed, withdrawn, flagged + due, held)


def _new(organisation: Organisation, as_of: date, rules: Sequence[Rule]) -> Counter[tuple[int, bool]]:
    """How many records without a schedule each rule would win, and whether they would be due at once."""
    waiting = Unscheduled.objects.within(organisation).values("record_id")
    records = DecisionRecord.objects.within(organisation).filter(pk__in=waiting).select_related("document__key")
    counted: Counter[tuple[int, bool]] = Counter()
    for record in records.iterator(chunk_size=200):
        dates: dict[Trigger, date | None] = {Trigger.DECISION_DATE: london_date(record.recorded_at)}
        for winner in sums(rules, category_of_record(record, organisation), dates)[:1]:
            counted[winner.rule.id, winner.due_on is not None and winner.due_on <= as_of] += 1
    return counted


def simulate(organisation: Organisation, as_of: date) -> list[Effect]:
    """What a sweep would do on `as_of`, by rule. Nothing is written, not even the organisation's copy of the rules."""
    versions = [version.as_rule for version in selectors.adopted(organisation)]
    return effects(organisation, as_of, versions or _shipped(organisation))


def _shipped(organisation: Organisation) -> list[Rule]:
    return [
        Rule(place, each.name, Trigger(each.trigger), each.years, frozenset(each.categories))
        for place, each in enumerate(offered_to(organisation.kind))
        if each.adopted
    ]


def preview(version: RuleVersion, years: int, adopted: bool) -> Effect:
    """What this change of one rule would do today, over all rules."""
    others = [each.as_rule for each in selectors.adopted(version.organisation).exclude(pk=version.pk)]
    rules = [*others, replace(version.as_rule, years=years)] if adopted else others
    return total(effects(version.organisation, selectors.today(), rules))


def total(found: Iterable[Effect]) -> Effect:
    every = list(found)
    names = ("scheduled", "changed", "withdrawn", "flagged", "held")
    return Effect("All rules", **{name: sum(getattr(each, name) for each in every) for name in names})
