"""Which texts of a record can be corrected, what each said first and what it says now. Reads, never writes."""

from collections.abc import Iterable
from typing import Any

Content = dict[str, Any]

# Where the text stands in a document → what a page calls it.
PARTS = {
    "decision.reasons": "Reasons",
    "decision.departure_reason": "Why otherwise than the guide suggested",
    "sharing.purpose": "What they need it for",
    "emergency.happening": "What was happening",
    "emergency.shared": "What was shared in the emergency",
}


def original(content: Content, part: str) -> str:
    """Empty where the record has no such text."""
    found: Any = content
    for name in part.split("."):
        found = (found or {}).get(name)
    return found if isinstance(found, str) else ""


def correctable(content: Content) -> dict[str, str]:
    return {part: words for part, words in PARTS.items() if original(content, part)}


def newest(content: Content, entries: Iterable[Content], part: str) -> str:
    """The text of a part after all corrections among `entries`, which are in order."""
    text = original(content, part)
    for entry in entries:
        if entry.get("part") == part:
            text = entry["text"]
    return text
