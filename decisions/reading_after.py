"""The parts of a record's document that follow the decision, as rows: who was told, and what a refusal was answered."""

from datetime import date
from typing import Any

from django.utils.formats import date_format

from infoshare.govuk.components import Row

from .guide.telling import NOT_TOLD, STATUS_WORDS, TO_BE_TOLD

Content = dict[str, Any]


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "j F Y")


def in_order(telling: Content) -> list[dict[str, str]]:
    """The person it is about first, then parents."""
    return [telling[who] for who in sorted(telling, key=lambda who: (who.startswith("parent"), who))]


def settled(telling: Content) -> list[tuple[str, str]]:
    """Each person, and in short what is settled: "To be told" and by when."""
    return [(told["title"], "\n".join(_settled(told))) for told in in_order(telling)]


def telling_rows(telling: Content) -> list[Row]:
    """One row for each person; the notice that was written for them stands with it."""
    return [Row(told["title"], "\n".join(_told(told))) for told in in_order(telling)]


def _settled(told: dict[str, str]) -> list[str]:
    day = {NOT_TOLD: "Look again on", TO_BE_TOLD: "By"}.get(told["status"], "On")
    return [STATUS_WORDS[told["status"]], f"{day} {_day(told['day'])}"]


def _told(told: dict[str, str]) -> list[str]:
    lines = _settled(told)
    if told["exemption"]:
        lines += filter(None, [told["exemption_words"], told["reason"]])
    if told["safe_way"]:
        lines.append(f"A safe way to reach them: {told['safe_way']}")
    return [*lines, "", told["notice"]] if told["notice"] else lines


def refusal_rows(refusal: Content) -> list[Row]:
    said = refusal["answer"]
    rows = []
    if said["discussed"] == "yes":
        rows.append(Row("Talked about with", f"{said['discussed_with']}, on {_day(said['discussed_on'])}"))
    if said["discussed"] == "no":
        rows.append(Row("Not talked about", said["not_discussed"]))
    rows.append(Row("What would change it", said["would_change"]))
    rows.append(Row("Look again on", _day(said["look_again_on"])))
    return [*rows, Row("Letter", refusal["letter"])] if refusal.get("letter") else rows
