"""The sweep of one organisation: what may start it, and its steps in order. Their SQL is sweeping.py."""

from datetime import date, timedelta

import structlog
from celery import current_app
from django.db import transaction
from django.utils import timezone

from infoshare.accounts.models import Membership, Organisation
from retention import arriving, permissions, selectors, sweeping, telling
from retention.models import SweepRun
from retention.schedule import in_words

from .rules import adopt_defaults
from .tidying import tidy

logger = structlog.get_logger(__name__)
CARRY_ON = "retention.tasks.carry_on"

# A clock that jumped ahead must not flag years of records while everyone sleeps.
DAYS_WITHOUT_A_PERSON = 31


class SweepRefused(Exception):
    """The clock looks wrong, or nobody looked for too long. The message says what to do."""


def sweep(
    *, organisation: Organisation, as_of: date, started_by: Membership | None = None, chunk: int = sweeping.CHUNK
) -> SweepRun:
    """Schedule what is new, recompute what changed rules moved, flag what is due on `as_of` (a London day); then tidy.

    Repeat it as you like, also at the same time: each record is flagged once for each time it falls due. Raises
    SweepRefused where the clock cannot be trusted. `started_by` None is the nightly job.
    """
    return carry_on(start(organisation=organisation, as_of=as_of, started_by=started_by), chunk)


def start(*, organisation: Organisation, as_of: date, started_by: Membership | None = None) -> SweepRun:
    """The run, before any of its work."""
    if started_by is not None:
        permissions.check_may_set_retention(started_by, organisation)
    check_clock(organisation, as_of, started_by)
    adopt_defaults(organisation)
    user = started_by.user if started_by else None
    run: SweepRun = SweepRun.objects.create(organisation=organisation, as_of=as_of, started_by=user)
    return run


def start_in_background(*, organisation: Organisation, by: Membership) -> SweepRun:
    """Run it now, in the worker. Should the broker lose it, the next tick of beat carries it on."""
    run = start(organisation=organisation, as_of=selectors.today(), started_by=by)
    transaction.on_commit(lambda: _wake(run.pk))
    return run


def _wake(pk: int) -> None:
    try:
        current_app.send_task(CARRY_ON, [pk], retry=False)
    except Exception as error:  # whatever is wrong with the broker, the run is noted and must not seem to have failed
        logger.warning("sweep not started yet", run=pk, error=type(error).__name__)


def carry_on(run: SweepRun, chunk: int = sweeping.CHUNK) -> SweepRun:
    """The work of a run. A run that was broken off may be carried on."""
    revision = selectors.settings(run.organisation).revision
    rules = [version.as_rule for version in selectors.adopted(run.organisation)]
    arriving.schedule_new(run, chunk)
    sweeping.recompute(run, rules, revision, chunk)
    sweeping.settle_holds(run, chunk)
    sweeping.flag_due(run, chunk)
    run.refresh_from_db()
    telling.after_sweep(run)
    tidy(run)
    SweepRun.objects.filter(pk=run.pk).update(finished_at=timezone.now())
    run.refresh_from_db()
    return run


def check_clock(organisation: Organisation, as_of: date, started_by: Membership | None) -> None:
    """Refuse a day that the database has not reached, and a long gap that no person has looked at."""
    today = selectors.today()
    if as_of > today:
        raise SweepRefused(
            f"A sweep can look at {in_words(today)} or earlier, not {in_words(as_of)}. To look ahead, simulate."
        )
    last = selectors.last_swept(organisation)
    if started_by is None and last is not None and as_of - last > timedelta(days=DAYS_WITHOUT_A_PERSON):
        raise SweepRefused(
            f"The last sweep looked at {in_words(last)}, more than {DAYS_WITHOUT_A_PERSON} days before"
            f" {in_words(as_of)}. If that date is right, a records administrator must run the sweep once."
        )
