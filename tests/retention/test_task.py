"""The nightly task over several organisations."""

from datetime import timedelta

import pytest

from infoshare.accounts.models import Membership, Organisation
from infoshare.celery import app
from retention import selectors, services, tasks
from retention.models import SweepRun

from .records import recorded, reviews, years_ago

pytestmark = pytest.mark.django_db


def test_beat_knows_it() -> None:
    names = {entry["task"] for entry in app.conf.beat_schedule.values()}
    app.loader.import_default_modules()
    assert "retention.tasks.sweep" in names & set(app.tasks)


def test_sweeps_every_organisation_once_a_day(school: Organisation, council: Organisation) -> None:
    for _ in range(2):
        tasks.sweep.apply(throw=True)
    assert {run.organisation for run in SweepRun.objects.all()} == {school, council}
    assert [(run.as_of, run.started_by) for run in SweepRun.objects.all()] == [(selectors.today(), None)] * 2


def test_one_that_fails_is_told_and_stops_no_other(
    school: Organisation, council: Organisation, olga: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    recorded(olga, years_ago(7), number=2)
    services.sweep(organisation=school, as_of=selectors.today() - timedelta(days=40))
    with pytest.raises(tasks.SweepIncomplete, match="1 of 2"):
        tasks.sweep.apply(throw=True)
    assert len(list(reviews())) == 2
    assert list(selectors.to_sweep(selectors.today())) == [school]
    assert f"'organisation': {school.pk}" in caplog.text


def test_a_broken_run_is_swept_again_the_same_day(school: Organisation) -> None:
    SweepRun.objects.create(organisation=school, as_of=selectors.today())
    assert school in selectors.to_sweep(selectors.today())
