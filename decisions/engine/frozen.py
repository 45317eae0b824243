"""Covering sittings as a file that people read and sign, and what has changed since. NOT which sittings (cover.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from decisions.engine.cover import Cover, Sitting
from decisions.engine.evaluate import judge
from decisions.engine.explain import explain
from decisions.engine.ruleset import RuleSet
from decisions.engine.sentences import sentences
from decisions.engine.words import quoted

HEAD = """\
# Sittings that cover the rule set {name}, edition {edition}: {count} sittings, {goals} things covered.
#
# How to read and sign it. Each sitting below is one made-up case. `if` gives the answers that the main result rests
# on, `then` everything that the guide would tell that person, `shows` why the case is here. Ask of each: is this what
# we want the guide to say? If not, have the rule set corrected and this file written again (manage.py cover_ruleset).
# When all are right, write your name, role and the day between the quotation marks after `signed:`.
# The lines from `answers` on are for the computer, which checks on every change that all this is still so.
"""


def frozen(ruleset: RuleSet, cover: Cover, signed: str = "") -> str:
    goals = cover.goals - len(cover.impossible)
    head = HEAD.format(name=ruleset.name, edition=ruleset.edition, count=len(cover.sittings), goals=goals)
    document = {
        "signed": signed,
        "content": ruleset.content_hash,
        "sittings": [_kept(ruleset, number, sitting) for number, sitting in enumerate(cover.sittings, start=1)],
    }
    # the C dumper: these files are long
    return head + yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)


def _kept(ruleset: RuleSet, number: int, sitting: Sitting) -> dict[str, Any]:
    return {
        "number": number,
        "day": sitting.day.isoformat(),
        "if": list(sentences(explain(ruleset, sitting.answers, sitting.day)).rests_on),
        "then": list(_then(ruleset, sitting)),
        "shows": "; ".join(sitting.covers),
        "answers": sitting.answers,
        "leads_to": sitting.decisions,
        "with": {name: list(items) for name, items in sitting.sets.items()},
    }


def _then(ruleset: RuleSet, sitting: Sitting) -> Iterator[str]:
    for decision in ruleset.decisions:
        value = sitting.decisions[decision.id]
        yield f"{decision.text}: {decision.value(value).text if value else 'nothing'}"
    for item_set in ruleset.sets:
        texts = "; ".join(item_set.item(item).text for item in sitting.sets[item_set.id])
        if texts:
            yield f"{item_set.text}: {texts}"


def read_kept(text: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return document


def differences(ruleset: RuleSet, text: str) -> list[str]:
    """One sentence for each thing that a kept sitting no longer leads to."""
    return [line for kept in read_kept(text)["sittings"] for line in _changed(ruleset, kept)]


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
