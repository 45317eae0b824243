"""The demo's retention: records as old as the desk needs them, a hold, and reviews at each step.

Not for a deployment: only `manage.py demo` calls this, and only with the embedded servers. The old records are copies
of the demo's new ones with an earlier day, so what they say of that day is not history.
"""

import uuid
from datetime import datetime, timedelta
from itertools import cycle

from django.utils import timezone

from decisions.models import DecisionRecord
from decisions.outcomes import Outcome
from decisions.services.sealing import note_recipients, seal_record
from infoshare.accounts.demo import member
from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Role

from . import selectors, services
from .models import Answer, ScheduleItem, Scope
from .schedule import Trigger
from .worklists import open_reviews

BODIES = ("council", "school")
# How many days ago records were made: the first are overdue, the last fall due in the months ahead.
AGES = (2700, 2500, 2400, 2300, 2250, 2195, 2192, 2180, 2170, 2140, 2110, 2100, 2050, 1980, 1900, 400)
ALIKE = ("subject", "harm", "would_receive")
COLUMNS = ("route", "recommended", "decided", "edition", "lawful_basis", "agreement", "telling", *ALIKE)
HEAD = {"format", "reference", "recorded_at", "day", "by"}
CASE_FILE = {"council": "child_protection_closed", "school": "pupil_file"}


def make_desk() -> None:
    """For each organisation with a records administrator whose desk is still empty."""
    for body in BODIES:
        administrator, lead = member(body, Role.RECORDS_ADMINISTRATOR), member(body, Role.IG_LEAD)
        if not ScheduleItem.objects.within(administrator.organisation).exists():
            _make(body, member(body, Role.PRACTITIONER), administrator, lead)


def _make(body: str, author: Membership, administrator: Membership, lead: Membership) -> None:
    organisation = administrator.organisation
    guided = DecisionRecord.objects.within(organisation).filter(route=DecisionRecord.Route.GUIDE)
    final = guided.exclude(decided=Outcome.SEEK_ADVICE_FIRST).order_by("recorded_at")
    pairs = zip(cycle(list(final)), AGES, strict=False)
    old = [_copy(record, author, timezone.now() - timedelta(days=days)) for record, days in pairs]
    services.place_hold(
        organisation=organisation,
        by=administrator,
        scope=Scope.RECORD,
        record_id=old[0].pk,
        mandate="Letter before claim (made up for the demo)",
        reason="The record may be needed in court.",
        review_on=selectors.today() + timedelta(days=90),
    )
    services.sweep(organisation=organisation, as_of=selectors.today())
    services.enter_date(record=old[-1], by=author, trigger=Trigger.CASE_CLOSED, day=selectors.today())
    _answer_some(organisation, administrator, lead)
    _propose(body, administrator)


def _copy(record: DecisionRecord, author: Membership, at: datetime) -> DecisionRecord:
    content = {name: value for name, value in record.document.content.items() if name not in HEAD}
    columns = {name: getattr(record, name) for name in COLUMNS}
    copy = seal_record(author, at, content, idempotency_key=uuid.uuid4(), **columns)
    note_recipients(copy, list(record.recipients.values_list("kind", "name")))
    return copy


def _answer_some(organisation: Organisation, administrator: Membership, lead: Membership) -> None:
    """One waits for a second person, one cools off, one is kept; the others are open."""
    until = selectors.today() + timedelta(days=730)
    first, second, third = open_reviews(organisation)[:3]
    over = "Nothing has happened in this case since."
    services.answer_review(task=first, by=administrator, kind=Answer.Kind.DESTROY, reason=over)
    agreed = services.answer_review(task=second, by=administrator, kind=Answer.Kind.DESTROY, reason=over)
    services.decide_answer(answer=agreed, by=lead, approve=True)
    because = "The person may ask for their file when they are older."
    kept = services.answer_review(
        task=third, by=administrator, kind=Answer.Kind.KEEP, reason=because, keep_until=until, indefinite=True
    )
    services.decide_answer(answer=kept, by=lead, approve=True)


def _propose(body: str, administrator: Membership) -> None:
    version = selectors.rules(administrator.organisation).get(rule__code=CASE_FILE[body])
    services.propose_rule(
        rule=version.rule,
        by=administrator,
        based_on=version.version,
        years=version.years,
        adopted=True,
        mandate=version.mandate,
        reason="Our case files are kept as long, and the decision should stay with the file.",
    )
