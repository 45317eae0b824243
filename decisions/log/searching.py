"""Search of what people wrote: decrypt and look, newest first, so many records at a time. Keeps and logs no text.

There is no index of the text: whoever holds the database alone must find nothing in it.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from decisions.models import DecisionRecord

from . import paging

BOUND = 20_000  # records looked at in one go: a second or two
ENOUGH = 50  # found records shown at once
CHUNK = 500
# What people typed; not the questions, the law or the engine's explanation, which hold the same words in each record.
TYPED = ("case_reference", "decision", "sharing", "emergency", "text", "by")


@dataclass(frozen=True)
class Found:
    """`go_on` is the edge to search on from, empty at the end of the log."""

    records: list[DecisionRecord]
    searched: int
    go_on: str


def scan(records: QuerySet[DecisionRecord], text: str, after: str = "") -> Found:
    wanted = " ".join(text.split()).casefold()
    ordered = paging.older_than(records, after).order_by("-recorded_at", "-reference")
    ordered = ordered.select_related("document__key").prefetch_related("amendments__document__key")
    found: list[DecisionRecord] = []
    searched, last = 0, None
    for record in ordered[: BOUND + 1].iterator(chunk_size=CHUNK):
        if searched == BOUND or len(found) == ENOUGH:
            return Found(found, searched, paging.edge(last) if last else "")
        searched, last = searched + 1, record
        if wanted in haystack(record):
            found.append(record)
    return Found(found, searched, "")


def haystack(record: DecisionRecord) -> str:
    """All that was typed into a record and added to it, without capitals."""
    documents = [record.document, *(each.document for each in record.amendments.all())]
    return "\n".join(_typed(document.content) for document in documents).casefold()


def _typed(content: dict[str, Any]) -> str:
    parts = [content[name] for name in TYPED if content.get(name)]
    return " ".join(json.dumps(parts, ensure_ascii=False).split())
