"""Who may set retention: a records administrator, for their own organisation only."""

from django.core.exceptions import PermissionDenied

from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Permission


def check_may_set_retention(by: Membership, organisation: Organisation) -> None:
    if by.organisation_id != organisation.pk or not by.may(Permission.SET_RETENTION):
        raise PermissionDenied(f"Your role does not allow you to {Permission.SET_RETENTION.label}.")
