"""Every write to the directory of partners: permission, change and event in one transaction.

Who is reached, and how, is what somebody verified: a change of either takes the verification away. To add or import an
entry never verifies it: that is a step of its own, by somebody here who has checked it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from decisions import permissions
from decisions.models import Partner, PartnerEvent
from decisions.recipients import Entry
from infoshare.accounts.models import Membership, Organisation
from infoshare.days import london_today

Kind = PartnerEvent.Kind
VERIFIED_AS = ("name", "role", "channel", "address")
NOT_VERIFIED: dict[str, Any] = {"verified_on": None, "verified_by": None, "verified_how": ""}


@contextmanager
def _keeping(by: Membership) -> Iterator[None]:
    """One transaction, and one at a time in an organisation: two leads cannot add the same contact in one moment."""
    permissions.check_may_keep_directory(by)
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
        yield


class Stale(Exception):
    """Somebody else changed the entry since the page was opened. `partner` is what it says now."""

    def __init__(self, partner: Partner) -> None:
        super().__init__("changed since")
        self.partner = partner


def add_partner(*, by: Membership, entry: Entry) -> Partner:
    with _keeping(by):
        return _add(by, entry, Kind.ADDED)


def import_partners(*, by: Membership, entries: Iterable[tuple[Entry, str]]) -> int:
    """All of them or none; entries that are there already are passed over. Returns how many were added.

    With each entry comes what the file says of a check: kept as words in its history, for whoever verifies it.
    """
    added = 0
    with _keeping(by):
        for entry, stated in entries:
            if not same_as(by, entry).exists():
                _add(by, entry, Kind.IMPORTED, stated)
                added += 1
    return added


def change_partner(*, by: Membership, partner: Partner, entry: Entry) -> Partner:
    """`partner` is what the page showed; raises Stale if it says something else by now."""
    with _keeping(by):
        now = _fresh(by, partner)
        differences = {field: [getattr(now, field), value] for field, value in entry.items()}
        differences = {field: pair for field, pair in differences.items() if pair[0] != pair[1]}
        if not differences:
            return now
        if any(field in differences for field in VERIFIED_AS) and now.verified_on:
            differences["verified"] = [now.verified_on.isoformat(), ""]
            _set(now, **NOT_VERIFIED)
        _refuse_twice(by, entry, now.pk)
        _set(now, **entry)
        return _write(now, by, Kind.CHANGED, differences)


def verify_partner(*, by: Membership, partner: Partner, how: str, day: date | None = None) -> Partner:
    """`day`: when they checked it, if not today."""
    with _keeping(by):
        now = _fresh(by, partner)
        _set(now, verified_on=day or london_today(), verified_by=by.user, verified_how=how)
        return _write(now, by, Kind.VERIFIED, {"how": how, **({"verified": day.isoformat()} if day else {})})


def retire_partner(*, by: Membership, partner: Partner, why: str = "") -> Partner:
    with _keeping(by):
        now = _fresh(by, partner)
        if now.retired_at is not None:
            return now
        now.retired_at = timezone.now()
        return _write(now, by, Kind.RETIRED, {"why": why} if why else {})


def restore_partner(*, by: Membership, partner: Partner) -> Partner:
    with _keeping(by):
        now = _fresh(by, partner)
        if now.retired_at is None:
            return now
        _refuse_twice(by, entry_of(now), now.pk)
        now.retired_at = None
        return _write(now, by, Kind.RESTORED, {})


def entry_of(partner: Partner) -> Entry:
    return {
        "name": partner.name,
        "kind": partner.kind,
        "role": partner.role,
        "channel": partner.channel,
        "address": partner.address,
    }


def same_as(by: Membership, entry: Entry) -> Any:
    """The entries in use that lead to the same place."""
    found = Partner.objects.within(by.organisation).filter(retired_at=None, channel=entry["channel"])
    return found.filter(name__iexact=entry["name"], role__iexact=entry["role"], address__iexact=entry["address"])


def _add(by: Membership, entry: Entry, kind: Kind, stated: str = "") -> Partner:
    _refuse_twice(by, entry)
    partner = Partner(organisation=by.organisation, **entry)
    partner.full_clean()
    partner.save()
    _note(partner, by, kind, {**entry, **({"stated": stated} if stated else {})})
    return partner


def _fresh(by: Membership, partner: Partner) -> Partner:
    now: Partner = Partner.objects.within(by.organisation).get(pk=partner.pk)
    if now.version != partner.version:
        raise Stale(now)
    return now


def _refuse_twice(by: Membership, entry: Entry, but: int | None = None) -> None:
    if same_as(by, entry).exclude(pk=but).exists():
        raise ValidationError("This contact is in the directory already. Change or verify that entry")


def _set(partner: Partner, **values: Any) -> None:
    for field, value in values.items():
        setattr(partner, field, value)


def _write(partner: Partner, by: Membership, kind: Kind, details: dict[str, Any]) -> Partner:
    partner.version += 1
    partner.full_clean()
    partner.save()
    _note(partner, by, kind, details)
    return partner


def _note(partner: Partner, by: Membership, kind: Kind, details: dict[str, Any]) -> None:
    PartnerEvent.objects.create(partner=partner, organisation=by.organisation, kind=kind, by=by.user, details=details)
