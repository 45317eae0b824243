"""Who had a part in a record: made it, advised on its draft, added to it, or confirmed something on it.

They never review it. Asked here for the queue and the pages; the database refuses the same people by a trigger.
"""

from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from infoshare.accounts.models import Membership

from .models import Amendment, Confirmation, DecisionRecord, RecordAdviser

Row = TypeVar("Row", bound=Model)


class Part(StrEnum):
    """In words for the person who had it."""

    MADE = "you made it"
    ADVISED = "you gave advice on it before it was decided"
    ADDED = "you added to it"
    CONFIRMED = "you confirmed that something was sent or arrived"


# Where a part is kept that is not the author's, and in which column.
KEPT: tuple[tuple[Part, Any, str], ...] = (
    (Part.ADVISED, RecordAdviser, "adviser"),
    (Part.ADDED, Amendment, "author"),
    (Part.CONFIRMED, Confirmation, "author"),
)


def of(membership: Membership, record: DecisionRecord) -> list[Part]:
    made = [Part.MADE] if record.author_id == membership.user_id else []
    return made + [part for part, rows in _theirs(membership) if rows.filter(record=record.pk).exists()]


def records(membership: Membership) -> QuerySet[Any, Any]:
    """The references of all that the person had a part in: few beside a whole log, so a query may begin with them."""
    made: QuerySet[Any, Any] = DecisionRecord.objects.within(membership.organisation).filter(author=membership.user_id)
    return made.order_by().values("pk").union(*(rows.order_by().values("record") for _, rows in _theirs(membership)))


def without(rows: QuerySet[Row], membership: Membership, path: str) -> QuerySet[Row]:
    """The others. One NOT IN for each kind: PostgreSQL hashes each once and keeps reading in the order of the index."""
    rows = rows.exclude(**{f"{path}__author": membership.user_id})
    for _, theirs in _theirs(membership):
        rows = rows.exclude(**{f"{path}__in": theirs.values("record")})
    return rows


def _theirs(membership: Membership) -> list[tuple[Part, QuerySet[Any]]]:
    here = membership.organisation
    return [(part, model.objects.within(here).filter(**{who: membership.user_id})) for part, model, who in KEPT]
