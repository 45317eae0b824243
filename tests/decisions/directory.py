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
    """An entry of the organisation of `by`, who is an IG lead."""
    return services.add_partner(by=by, entry={**ENTRY, **fields}, verified_how=verified_how)  # type: ignore[typeddict-item]
