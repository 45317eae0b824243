"""The words to say or send that follow from a record: a notice for each person, or the letter of a refusal. Pure reads.

What the record keeps is never changed by them: the page offers a copy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from decisions.guide import refusal, telling
from decisions.models import DecisionRecord

LETTER = "letter"


@dataclass(frozen=True)
class Words:
    """`key` is the last part of the address, `heading` what stands on top of the paper."""

    key: str
    title: str
    heading: str
    text: str


def words_of(record: DecisionRecord) -> list[Words]:
    """Of the record, or of the reasons that completed an emergency."""
    reasons = record.amendments.filter(completes_reasons=True).select_related("document__key").first()
    content = (reasons or record).document.content
    return [*_notices(content), *_letter(content)]


def _notices(content: dict[str, Any]) -> Iterator[Words]:
    answers = {each["id"]: each["answer"] for each in content.get("answers", ())}
    by = telling.Author(content["by"]["name"], content["by"]["organisation"])
    people = sorted((content.get(telling.KEY) or {}).items(), key=lambda each: (each[0].startswith("parent"), each[0]))
    for key, told in people:
        status = telling.TOLD if told["status"] == telling.TOLD else telling.TO_BE_TOLD
        somebody = telling.Somebody(key, told["title"])
        text = told["notice"] or telling.notice(by, answers, somebody, status)
        yield Words(key, f"What to say: {somebody.in_sentence}", telling.TITLE, text)


def _letter(content: dict[str, Any]) -> Iterator[Words]:
    if letter := (content.get(refusal.KEY) or {}).get(refusal.LETTER):
        yield Words(LETTER, "The letter to whoever asked", refusal.TITLE, letter)
