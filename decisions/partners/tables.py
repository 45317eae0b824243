"""Rows of the directory's pages, as the page components take them."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from decisions.models import Partner, PartnerEvent
from decisions.models.partners import Standing
from decisions.recipients import Channel, RecipientKind
from infoshare.days import clock_words, day_words
from infoshare.govuk.components import Cell, Row

from .csv_files import Line, Problem

COLUMNS = ("Organisation", "Role or team", "Kind", "Address", "Verified")
FIELDS = {
    "name": "Organisation",
    "kind": "Kind",
    "role": "Role or team",
    "channel": "How it is sent",
    "address": "Address",
    "verified": "Verified on",
    "how": "How it was checked",
    "stated": "The file said that it was checked",
    "why": "Why",
}
PREVIEW = ("Line", "Organisation", "Role or team", "Kind", "Address", "What the file says of a check")
PROBLEM = ("Line", "Column", "What to do")
COLOURS = {Standing.VERIFIED: "green", Standing.STALE: "orange", Standing.UNVERIFIED: "red", Standing.RETIRED: "grey"}


def standing_words(partner: Partner, today: date) -> str:
    """Whether it was verified and when: "Verified on 4 May 2026"."""
    if partner.verified_on is None:
        return "Not verified"
    old = ", over a year ago" if partner.standing(today) == Standing.STALE else ""
    return f"Verified on {day_words(partner.verified_on)}{old}"


def lines(partners: Iterable[Partner], today: date) -> list[tuple[object, ...]]:
    return [
        (
            Cell(partner.name, url=reverse("partners:partner", args=[partner.pk])),
            partner.role,
            partner.get_kind_display(),
            partner.address,
            standing_words(partner, today),
        )
        for partner in partners
    ]


def rows(partner: Partner) -> list[Row]:
    said = [
        Row("Kind", partner.get_kind_display()),
        Row("Role or team", partner.role),
        Row("How it is sent", partner.get_channel_display()),
        Row("Address", partner.address),
    ]
    if partner.verified_on and partner.verified_by:
        said.append(Row("Verified", f"{partner.verified_by.name}, {day_words(partner.verified_on)}"))
        said.append(Row("How it was checked", partner.verified_how))
    return said


def history(events: Iterable[PartnerEvent]) -> list[tuple[object, ...]]:
    return [
        (f"{event.by.name} {event.get_kind_display()}", clock_words(event.happened_at), details_words(event))
        for event in events
    ]


def details_words(event: PartnerEvent) -> str:
    """What changed: "Address: a@b.example, now c@d.example"."""
    said = []
    for field, value in event.details.items():
        before, after = value if isinstance(value, list) else ("", value)
        before, after = _words(field, before), _words(field, after)
        change = f"{before}, now {after or 'no longer'}" if before else after
        said.append(f"{FIELDS[field]}: {change}")
    return "; ".join(said)


def _words(field: str, value: str) -> str:
    if field == "verified" and value:
        return day_words(date.fromisoformat(value))
    known: dict[str, dict[str, str]] = {"kind": dict(RecipientKind.choices), "channel": dict(Channel.choices)}
    return known.get(field, {}).get(value, value)


def contacts(number: int) -> str:
    return "1 contact" if number == 1 else f"{number} contacts"


def preview(new: Iterable[Line]) -> list[tuple[object, ...]]:
    """What an import would add."""
    kinds = dict(RecipientKind.choices)
    return [
        (
            line.number,
            line.entry["name"],
            line.entry["role"],
            kinds[line.entry["kind"]],
            line.entry["address"],
            line.stated or "Nothing",
        )
        for line in new
    ]


def problems(found: Iterable[Problem]) -> list[tuple[object, ...]]:
    return [(problem.line, problem.column or "The whole line", problem.words) for problem in found]
