"""The ledger's background jobs. Thin: which, and when again; the deeds are elsewhere."""

from celery import shared_task
from django.db import InterfaceError, OperationalError

from . import sequencing

DATABASE_GONE = (OperationalError, InterfaceError)


@shared_task(autoretry_for=DATABASE_GONE, retry_backoff=True, max_retries=3)  # type: ignore[untyped-decorator]
def sequence() -> None:
    """Every few seconds. One that is late is dropped: the next does the same."""
    sequencing.sequence()
