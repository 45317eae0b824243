"""Covering sittings as a file that people read and sign, and what has changed since. NOT which sittings (cover.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from decisions.engine.cover import Cover
from decisions.engine.evaluate import judge
from decisions.engine.ruleset import RuleSet
from decisions.engine.words import quoted

HEAD = """\
# Sittings that cover the rule set {name}, edition {edition}: {count} sittings, {goals} things covered.
# Each gives answers and what the rule set makes of them. Read them; if one is wrong, correct the rule set and write
# this file again (manage.py cover_ruleset). When all are right, put your name and the day here.
"""


def frozen(ruleset: RuleSet, cover: Cover) -> str:
    goals = cover.goals - len(cover.impossible)
    head = HEAD.format(name=ruleset.name, edition=ruleset.edition, count=len(cover.sittings), goals=goals)
    document = {
        "signed": "",
        "content": ruleset.content_hash,
        "sittings": [
            {
                "number": number,
                "day": sitting.day.isoformat(),
                "answers": sitting.answers,
                "leads_to": sitting.decisions,
                "with": {name: list(items) for name, items in sitting.sets.items()},
            }
            for number, sitting in enumerate(cover.sittings, start=1)
        ],
    }
    return head + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None)


def differences(ruleset: RuleSet, text: str) -> list[str]:
    """One sentence for each thing that a kept sitting no longer leads to."""
    return [line for kept in yaml.safe_load(text)["sittings"] for line in _changed(ruleset, kept)]


def _changed(ruleset: RuleSet, kept: dict[str, Any]) -> Iterator[str]:
    judgement = judge(ruleset, kept["answers"], date.fromisoformat(kept["day"]))
    for decision in ruleset.decisions:
        before, now = kept["leads_to"].get(decision.id), judgement.value(decision.id)
        if before != now:
            yield f"sitting {kept['number']}: {quoted(decision.text)} was {before}, now {now}"
    for item_set in ruleset.sets:
        kept_items = set(kept["with"].get(item_set.id, ()))
        for item in sorted(kept_items ^ set(judgement.members(item_set.id))):
            verb = "no longer has" if item in kept_items else "now has"
            yield f"sitting {kept['number']}: {quoted(item_set.text)} {verb} {item}"
