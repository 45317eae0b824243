"""Who may set retention and who may review: by role, and for their own organisation only."""

from django.core.exceptions import PermissionDenied

from decisions.models import DecisionRecord, Recusal
from decisions.permissions import may_know_of
from decisions.visibility import open_to
from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Permission

from .models import ReviewTask


def _check(by: Membership, organisation: Organisation, permission: Permission) -> None:
    if by.organisation_id != organisation.pk or not by.may(permission):
        raise PermissionDenied(f"Your role does not allow you to {permission.label}.")


def check_may_set_retention(by: Membership, organisation: Organisation) -> None:
    _check(by, organisation, Permission.SET_RETENTION)


def check_may_review(by: Membership, organisation: Organisation) -> None:
    """Answer disposal reviews, and decide what another person asked for."""
    _check(by, organisation, Permission.REVIEW_RETENTION)


def is_kept_from(by: Membership, reference: str) -> bool:
    """Did the person step back from this record, or were they kept from it? Then they have no part in its end."""
    return bool(Recusal.objects.within(by.organisation).filter(person=by.user, record=reference).exists())


def check_not_kept_from(by: Membership, reference: str) -> None:
    if is_kept_from(by, reference):
        raise PermissionDenied(
            "You stepped back from this record, or somebody kept you from it. Somebody else has to do this."
        )


def may_see_schedule(by: Membership, record: DecisionRecord) -> bool:
    """May the person know when this record is due and why? Who keeps the records, and whoever may know of this one."""
    if record.organisation_id != by.organisation_id or is_kept_from(by, record.pk):
        return False
    return by.may(Permission.REVIEW_RETENTION) or may_know_of(by, record)


def may_enter_dates(by: Membership, record: DecisionRecord) -> bool:
    if record.organisation_id != by.organisation_id or is_kept_from(by, record.pk):
        return False
    return by.may(Permission.REVIEW_RETENTION) or (by.may(Permission.ADD_TO_RECORDS) and may_know_of(by, record))


def may_object(by: Membership, task: ReviewTask) -> bool:
    """Whoever may know when the record is due may stop its destruction."""
    record = DecisionRecord.objects.within(by.organisation).filter(pk=task.record_id).first()
    return record is not None and may_see_schedule(by, record)


def may_take_bundle(by: Membership, record: DecisionRecord) -> bool:
    """Who reviews may hand over what two people agreed to pass on; not a record that is restricted to others."""
    if record.organisation_id != by.organisation_id or not by.may(Permission.REVIEW_RETENTION):
        return False
    return open_to(DecisionRecord.objects.filter(pk=record.pk), by, "pk").exists()


def check_may_take_bundle(by: Membership, record: DecisionRecord) -> None:
    if not may_take_bundle(by, record):
        raise PermissionDenied("Somebody else has to take the bundle: this record is not open to you.")


def check_may_object(by: Membership, task: ReviewTask) -> None:
    if not may_object(by, task):
        raise PermissionDenied("Your role does not allow you to object to this.")


def check_may_enter_dates(by: Membership, record: DecisionRecord) -> None:
    if not may_enter_dates(by, record):
        raise PermissionDenied("Your role does not allow you to enter dates for this record.")
