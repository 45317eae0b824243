"""Records that a lead may not review, having had a part in them: why, who can, and whom to ask where nobody can."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from decisions import parts, selectors
from decisions.models import DecisionRecord, ReviewItem
from infoshare.accounts.models import Membership, Organisation, User
from infoshare.accounts.roles import Permission
from infoshare.accounts.selectors import administrators, people_who_may
from infoshare.govuk.components import Cell

from . import counting
from .sentences import age, sentence

COLUMNS = ("What was decided", "Why not you", "Who can review it", "Waiting")
SHOWN = 50


def told(record: DecisionRecord, had: Sequence[parts.Part]) -> dict[str, Any]:
    """Of one record, for its own pages."""
    able = selectors.reviewers(record.organisation, [record.pk])[record.pk]
    return {
        "record": record,
        "had": ", and ".join(had),
        "able": _names(able),
        "shut_out": "" if able else _names(selectors.shut_out(record)),
        "administrators": administrators_of(record.organisation),
    }


def waiting(membership: Membership) -> dict[str, Any]:
    """Of all that wait, for the queue."""
    theirs = selectors.to_review_by_another(membership)
    shown = list(theirs.select_related("record__document__key")[:SHOWN])
    able = selectors.reviewers(membership.organisation, [item.record_id for item in shown])
    return {
        "other_columns": COLUMNS,
        "other_rows": [_line(item, membership, able[item.record_id]) for item in shown],
        "other_count": counting.capped(theirs),
        "stuck": sum(not leads for leads in able.values()),
        "administrators": administrators_of(membership.organisation),
    }


def administrators_of(organisation: Organisation) -> list[User]:
    """Of the organisation itself, else of the deployment."""
    return list(people_who_may(Permission.ADMINISTER, organisation) or administrators())


def _line(item: ReviewItem, membership: Membership, able: Sequence[User]) -> tuple[object, ...]:
    record, why = item.record, capfirst(", and ".join(parts.of(membership, item.record)))
    url = reverse("log:record", args=[record.pk])
    return Cell(sentence(record), url), why, _names(able) or "Nobody yet", age(record.recorded_at)


def _names(people: Sequence[User]) -> str:
    return ", ".join(person.name for person in people)
