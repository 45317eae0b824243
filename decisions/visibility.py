"""The records a person may know of, as one query that everything else stands on: lists, counts, exports, reviews.

A record outside it is a 404, is in no number and in no file.
"""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Permission

from .models import DecisionRecord, LogSettings, Recusal, Restriction

Row = TypeVar("Row", bound=Model)


def settings_of(organisation: Organisation) -> LogSettings:
    """The settings in force; the defaults where nobody has set any."""
    return LogSettings.objects.within(organisation).first() or LogSettings(organisation=organisation)


def visible_to(membership: Membership) -> QuerySet[DecisionRecord]:
    records: QuerySet[DecisionRecord] = DecisionRecord.objects.within(membership.organisation)
    if not membership.may(Permission.READ_ALL_RECORDS):
        if not membership.may(Permission.READ_OWN_RECORDS):
            return records.none()
        records = records.filter(_own_or_team(membership))
    return open_to(records, membership, "pk")


def open_to(rows: QuerySet[Row], membership: Membership, path: str) -> QuerySet[Row]:
    """Without the rows whose record (at `path`) is restricted to others, or from which the person is recused."""
    # NOT IN a small sub-select: PostgreSQL hashes it once and keeps reading in the order of the index.
    for closed in closed_to(membership):
        rows = rows.exclude(**{f"{path}__in": closed})
    return rows


def closed_to(membership: Membership) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """The records restricted to others, and those from which the person is recused, each as a sub-select."""
    restricted = Restriction.objects.within(membership.organisation).exclude(readers=membership.user)
    recused = Recusal.objects.within(membership.organisation).filter(person=membership.user)
    return restricted.values("pk"), recused.values("record")


def _own_or_team(membership: Membership) -> Q:
    mine = Q(author=membership.user)
    if membership.team_id and settings_of(membership.organisation).team_reads:
        return mine | Q(team=membership.team_id)
    return mine
