"""Corners of time and of rules: the hour that a spring night skips, dates after disposal, rules that keep nothing."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from infoshare.accounts.models import Membership, Organisation
from infoshare.ledger.models import Certificate
from retention import selectors, services, simulation, tasks
from retention.models import Answer, ReviewTask, ScheduleItem, SweepRun
from retention.schedule import Trigger
from tests.ledger.worker import worker
from tests.people import People

from .records import changed, recorded, states, years_ago

pytestmark = pytest.mark.django_db
COMMITS = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def sweep(organisation: Organisation) -> SweepRun:
    return services.sweep(organisation=organisation, as_of=selectors.today())


@pytest.mark.parametrize(
    ("night", "ticks"),
    [(date(2026, 3, 29), [time(0), time(2)]), (date(2026, 10, 25), [time(0), time(1), time(1), time(2)])],
    ids=["1 am never comes", "1 am comes twice"],
)
def test_each_night_of_the_clock_is_swept_once(
    school: Organisation, rita: Membership, night: date, ticks: list[time]
) -> None:
    """Beat's hourly ticks by London's clock, the sweep set to 1 am."""
    told: dict[str, Any] = {"cooling_days": 7, "deputy": None}
    services.change_settings(organisation=school, by=rita, review_at=time(1), **told)
    done = {"organisation": school, "finished_at": timezone.now()}
    SweepRun.objects.create(as_of=night - timedelta(days=1), **done)
    swept = 0
    for tick in ticks:
        if school in selectors.to_sweep(night, tick):
            SweepRun.objects.create(as_of=night, **done)
            swept += 1
    assert swept == 1


def agreed(people: People) -> ReviewTask:
    """Two people agreed on destroying what is due; its cooling-off is over."""
    task = ReviewTask.objects.get()
    asked = services.answer_review(task=task, by=people.rita, kind=Answer.Kind.DESTROY, reason="Nobody needs it")
    services.decide_answer(answer=asked, by=people.irene, approve=True)
    Answer.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    return task


@COMMITS
def test_a_date_after_disposal_is_refused(people: People) -> None:
    (record,) = recorded(people.alice, years_ago(7))
    sweep(people.school)
    agreed(people)
    with worker():
        tasks.dispose.apply(throw=True)
    with pytest.raises(ValidationError, match="disposed of"):
        services.enter_date(record=record, by=people.rita, trigger=Trigger.BIRTH, day=years_ago(9))
    item = ScheduleItem.objects.get()
    assert (item.state, item.born_on) == ("disposed", None)
    assert sweep(people.school).flagged == 0


def test_a_rule_that_keeps_no_record(school: Organisation, alice: Membership, rita: Membership) -> None:
    (record,) = recorded(alice, years_ago(7))
    sweep(school)
    before = states()
    assert changed(rita, "pupil_file", years=25).adopted
    run = sweep(school)
    assert (run.recomputed, run.flagged, run.withdrawn) == (1, 0, 0)
    assert states() == before
    effects = {each.rule: each for each in simulation.simulate(school, selectors.today())}
    assert effects["School safeguarding file"].changed == 0
    assert record.reference in before


@COMMITS
def test_a_rule_dropped_in_mid_review(people: People) -> None:
    """The review goes on; the certificate names the rule under which the record fell due."""
    recorded(people.alice, years_ago(30), subject="child")
    changed(people.rita, "pupil_file", years=25)
    sweep(people.school)
    services.enter_date(
        record=ScheduleItem.objects.get().record, by=people.alice, trigger=Trigger.BIRTH, day=years_ago(26)
    )
    sweep(people.school)
    agreed(people)
    changed(people.rita, "pupil_file", years=25, adopted=False)
    assert sweep(people.school).withdrawn == 0
    assert ScheduleItem.objects.get().state == "approved"
    with worker():
        tasks.dispose.apply(throw=True)
    assert Certificate.objects.get().content["rule"] == "School safeguarding file"
