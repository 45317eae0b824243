"""What a records administrator sets for the organisation: review time, cooling-off days, deputy."""

from datetime import time

from django.core.exceptions import ValidationError

from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Permission
from retention import permissions, selectors
from retention.models import RetentionSettings

from .rules import adopt_defaults


def change_settings(
    *, organisation: Organisation, by: Membership, review_at: time, cooling_days: int, deputy: Membership | None
) -> RetentionSettings:
    permissions.check_may_set_retention(by, organisation)
    if deputy and (deputy.organisation_id != organisation.pk or not deputy.may(Permission.REVIEW_RETENTION)):
        raise ValidationError("The deputy must be someone of your organisation who may review records.")
    adopt_defaults(organisation)
    settings = selectors.settings(organisation)
    settings.review_at, settings.cooling_days = review_at, cooling_days
    settings.deputy = deputy.user if deputy else None
    settings.save(update_fields=["review_at", "cooling_days", "deputy"])
    return settings
