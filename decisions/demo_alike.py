"""The demo's alike cases: one case as two teams of the council met it again and again, and decided it differently.

Not for a deployment: only `manage.py demo` calls this, and only with the embedded servers. Copies of one record of the
demo with earlier days; where a team departed, the copy says so and nothing is shared.
"""

import uuid
from datetime import timedelta

from django.utils import timezone

from infoshare.accounts import services as accounts
from infoshare.accounts.demo import member
from infoshare.accounts.models import Membership, Team
from infoshare.accounts.permissions import SHELL
from infoshare.accounts.roles import Role

from .models import DecisionRecord
from .outcomes import Outcome
from .services.sealing import note_recipients, seal_record

TEAM = "Hospital team"
HEAD = {"format", "reference", "recorded_at", "day", "by"}
COLUMNS = (
    "route",
    "recommended",
    "edition",
    "lawful_basis",
    "agreement",
    "telling",
    "subject",
    "harm",
    "would_receive",
)
DEPARTED = "Made for the demo: the ward asked us to wait."
FOLLOWED, WAITED = 6, 7  # how often the first team followed the guide, and the second did not


def make_alike() -> None:
    """Unless the second team is there already."""
    author = member("council", Role.PRACTITIONER)
    if Team.objects.within(author.organisation).filter(name=TEAM).exists():
        return
    record = _shared(author)
    hospital = accounts.add_team(by=SHELL, organisation=author.organisation, name=TEAM)
    for number in range(FOLLOWED):
        _copy(record, author, record.decided, days_ago=3 * number + 2)
    author.team = hospital  # not saved: the account stays in its own team
    for number in range(WAITED):
        _copy(record, author, Outcome.DO_NOT_SHARE, days_ago=4 * number + 1)


def _shared(author: Membership) -> DecisionRecord:
    """The newest record by the guide that followed it and shared without agreement."""
    mine = DecisionRecord.objects.within(author.organisation).filter(route=DecisionRecord.Route.GUIDE)
    both = {"recommended": Outcome.SHARE_WITHOUT_CONSENT, "decided": Outcome.SHARE_WITHOUT_CONSENT}
    found: DecisionRecord = mine.filter(**both).select_related("document__key").latest("recorded_at")
    return found


def _copy(record: DecisionRecord, by: Membership, decided: str, days_ago: int) -> None:
    content = {name: value for name, value in record.document.content.items() if name not in HEAD}
    if decided != record.decided:
        departed = {"decided": str(decided), "departure_reason": DEPARTED}
        content |= {"decision": {**content["decision"], **departed}, "sharing": None, "telling": None}
    columns = {name: getattr(record, name) for name in COLUMNS}
    at = timezone.now() - timedelta(days=days_ago)
    copy = seal_record(by, at, content, decided=decided, idempotency_key=uuid.uuid4(), **columns)
    if decided == record.decided:
        note_recipients(copy, list(record.recipients.values_list("kind", "name")))
