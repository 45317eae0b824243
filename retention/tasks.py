"""The nightly job and what else the worker does. Thin: which organisations or runs are left; the deeds are services."""

import structlog
from celery import shared_task
from django.db import InterfaceError, OperationalError, close_old_connections

from infoshare.accounts.models import Organisation

from . import selectors, services, sweeping
from .models import SweepRun

logger = structlog.get_logger(__name__)
DATABASE_GONE = (OperationalError, InterfaceError)
AGAIN = {"autoretry_for": DATABASE_GONE, "retry_backoff": True, "retry_backoff_max": 300, "max_retries": 8}


class SweepIncomplete(Exception):
    """Some organisations were not swept. The log says which and why; the next tick tries them again."""


@shared_task(**AGAIN)  # type: ignore[untyped-decorator]
def carry_on(pk: int) -> None:
    """A run that somebody asked for; then what of theirs is agreed on and has cooled off."""
    run = SweepRun.objects.select_related("organisation").filter(pk=pk, finished_at__isnull=True).first()
    if run is not None:
        services.cancel_overtaken(run.organisation)
        services.carry_on(run)
        for answer in services.to_carry_out(run.organisation):
            services.carry_out(answer)


@shared_task(**AGAIN)  # type: ignore[untyped-decorator]
def sweep(chunk: int = sweeping.CHUNK) -> None:
    """Sweep each organisation whose own time has come today. One that fails does not stop the others."""
    today = selectors.today()
    failures: list[Exception] = []
    for run in selectors.broken_off():
        services.carry_on(run, chunk)
    organisations = list(selectors.to_sweep(today, selectors.london_time()))
    for organisation in organisations:
        try:
            services.sweep(organisation=organisation, as_of=today, chunk=chunk)
        except Exception as error:
            logger.exception("sweep failed", organisation=organisation.pk)
            failures.append(error)
            if isinstance(error, DATABASE_GONE):
                close_old_connections()
    for failure in failures:
        if isinstance(failure, DATABASE_GONE):
            raise failure
    if failures:
        raise SweepIncomplete(f"{len(failures)} of {len(organisations)} organisations not swept")


@shared_task(**AGAIN)  # type: ignore[untyped-decorator]
def dispose() -> None:
    """Carry out what two people agreed on and nobody objected to, each record by itself."""
    for organisation in Organisation.objects.all():
        services.cancel_overtaken(organisation)
    for answer in services.to_carry_out():
        services.carry_out(answer)
