"""The columns of an export: what each holds, in one place for CSV, Excel, JSON and the page that explains them."""

from collections.abc import Callable
from dataclasses import dataclass

from decisions.models import DecisionRecord
from infoshare.days import LONDON

from .sentences import sentence


def _review(record: DecisionRecord) -> str:
    item = getattr(record, "review_item", None)
    return item.get_state_display() if item else ""


@dataclass(frozen=True)
class Column:
    name: str
    about: str
    value: Callable[[DecisionRecord], str]


COLUMNS = (
    Column("reference", "Our reference of the record", lambda r: r.reference),
    Column("recorded_at", "When it was recorded, London time", lambda r: r.recorded_at.astimezone(LONDON).isoformat()),
    Column("what_was_decided", "The record in one sentence", sentence),
    Column("case_reference", "The case’s number in your own system", lambda r: r.brief["case_reference"]),
    Column("recorded_by", "Who decided", lambda r: r.author.name),
    Column("team", "Their team when they decided", lambda r: r.team.name if r.team else ""),
    Column("route", "By the guide, or the emergency route", lambda r: r.get_route_display()),
    Column("suggested", "What the guide suggested", lambda r: r.get_recommended_display()),
    Column("decided", "What the person decided", lambda r: r.get_decided_display()),
    Column("departs", "Whether the two differ: yes or no", lambda r: "yes" if r.departs else "no"),
    Column("subject", "Who it is about", lambda r: r.get_subject_display()),
    Column("harm", "The worst that could happen to anyone, by the answers", lambda r: r.get_harm_display()),
    Column("for", "Who it was for: what kind of recipient", lambda r: r.get_would_receive_display()),
    Column("lawful_basis", "Lawful basis the guide named", lambda r: r.get_lawful_basis_display()),
    Column("agreement", "Where agreement stood", lambda r: r.get_agreement_display()),
    Column("telling", "Whether the person was to be told", lambda r: r.get_telling_display()),
    Column("review", "Where its review stands now", _review),
    Column("edition", "Edition of the guide that judged it", lambda r: r.edition),
)


def values(record: DecisionRecord) -> list[str]:
    return [column.value(record) for column in COLUMNS]
