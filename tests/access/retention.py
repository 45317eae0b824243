"""Rows of retention: the records administrator's rita, and irene who reviews; a record's dates also its author's."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from retention import selectors, services
from retention.keeping import Kept
from retention.models import Answer, Hold, KeptChange, ReviewTask, RuleProposal, Scope
from tests.access import Row, row
from tests.people import People
from tests.retention.records import decision_log, recorded, years_ago


def rule(people: People) -> list[int]:
    return [decision_log(people.school).pk]


def proposal(people: People) -> list[int]:
    found = RuleProposal.objects.within(people.school).first()
    told: dict[str, Any] = {"years": 9, "adopted": True, "mandate": "Policy 7", "reason": "Longer"}
    made = found or services.propose_rule(rule=decision_log(people.school), by=people.rita, based_on=1, **told)
    return [made.pk]


def change(people: People) -> list[int]:
    """Of how long drafts are kept."""
    told: dict[str, Any] = {"kind": Kept.DRAFT, "days": 60, "mandate": "Policy 7", "reason": "Shorter"}
    found = KeptChange.objects.within(people.school).first()
    return [(found or services.propose_period(organisation=people.school, by=people.rita, **told)).pk]


def hold(people: People) -> list[int]:
    found = Hold.objects.within(people.school).first()
    told: dict[str, Any] = {
        "mandate": "A claim",
        "reason": "Needed",
        "review_on": selectors.today() + timedelta(days=90),
    }
    place = services.place_hold
    return [(found or place(organisation=people.school, by=people.rita, scope=Scope.ORGANISATION, **told)).pk]


def lifting(people: People) -> list[int]:
    found = Hold.objects.get(pk=hold(people)[0])
    asked = found.liftings.first() or services.ask_to_lift(hold=found, by=people.rita, reason="Over")
    return [asked.pk]


def record(people: People) -> list[str]:
    return [recorded(people.alice, years_ago(7))[0].pk]


def birth(people: People) -> list[str]:
    return [*record(people), "birth"]


def run(people: People) -> list[int]:
    return [services.sweep(organisation=people.school, as_of=selectors.today()).pk]


def review(people: People) -> list[int]:
    """Of a record that is due."""
    if not ReviewTask.objects.within(people.school).exists():
        recorded(people.alice, years_ago(7))
        services.sweep(organisation=people.school, as_of=selectors.today())
    return [ReviewTask.objects.within(people.school)[0].pk]


def answer(people: People) -> list[int]:
    """That a record be passed on."""
    task = ReviewTask.objects.get(pk=review(people)[0])
    told: dict[str, Any] = {"kind": Answer.Kind.TRANSFER, "reason": "Moved", "transferred_to": "Beech Lane School"}
    return [(task.answers.first() or services.answer_review(task=task, by=people.rita, **told)).pk]


def no_certificate(people: People) -> list[UUID]:
    """Only the worker makes one: tests/retention/test_disposals.py asks for a real one."""
    return [UUID(int=1)]


ROWS: list[Row] = [
    row("retention:desk", rita=200, irene=200, oscar=200),
    row("retention:run", rita=302, method="post"),
    row("retention:sweep_run", rita=200, irene=200, oscar=404, arguments=run),
    row("retention:list", rita=200, irene=200, oscar=200, arguments=lambda people: ["held"]),
    row("retention:forecast", rita=200, irene=200, oscar=200),
    row("retention:settings", rita=200),
    row("retention:my_calendar", rita=200, irene=200, oscar=200),
    row("retention:calendar", otherwise=404, anonymous=404, nina=404, arguments=lambda people: ["not-a-secret"]),
    row("retention:simulate", rita=200, irene=200, oscar=200),
    row("retention:rules", rita=200, irene=200, oscar=200),
    row("retention:rule", rita=200, irene=200, oscar=404, arguments=rule),
    row("retention:change_rule", rita=200, arguments=rule),
    row("retention:decide_rule", rita=200, irene=200, oscar=404, arguments=proposal),
    row("retention:kept", rita=200, irene=200, oscar=200, arguments=lambda people: ["draft"]),
    row("retention:change_kept", rita=200, arguments=lambda people: ["draft"]),
    row("retention:decide_kept", rita=200, irene=200, oscar=404, arguments=change),
    row("retention:record", alice=200, rita=200, irene=200, otherwise=404, arguments=record),
    row("retention:date", alice=200, rita=200, irene=200, otherwise=404, arguments=birth),
    row("retention:worklist", rita=200, irene=200, oscar=200),
    row("retention:many", rita=200, irene=200, oscar=200),
    row("retention:review", rita=200, irene=200, oscar=404, arguments=review),
    row("retention:take", rita=302, irene=302, oscar=404, arguments=review, method="post"),
    row("retention:certificates", rita=200, irene=200, oscar=200),
    row("retention:certificate", otherwise=403, rita=404, irene=404, oscar=404, arguments=no_certificate),
    row("retention:certificate_pdf", otherwise=403, rita=404, irene=404, oscar=404, arguments=no_certificate),
    row("retention:waiting", rita=200, irene=200, oscar=200),
    row("retention:decide_answer", rita=200, irene=200, oscar=404, arguments=answer),
    row("retention:object", alice=200, rita=200, irene=200, otherwise=404, arguments=answer),
    row("retention:bundle", otherwise=403, rita=404, irene=404, oscar=404, arguments=answer, method="post"),
    row("retention:receipt", rita=200, irene=200, oscar=404, arguments=answer),
    row("retention:holds", rita=200, irene=200, oscar=200),
    row("retention:place_hold", rita=200),
    row("retention:hold", rita=200, irene=200, oscar=404, arguments=hold),
    row("retention:lift_hold", rita=200, arguments=hold),
    row("retention:decide_lifting", rita=200, irene=200, oscar=404, arguments=lifting),
]
