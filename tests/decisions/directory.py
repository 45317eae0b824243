"""Entries of a directory, for tests."""

from decisions import services
from decisions.models import Partner
from decisions.recipients import Entry
from infoshare.accounts.models import Membership

ENTRY: Entry = {
    "name": "Eastmarsh Children’s Services",
    "kind": "social_care",
    "role": "Duty social worker",
    "channel": "secure_email",
    "address": "duty@eastmarsh.example",
}


def listed(by: Membership, verified_how: str = "Rang the number on their website", **fields: str) -> Partner:
    """An entry of the organisation of `by`, who is an IG lead: verified, unless `verified_how` is empty."""
    added = services.add_partner(by=by, entry={**ENTRY, **fields})  # type: ignore[typeddict-item]
    return services.verify_partner(by=by, partner=added, how=verified_how) if verified_how else added
