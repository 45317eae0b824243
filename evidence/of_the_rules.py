"""The tables about the rule set: the editions that judged, and the sources they cite with how well each was checked."""

from collections.abc import Iterator
from datetime import date

from decisions import editions
from decisions.engine.ruleset import InForce, RuleSet
from decisions.guide.law import CONFIRMED, STATUS_WORDS

from .packs import Pack
from .tables import Table

CHECKED = {CONFIRMED: "checked in the source", **STATUS_WORDS}


def used(pack: Pack) -> list[RuleSet]:
    """Those that judged a record of the pack, and those in force on a day of its period."""
    judged = set(pack.of_records.values_list("edition", flat=True).distinct())
    in_force = {editions.current(on=day).edition for day in (pack.since, pack.until)}
    begun = {name for name in editions.names() if _begins_within(editions.get(name).effective, pack)}
    return [editions.get(name) for name in editions.names() if name in judged | in_force | begun]


def _begins_within(force: InForce, pack: Pack) -> bool:
    return force.start is not None and pack.since <= force.start <= pack.until


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _editions(pack: Pack) -> Iterator[tuple[str, ...]]:
    for each in used(pack):
        yield each.edition, each.title, _day(each.effective.start), _day(each.effective.until), each.content_hash


def _sources(pack: Pack) -> Iterator[tuple[str, ...]]:
    for edition in used(pack):
        for source in edition.sources.values():
            force = source.force
            days = _day(force.start), _day(force.until)
            yield edition.edition, source.title, CHECKED[source.status], source.note, *days, source.url


TABLES = (
    Table(
        "editions.csv",
        "Editions of the guide’s rule set that judged these records or were in force in the period",
        {
            "edition": "Name of the edition",
            "title": "What it is about",
            "from": "First day in force",
            "until": "Last day in force; empty while it is",
            "content_hash": "SHA-256 of the file: each record names the one it was judged by",
        },
        _editions,
    ),
    Table(
        "sources.csv",
        "The law and guidance that each of these editions cites, and how well each was checked",
        {
            "edition": "Name of the edition",
            "source": "Law, guidance or case",
            "checked": "How well it was checked against the source itself",
            "note": "What to know about that",
            "from": "First day it applies",
            "until": "Last day it applies",
            "address": "Where it can be read",
        },
        _sources,
    ),
)
