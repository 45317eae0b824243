"""Rows about holds and the requests to lift them."""

from collections.abc import Iterable

from django.urls import reverse

from infoshare.days import clock_words
from infoshare.govuk.components import Cell, Cells, Row
from retention.models import Hold, Lifting, Scope
from retention.schedule import in_words

HOLDS = ("Hold", "Covers", "What requires it", "Check again on", "State")


def holds(found: Iterable[Hold]) -> list[Cells]:
    return [
        (
            Cell(f"Hold {hold.pk}", url=reverse("retention:hold", args=[hold.pk])),
            covers(hold),
            hold.mandate,
            in_words(hold.review_on),
            state(hold),
        )
        for hold in found
    ]


def hold(found: Hold) -> list[Row]:
    return [
        Row("State", state(found)),
        Row("Covers", covers(found)),
        Row("What requires it", found.mandate),
        Row("Why", found.reason),
        Row("Check again on", in_words(found.review_on)),
        Row("Placed", f"{found.placed_by.name}, {clock_words(found.placed_at)}"),
    ]


def lifting(asked: Lifting) -> list[Row]:
    rows = [Row("Why the hold should end", asked.reason)]
    return [*hold(asked.hold), *rows, Row("Asked for", f"{asked.asked_by.name}, {clock_words(asked.asked_at)}")]


def covers(hold: Hold) -> str:
    match hold.scope:
        case Scope.RECORD:
            return f"Record {hold.record_id}"
        case Scope.RULE:
            version = hold.rule.versions.first() if hold.rule else None
            return f"All records kept by the rule “{version.name if version else ''}”, and those still to come"
        case Scope.CATEGORY:
            return f"All records of one kind, and those still to come. The kind: {hold.get_category_display()}"
        case Scope.CASE:
            return "All records of one case, and those still to come"
        case Scope.ORGANISATION:
            return "All records of the organisation, and those still to come"
    return str(hold.get_scope_display())


def state(hold: Hold) -> str:
    return f"Lifted, {clock_words(hold.lifted_at)}" if hold.lifted_at else "In force"
