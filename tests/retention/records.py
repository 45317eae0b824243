"""Records made directly, as old as a test needs them: only the guide's own tests go through the guide."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from decisions.models import DecisionRecord
from decisions.outcomes import Outcome
from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Role
from infoshare.ledger.services import seal
from retention import selectors, services
from retention.models import RetentionRule, ReviewTask, RuleVersion, ScheduleItem
from retention.schedule import add_whole_years
from tests.people import add


def recorded(
    by: Membership,
    at: datetime | date,
    number: int = 1,
    case_reference: str = "",
    follows: DecisionRecord | None = None,
    **answers: str,
) -> list[DecisionRecord]:
    """`number` records of one moment; noon for a day."""
    given = [{"id": question, "answer": answer} for question, answer in answers.items()]
    content = {"reason": "not for retention", "answers": given, "case_reference": case_reference}
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
            follows=follows,
            document=seal(kind="decision", organisation=by.organisation, content=content),
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


def changed(by: Membership, code: str, **what: Any) -> RuleVersion:
    """A rule of the organisation, changed by two people: `by` asks, somebody else agrees."""
    services.adopt_defaults(by.organisation)
    rule = RetentionRule.objects.within(by.organisation).get(code=code)
    before = rule.versions.get(version=rule.version)
    told = {"years": before.years, "adopted": True, "mandate": "Policy 7", "reason": "Advice of our solicitor", **what}
    proposal = services.propose_rule(rule=rule, by=by, based_on=rule.version, **told)
    services.decide_proposal(proposal=proposal, by=second(by.organisation), approve=True)
    version: RuleVersion = rule.versions.select_related("made_by")[0]
    return version


def second(organisation: Organisation) -> Membership:
    """Somebody else who may decide: a second records administrator."""
    email = f"second-{organisation.pk}"
    found: Membership | None = (
        Membership.objects.within(organisation).filter(user__email=f"{email}@example.org").first()
    )
    return found or add(email, organisation, Role.RECORDS_ADMINISTRATOR)


def decision_log(organisation: Organisation) -> RetentionRule:
    services.adopt_defaults(organisation)
    rule: RetentionRule = RetentionRule.objects.within(organisation).get(code="decision_log")
    return rule
