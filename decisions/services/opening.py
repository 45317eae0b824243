"""Who may know of a record: restrictions, recusals, and the organisation's settings. Each change says who and why."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction

from decisions import permissions, selectors
from decisions.models import DecisionRecord, LogSettings, Recusal, Restriction, VisibilityChange
from infoshare.accounts.models import Membership, Organisation, User
from infoshare.accounts.roles import Permission

Kind = VisibilityChange.Kind


class NobodyWouldRead(Exception):
    """A record must stay open to a lead who is not its author: nobody else could ever open it again."""


def set_log(*, by: Membership, team_reads: bool, sample_percent: int) -> LogSettings:
    permissions.check_may_review(by)
    settings: LogSettings = LogSettings.objects.create(
        organisation=by.organisation, team_reads=team_reads, sample_percent=sample_percent, set_by=by.user
    )
    return settings


def restrict(*, record: DecisionRecord, by: Membership, readers: Sequence[Membership], reason: str) -> None:
    """Only `readers` may know of the record from now on. The author always may, and one who can lift it must."""
    permissions.check_may_open_or_close(by, record)
    readers = [each for each in readers if each.organisation_id == record.organisation_id]
    people = {record.author, *(each.user for each in readers)}
    with _closing(record):
        restriction, _ = Restriction.objects.get_or_create(record=record, organisation=record.organisation)
        restriction.readers.set(people)
        _note(record, by, Kind.RESTRICTED, [each.name for each in people], reason)


@contextmanager
def _closing(record: DecisionRecord) -> Iterator[None]:
    """Undone if no lead may read the record after it; one at a time, so that two leads cannot keep out each other."""
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=record.organisation_id)
        yield
        left = [each for each in selectors.readers(record) if each.user_id != record.author_id]
        if not any(each.may(Permission.REVIEW_RECORDS) for each in left):
            raise NobodyWouldRead


def lift(*, record: DecisionRecord, by: Membership, reason: str) -> None:
    permissions.check_may_open_or_close(by, record)
    with transaction.atomic():
        deleted, _ = Restriction.objects.within(by.organisation).filter(record=record).delete()
        if deleted:
            _note(record, by, Kind.LIFTED, [], reason)


def recuse(*, record: DecisionRecord, by: Membership, person: User, reason: str) -> None:
    """`person` may not know of the record any more. Anyone may step back themselves; the author has to stay."""
    if person == by.user:
        permissions.check_may_step_back(by, record)
    else:
        permissions.check_may_open_or_close(by, record)
    if person.pk == record.author_id:
        raise PermissionDenied("The person who made a record cannot be kept from it.")
    with _closing(record):
        Recusal.objects.get_or_create(record=record, organisation=record.organisation, person=person)
        _note(record, by, Kind.RECUSED, [person.name], reason)


def end_recusal(*, record: DecisionRecord, by: Membership, person: User, reason: str) -> None:
    permissions.check_may_open_or_close(by, record)
    with transaction.atomic():
        try:
            Recusal.objects.within(by.organisation).get(record=record, person=person).delete()
        except ObjectDoesNotExist:
            return
        _note(record, by, Kind.RETURNED, [person.name], reason)


def _note(record: DecisionRecord, by: Membership, kind: Kind, names: list[str], reason: str) -> None:
    VisibilityChange.objects.create(
        record=record,
        organisation=record.organisation,
        kind=kind,
        names=sorted(names),
        by=by.user,
        reason=reason,
    )
