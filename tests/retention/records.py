"""Records made directly, as old as a test needs them: only the guide's own tests go through the guide."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from decisions.models import DecisionRecord
from decisions.outcomes import Outcome
from infoshare.accounts.models import Membership
from infoshare.ledger.services import seal
from retention import selectors
from retention.models import ReviewTask, ScheduleItem
from retention.schedule import add_whole_years


def recorded(by: Membership, at: datetime | date, number: int = 1) -> list[DecisionRecord]:
    """`number` records of one moment; noon for a day."""
    moment = at if isinstance(at, datetime) else datetime.combine(at, time(12), UTC)
    return [
        DecisionRecord.objects.create(
            organisation=by.organisation,
            author=by.user,
            recorded_at=moment,
            route=DecisionRecord.Route.GUIDE,
            recommended=Outcome.SHARE_URGENTLY,
            decided=Outcome.SHARE_URGENTLY,
            edition="2026-11",
            document=seal(kind="decision", organisation=by.organisation, content={"reason": "not for retention"}),
            idempotency_key=uuid.uuid4(),
        )
        for _ in range(number)
    ]


def years_ago(years: int) -> date:
    return add_whole_years(selectors.today(), -years)


def states() -> dict[str, tuple[str, date, int]]:
    """Each schedule by its record's reference: state, due day, cycle."""
    return {item.record_id: (item.state, item.due_on, item.cycle) for item in ScheduleItem.objects.all()}


def reviews() -> Iterator[tuple[str, int, str]]:
    """Every review there is: reference, cycle, state."""
    yield from ReviewTask.objects.order_by("record_id", "cycle").values_list("record_id", "cycle", "state")
