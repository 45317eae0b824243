"""What falls due, as an iCalendar feed: counts by day and nothing else. The address is secret and can be renewed."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count

from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Permission

from . import permissions
from .models import CalendarKey, Hold, ScheduleItem, State

DAYS_AHEAD = 366


def renew(*, by: Membership) -> str:
    """A new secret; whoever knows the old address sees nothing from now on. Shown once: only its hash is kept."""
    permissions.check_may_review(by, by.organisation)
    secret = secrets.token_urlsafe(32)
    changes = {"organisation": by.organisation, "secret_hash": _hash(secret)}
    CalendarKey.objects.update_or_create(membership=by, defaults=changes)
    return secret


def membership_of(secret: str) -> Membership | None:
    """Whose feed it is, if they may still read it."""
    keys = CalendarKey.objects.select_related("membership__user", "membership__organisation")
    key: CalendarKey | None = keys.filter(secret_hash=_hash(secret)).first()
    if key is None or not key.membership.may(Permission.REVIEW_RETENTION):
        return None
    found: Membership = key.membership
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def feed(organisation: Organisation, today: date, now: datetime) -> str:
    """RFC 5545. Overdue records stand on today."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//infoshare//retention//EN", "CALSCALE:GREGORIAN"]
    for day, uid, words in events(organisation, today):
        stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        end = day + timedelta(days=1)
        lines += ["BEGIN:VEVENT", f"UID:{uid}@infoshare", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{day:%Y%m%d}"]
        lines += [f"DTEND;VALUE=DATE:{end:%Y%m%d}", f"SUMMARY:{words}", "TRANSP:TRANSPARENT", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def events(organisation: Organisation, today: date) -> Iterator[tuple[date, str, str]]:
    """Day, a name for the event that stays the same, and its words."""
    items = ScheduleItem.objects.within(organisation)
    overdue = items.filter(state=State.DUE, due_on__lt=today)[:1001].count()
    if overdue:
        yield today, f"overdue-{organisation.pk}", f"{_counted(overdue)} overdue for review"
    until = today + timedelta(days=DAYS_AHEAD)
    ahead = items.filter(state__in=[State.WAITING, State.DUE], due_on__gte=today, due_on__lte=until)
    for row in ahead.values("due_on").annotate(number=Count("pk")).order_by("due_on"):
        yield row["due_on"], f"due-{organisation.pk}-{row['due_on']}", f"{_counted(row['number'])} due for review"
    for hold in Hold.objects.within(organisation).filter(lifted_at=None).order_by("pk"):
        yield hold.review_on, f"hold-{hold.pk}", f"Check whether hold {hold.pk} is still needed"


def _counted(number: int) -> str:
    if number > 1000:
        return "More than 1,000 records"
    return "1 record" if number == 1 else f"{number} records"
