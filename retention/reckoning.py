"""The sum of schedule.py and the reach of holds, as pieces of SQL over many records. A test holds both sums together.

Each piece speaks of one row of retention_scheduleitem by the name `item`. Not a place for anything a person typed:
values are parameters.
"""

import json
from collections.abc import Iterable

from .schedule import Rule, Trigger

RULES = """
rules AS MATERIALIZED (
    SELECT rule.id, rule.trigger, rule.years, rule.everything,
           ARRAY(SELECT json_array_elements_text(rule.categories)) AS categories
    FROM json_to_recordset(%(rules)s) AS rule
        (id bigint, trigger text, years integer, everything boolean, categories json)
)
"""

_COUNTS_FROM = " ".join(f"WHEN '{trigger}' THEN item.{trigger.column}" for trigger in Trigger)

# The sum that wins: an unknown day beats any, else the latest wins. Until the day a review set, it is kept in any case.
SUM = """
LATERAL (
    SELECT rule.id AS rule_version_id, greatest(item.kept_until, rule.due_on) AS due_on
    FROM (
        SELECT id, trigger, counts_from, add_whole_years(counts_from, years) AS due_on
        FROM (
            SELECT rules.*, CASE trigger /*counts_from*/ END AS counts_from
            FROM rules WHERE everything OR item.category = ANY (categories)
        ) AS matching
    ) AS rule
    WHERE rule.trigger <> 'death' OR rule.counts_from IS NOT NULL
    ORDER BY rule.due_on DESC NULLS FIRST, rule.id LIMIT 1
) AS new
""".replace("/*counts_from*/", _COUNTS_FROM)

HELD = """(
    EXISTS (SELECT 1 FROM retention_hold AS hold
            WHERE hold.lifted_at IS NULL AND hold.scope = 'record' AND hold.record_id = item.record_id)
    OR EXISTS (SELECT 1 FROM retention_hold AS hold
               WHERE hold.lifted_at IS NULL AND hold.scope = 'case' AND hold.organisation_id = item.organisation_id
                 AND hold.case_index = item.case_index)
    OR EXISTS (SELECT 1 FROM retention_hold AS hold
               WHERE hold.lifted_at IS NULL AND hold.scope IN ('rule', 'category', 'organisation')
                 AND hold.organisation_id = item.organisation_id
                 AND (hold.scope = 'organisation'
                      OR hold.scope = 'category' AND hold.category = item.category
                      OR hold.scope = 'rule' AND hold.rule_id = (
                          SELECT version.rule_id FROM retention_ruleversion AS version
                          WHERE version.id = item.rule_version_id)))
)"""


def as_parameter(rules: Iterable[Rule]) -> str:
    """The rules as RULES reads them."""
    return json.dumps(
        [
            {
                "id": rule.id,
                "trigger": rule.trigger,
                "years": rule.years,
                "everything": not rule.categories,
                "categories": sorted(rule.categories),
            }
            for rule in rules
        ]
    )
