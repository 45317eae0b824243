"""What was told in an emergency, and to whom, as the sharing pages keep it. Values only; saves nothing."""

import re
import secrets
import textwrap
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from decisions.recipients import RecipientKind

from . import items
from .table import Recipient

# What the emergency page offers → kind and name. How they were told, it did not ask.
TOLD = {
    "police": (RecipientKind.POLICE, "Police"),
    "ambulance": (RecipientKind.EMERGENCY, "Ambulance service"),
    "childrens_social_care": (RecipientKind.SOCIAL_CARE, "Children’s social care"),
    "adults_social_care": (RecipientKind.SOCIAL_CARE, "Adults’ social care"),
    "hospital": (RecipientKind.HEALTH, "Hospital or doctor"),
    "fire": (RecipientKind.EMERGENCY, "Fire service or coastguard"),
}
SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+")


def details(told: Mapping[str, Any]) -> dict[str, Any]:
    """Items and recipients for a draft's details; the page asks how each of the recipients was told."""
    texts = [part for line in items.lines(told["shared"]) for part in _short(line)]
    return {
        "items": items.merge([], texts[: items.MOST_ITEMS]),
        "recipients": [asdict(recipient) for recipient in _recipients(told)],
    }


def _short(line: str) -> list[str]:
    """A line too long for an item: its sentences, the longest of them broken between words."""
    sentences = [line] if len(line) <= items.LONGEST else SENTENCE_ENDS.split(line)
    return [part for sentence in sentences for part in textwrap.wrap(sentence, items.LONGEST)]


def _recipients(told: Mapping[str, Any]) -> list[Recipient]:
    other = (RecipientKind.OTHER, told.get("other_recipient", ""))
    known = [TOLD.get(recipient, other) for recipient in told.get("recipients", [])]
    return [Recipient(secrets.token_hex(4), name, "", kind.value, "", "") for kind, name in known if name]
