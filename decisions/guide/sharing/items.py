"""From pasted lines to items: an item that stays keeps its id, and with it its marks and cells. Pure."""

import re
import secrets
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from .table import Mark

MOST_ITEMS = 40
LONGEST = 300
BULLET = re.compile(r"^\s*(?:[-*•–·]|\d{1,2}[.)])\s+")
# What an item's words suggest. Only a suggestion: the person sees it ticked and takes it away where it is wrong.
SUGGESTS = {
    Mark.LOCATION: r"address|postcode|live[sd]? at|lives in|moved|staying|phone|mobile|e-?mail|contact|school|nursery|"
    r"college|clinic|surgery|hospital|appointment|refuge|workplace|where (?:he|she|they)",
    Mark.INFORMANT: r"told us|told me|reported|referrer|informant|neighbour|witness|disclosed|asked for help|"
    r"complain|anonymous|said that",
    Mark.THIRD_PARTY: r"mother|father|mum|dad|parent|partner|husband|wife|boyfriend|girlfriend|brother|sister|sibling|"
    r"grand(?:mother|father|parent)|friend|ex-|uncle|aunt|neighbour|household|family",
}


def lines(text: str) -> list[str]:
    """One item a line, without bullets, blanks and repeats."""
    found = (" ".join(BULLET.sub("", line).split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in found if line))


def merge(saved: Sequence[dict[str, Any]], texts: Sequence[str]) -> list[dict[str, Any]]:
    """The items for these lines. An unchanged line keeps its item; a changed one is a new item."""
    known = {item["text"]: item["id"] for item in saved}
    return [{"id": known.get(text) or secrets.token_hex(4), "text": text} for text in texts]


def corrected(saved: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]]) -> dict[str, str]:
    """New id → the id it stands in the place of: what was typed about the old wording is offered again."""
    before, after = [item["id"] for item in saved], [item["id"] for item in new]
    found: dict[str, str] = {}
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace" and j - i == m - k:
            found |= dict(zip(after[k:m], before[i:j], strict=True))
    return {now: was for now, was in found.items() if now not in before and was not in after}


def suggested(text: str) -> list[str]:
    return [mark.value for mark, words in SUGGESTS.items() if re.search(rf"\b(?:{words})", text, re.IGNORECASE)]
