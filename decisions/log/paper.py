"""One record as a PDF that a screen reader can read: the page's parts in the page's order, nothing folded away."""

from typing import Any

from decisions import reading
from decisions.models import DecisionRecord
from infoshare import typeset
from infoshare.days import clock_words
from infoshare.govuk.components import Row

from . import sealed
from .entries import Entry, Later
from .sentences import sentence

KNOWN = ["When", "What", "Who", "Written down"]
CONFIRMED = ["What", "When", "Who or to whom", "How", "Note", "Confirmed by"]
Part = dict[str, Any]


def pdf(record: DecisionRecord) -> bytes:
    return typeset.pdf("report", content(record))


def content(record: DecisionRecord) -> dict[str, Any]:
    said, later = record.document.content, Later(record)
    parts = [
        *({"heading": title, "facts": _facts(rows)} for title, rows in reading.parts(said, sent=later.sent)),
        {"heading": reading.law_heading(departs=record.departs), "facts": _law(said)},
        {"heading": "Questions and answers", "facts": _facts(reading.answer_rows(said))},
        {"heading": "What we knew, when", "columns": KNOWN, "rows": later.knowledge_rows},
        {"heading": "Added later", "facts": [_entry(entry) for entry in later.entries]},
        {"heading": "Sent and arrived", "columns": CONFIRMED, "rows": later.confirmation_rows},
        {"heading": "Review", "facts": _reviews(later)},
        {"heading": "Seal", "facts": [["When", sealed.words(record)], *_facts(sealed.rows(record)[2:])]},
    ]
    return {
        "name": f"Record {record.reference}",
        "title": sentence(record),
        "caption": f"Record {record.reference}",
        "footer": f"Record {record.reference}.",
        "parts": [part for part in parts if part.get("facts") or part.get("rows")],
    }


def _facts(rows: list[Row]) -> list[list[str]]:
    return [[row.key, str(row.value)] for row in rows]


def _law(said: Part) -> list[list[str]]:
    return [[part["text"], "\n".join(_of_a_point(part))] for part in reading.law(said)]


def _of_a_point(part: Part) -> list[str]:
    reasons = [reason["because"] for reason in part["reasons"]]
    return [part["comes_to"], *reasons, *(f"{test['text']}: {test['status']}" for test in part["tests"])]


def _entry(entry: Entry) -> list[str]:
    why = f"\n\nWhy it was added: {entry.why}" if entry.why else ""
    return [f"{entry.title}: {entry.who}, {clock_words(entry.at)}", entry.text + why]


def _reviews(later: Later) -> list[list[str]]:
    found = []
    for review in later.reviews:
        head = f"{review.signatory}, {clock_words(review.reviewed_at)}: {review.get_verdict_display()}"
        found.append([head, review.document.content["comment"]])
        if answer := review.answered:
            found.append([f"Answered, {clock_words(answer.answered_at)}", answer.document.content["text"]])
    return found
