"""The nightly job. Thin: which organisations are left today; the sweep itself is services.sweep."""

import structlog
from celery import shared_task
from django.db import InterfaceError, OperationalError, close_old_connections

from . import selectors, services, sweeping

logger = structlog.get_logger(__name__)
DATABASE_GONE = (OperationalError, InterfaceError)


class SweepIncomplete(Exception):
    """Some organisations were not swept. The log says which and why; the next tick tries them again."""


@shared_task(  # type: ignore[untyped-decorator]
    autoretry_for=DATABASE_GONE, retry_backoff=True, retry_backoff_max=300, max_retries=8
)
def sweep(chunk: int = sweeping.CHUNK) -> None:
    """Sweep each organisation that has not been swept today. One that fails does not stop the others."""
    today = selectors.today()
    failures: list[Exception] = []
    organisations = list(selectors.to_sweep(today))
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
