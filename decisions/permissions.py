"""May this person do this to that record? Builds on the roles of accounts; raises Django's PermissionDenied."""

from django.core.exceptions import PermissionDenied

from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Permission

from . import parts
from .models import DecisionRecord, FollowUpTask, Review
from .visibility import visible_to


def may_know_of(membership: Membership, record: DecisionRecord) -> bool:
    """May the person know that this record exists? If not, it is a 404 to them."""
    return visible_to(membership).filter(pk=record.pk).exists()


def check_may(membership: Membership, permission: Permission) -> None:
    if not membership.may(permission):
        raise PermissionDenied(f"Your role does not allow you to {permission.label}.")


def check_may_decide(membership: Membership) -> None:
    if not membership.may(Permission.DECIDE):
        raise PermissionDenied("Your role does not allow you to record decisions.")


def check_may_keep_directory(membership: Membership) -> None:
    if not membership.may(Permission.KEEP_DIRECTORY):
        raise PermissionDenied("Your role does not allow you to keep the directory of partners.")


def may_add_to(membership: Membership, record: DecisionRecord) -> bool:
    return membership.may(Permission.ADD_TO_RECORDS) and may_know_of(membership, record)


def check_may_add_to(membership: Membership, record: DecisionRecord) -> None:
    if not may_add_to(membership, record):
        raise PermissionDenied("Your role does not allow you to add to this record.")


def check_may_review(membership: Membership) -> None:
    if not membership.may(Permission.REVIEW_RECORDS):
        raise PermissionDenied("Your role does not allow you to review records.")


def may_open_or_close(membership: Membership, record: DecisionRecord) -> bool:
    """May they restrict the record, keep somebody from it, or undo that? Not its author."""
    may = membership.may(Permission.REVIEW_RECORDS) and record.author_id != membership.user_id
    return may and may_know_of(membership, record)


def check_may_open_or_close(membership: Membership, record: DecisionRecord) -> None:
    if not may_open_or_close(membership, record):
        raise PermissionDenied(
            "Only an information-governance lead who did not make this record can say who may read it."
        )


def may_review(membership: Membership, record: DecisionRecord) -> bool:
    """Nobody who had a part in it (parts.py); the database refuses them too."""
    may = membership.may(Permission.REVIEW_RECORDS) and may_know_of(membership, record)
    return may and not parts.of(membership, record)


def check_may_review_record(membership: Membership, record: DecisionRecord) -> None:
    check_may_review(membership)
    if not may_review(membership, record):
        raise PermissionDenied("Somebody else has to review this record: you had a part in it.")


def may_answer(membership: Membership, review: Review) -> bool:
    return review.record.author_id == membership.user_id and may_know_of(membership, review.record)


def may_close(membership: Membership, task: FollowUpTask) -> bool:
    """The owner and the IG lead; but reasons are completed, not closed."""
    if task.organisation_id != membership.organisation_id or task.kind == FollowUpTask.Kind.COMPLETE_REASONS:
        return False
    return task.owner_id == membership.user_id or membership.may(Permission.ADVISE)


def check_may_close(membership: Membership, task: FollowUpTask) -> None:
    if not may_close(membership, task):
        raise PermissionDenied("Only the person who has this task, or an information-governance lead, can close it.")


def check_may_export(membership: Membership) -> None:
    if not membership.may(Permission.EXPORT_RECORDS):
        raise PermissionDenied("Your role does not allow you to export records from the log.")


def check_may_step_back(membership: Membership, record: DecisionRecord) -> None:
    """Anyone who may know of it, but its author."""
    if record.author_id == membership.user_id or not may_know_of(membership, record):
        raise PermissionDenied("You made this record, so you cannot step back from it.")
