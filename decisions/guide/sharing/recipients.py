"""Recipients of a draft: chosen from the directory or typed, and what their address is worth today."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format

from decisions.models import Partner
from decisions.models.partners import Standing, is_stale
from decisions.recipients import SERVICES
from infoshare.accounts.models import Membership, Organisation
from infoshare.days import london_today
from infoshare.govuk.forms import Choice

from .table import Recipient

NOTES = {Standing.UNVERIFIED: " (not verified)", Standing.STALE: " (verified over a year ago)"}
BEST_FIRST = (Standing.VERIFIED, Standing.STALE, Standing.UNVERIFIED)
# Whom it is about → what the name of a contact says who is there for somebody else. A desk for both fits everybody.
ADULTS = re.compile(r"^(?!.*\bchild).*\badult", re.IGNORECASE)
CHILDREN = re.compile(r"^(?!.*\badult).*\bchild", re.IGNORECASE)
FOR_OTHERS = {"child": ADULTS, "young": ADULTS, "adult": CHILDREN}
MOST_SHOWN = 5  # contacts one sees at once; the others stand in a list


@dataclass(frozen=True)
class Offer:
    """The directory to choose from: `first` as radio buttons, `others` as a list grouped by kind."""

    first: list[tuple[str, Choice]] = field(default_factory=list)
    others: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.first and not self.others


def offered(partners: Iterable[Partner], first_kind: str, today: date, subject: str = "") -> Offer:
    """Those of the kind that the guide was told of first: who is there for others last, the best checked at the top."""
    others = FOR_OTHERS.get(subject)

    def place(each: Partner) -> tuple[bool, int]:
        return bool(others and others.search(str(each))), BEST_FIRST.index(each.standing(today))

    ordered = sorted(partners, key=place)
    first = [partner for partner in ordered if partner.kind == first_kind][:MOST_SHOWN]
    groups: dict[str, list[tuple[str, str]]] = {}
    for partner in ordered:
        if partner not in first:
            note = NOTES.get(partner.standing(today), "")
            groups.setdefault(partner.get_kind_display(), []).append((str(partner.pk), f"{partner}{note}"))
    return Offer([(str(partner.pk), _choice(partner, today)) for partner in first], list(groups.items()))


def _choice(partner: Partner, today: date) -> Choice:
    """Who it is, and under it where it would go and what that address is worth."""
    checked = "Nobody has checked it yet"
    if partner.verified_on:
        again = ", over a year ago" if partner.standing(today) == Standing.STALE else ""
        checked = f"Checked {date_format(partner.verified_on, 'j F Y')}{again}"
    return Choice(str(partner), f"{partner.address} ({partner.get_channel_display()}). {checked}")


def from_directory(partner: Partner, link: str) -> Recipient:
    return Recipient(
        id=secrets.token_hex(4),
        name=partner.role,
        organisation=partner.name,
        kind=partner.kind,
        channel=partner.channel,
        address=partner.address,
        link=link,
        partner=partner.pk,
        verified_on=partner.verified_on.isoformat() if partner.verified_on else "",
        verified_by=partner.verified_by.name if partner.verified_by else "",
        verified_how=partner.verified_how,
    )


def typed(said: dict[str, Any], by: Membership, link: str, recipient_id: str = "") -> Recipient:
    """Somebody who is not in the directory, checked (or not) by the practitioner.

    Of a service that is still to be checked the rule set judges as of a checked one: what it is sent is decided now,
    and `warning` says until the end that it is checked before. Anybody else unchecked may be the danger.
    """
    checked = bool(said["how"])
    judged = checked or said["kind"] in SERVICES
    return Recipient(
        id=recipient_id or secrets.token_hex(4),
        name=said["name"],
        organisation=said["organisation"],
        kind=said["kind"],
        channel=said["channel"],
        address=said["address"],
        link=link if judged else "unchecked",
        verified_on=london_today().isoformat() if checked else "",
        verified_by=by.user.name if checked else "",
        verified_how=said["how"],
    )


def current(organisation: Organisation, recipients: Iterable[Recipient]) -> dict[int, Partner]:
    """What the directory says now of those who were chosen from it."""
    wanted = [recipient.partner for recipient in recipients if recipient.partner]
    return {partner.pk: partner for partner in Partner.objects.within(organisation).filter(pk__in=wanted)}


def warning(recipient: Recipient, now: Partner | None, today: date) -> str:
    """What to do before anything is sent to this address; empty where it is in order."""
    if now is not None and now.retired_at:
        return "This contact is no longer used. Choose another one."
    if now is not None and (now.address, now.channel) != (recipient.address, recipient.channel):
        return f"The directory now says: {now.get_channel_display()}, {now.address}. Choose this contact again."
    verified_on = now.verified_on if now is not None else _day(recipient.verified_on)
    if verified_on is None:
        return (
            "Check who this is before you send it. Nobody has checked that it is really them: "
            "ring them on a number you find yourself."
        )
    if is_stale(verified_on, today):
        return (
            f"Last checked on {date_format(verified_on, 'j F Y')}, over a year ago. Check it again before you send it."
        )
    return ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
