"""Search of what people wrote: decrypt and look, newest first, so many records at a time. Keeps and logs no text.

There is no index of the text: whoever holds the database alone must find nothing in it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from decisions import brief
from decisions.models import DecisionRecord
from infoshare.ledger.models import SealedDocument

from . import paging

BOUND = 20_000  # records looked at in one go: a few seconds
ENOUGH = 50  # found records shown at once
CHUNK = 500
# What people typed; not the questions, the law or the engine's explanation, which hold the same words in each record.
TYPED = ("case_reference", "decision", "sharing", "emergency", "text", "by")


def _written(text: str) -> str:
    """As it stands in a document, between its quotation marks."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


# A text's bytes in a document without capitals. These two have capitals outside of ASCII, which have other bytes.
OTHERS = {"i": "(?:i|\\xc4\\xb0)", "k": "(?:k|\\xe2\\x84\\xaa)"}
PLAIN = re.compile(r"[!-hjl-~]+")
SPACES = [_written(chr(code)).encode() for code in range(0x3001) if chr(code).isspace()]
GAP = b"(?:" + b"|".join(map(re.escape, SPACES)) + b")+"


@dataclass(frozen=True)
class Found:
    """`go_on` is the edge to search on from, empty at the end of the log."""

    records: list[DecisionRecord]
    searched: int
    go_on: str


class Wanted:
    """Words to look for: capitals and spaces do not matter."""

    def __init__(self, text: str) -> None:
        self.words = as_compared(text)
        words = [_written(word) for word in self.words.split()]
        self.longest = max((part for word in words for part in PLAIN.findall(word)), key=len, default="").encode()
        patterns = ["".join(OTHERS.get(each) or re.escape(each) for each in word) for word in words]
        self.pattern = re.compile(GAP.join(map(str.encode, patterns))) if self.words.isascii() else None

    def stand_in(self, written: bytes) -> bool:
        """In what was typed? Most documents do not hold the words anywhere: those are not read, which takes longest."""
        lower = written.lower()
        if self.longest not in lower or (self.pattern and not self.pattern.search(lower)):
            return False
        content = brief.read(written)
        return any(self.words in as_compared(text) for name in TYPED for text in texts(content.get(name)))


def as_compared(text: str) -> str:
    return " ".join(text.split()).lower()


def texts(value: Any) -> Iterator[str]:
    """Every text in a part of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def _documents(record: DecisionRecord) -> Iterator[SealedDocument]:
    yield record.document
    for amendment in record.amendments.all():
        yield amendment.document


def scan(records: QuerySet[DecisionRecord], text: str, after: str = "") -> Found:
    wanted = Wanted(text)
    ordered = paging.older_than(records, after).order_by("-recorded_at", "-reference")
    ordered = ordered.select_related("document__key").prefetch_related("amendments__document__key")
    found: list[DecisionRecord] = []
    searched, last = 0, None
    for record in ordered[: BOUND + 1].iterator(chunk_size=CHUNK):
        if searched == BOUND or len(found) == ENOUGH:
            return Found(found, searched, paging.edge(last) if last else "")
        searched, last = searched + 1, record
        if any(wanted.stand_in(document.canonical) for document in _documents(record)):
            found.append(record)
    return Found(found, searched, "")
