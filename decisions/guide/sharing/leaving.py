"""Exactly what leaves and where it goes: what the last look shows, and what the record keeps of it by value."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format

from decisions.engine.ruleset import RuleSet
from decisions.models import Partner
from decisions.recipients import Channel, RecipientKind

from . import recipients
from .guidance import LINK
from .table import Cell, Choice, Recipient, Table

Leaves = dict[str, Any]


def leaves(
    table: Table, impact: Mapping[str, str], ruleset: RuleSet, directory: Mapping[int, Partner], today: date
) -> Leaves:
    """Plain values in plain words: readable without the rule set, the directory or this software."""
    return {
        "purpose": table.purpose,
        "summary": table.summary,
        "items": [{"text": item.text, "marks": item.tags} for item in table.items],
        "recipients": [_recipient(table, each, ruleset, directory, today) for each in table.recipients],
        "impact": dict(impact),
    }


def _recipient(
    table: Table, recipient: Recipient, ruleset: RuleSet, directory: Mapping[int, Partner], today: date
) -> Leaves:
    said = table.guidance[recipient.id]
    now = directory.get(recipient.partner) if recipient.partner else None
    return {
        "who": recipient.who,
        "name": recipient.name,
        "organisation": recipient.organisation,
        "kind": recipient.kind,
        "kind_words": RecipientKind(recipient.kind).label,
        "channel": recipient.channel,
        "channel_words": Channel(recipient.channel).label,
        "address": recipient.address,
        "from_directory": recipient.partner is not None,
        "verified": _verified(recipient),
        "is_verified": bool(recipient.verified_on),
        "warning": recipients.warning(recipient, now, today),
        "could_reach_danger": _link_words(ruleset, recipient.link),
        "guide": {"outcome": said.outcome, "text": said.text, "differs": said.differs},
        "gets": table.sentence(recipient),
        "cells": [_cell(table, cell) for cell in table.cells_of(recipient)],
    }


def _cell(table: Table, cell: Cell) -> Leaves:
    without = table.without(cell.item) if cell.choice == Choice.REDACT else ""
    return {
        "item": cell.item.text,
        "choice": cell.choice,
        "default": cell.default,
        "without": without,
        "reason": cell.reason if cell.goes else "",
    }


def _verified(recipient: Recipient) -> str:
    if not recipient.verified_on:
        return "Not checked"
    day = date_format(date.fromisoformat(recipient.verified_on), "j F Y")
    return f"{recipient.verified_by}, {day}: {recipient.verified_how}"


def _link_words(ruleset: RuleSet, link: str) -> str:
    question = next((q for q in ruleset.questions if q.id == LINK), None)
    return next((o.text for o in question.options if o.id == link), "") if question and link else ""
