"""The ledger's background jobs. Thin: which, and when again; the deeds are elsewhere."""

from uuid import UUID

from celery import shared_task
from django.db import InterfaceError, OperationalError

from . import checking, kept_certificates, sequencing

DATABASE_GONE = (OperationalError, InterfaceError)


@shared_task(autoretry_for=DATABASE_GONE, retry_backoff=True, max_retries=3)  # type: ignore[untyped-decorator]
def sequence() -> None:
    """Every few seconds. One that is late is dropped: the next does the same."""
    sequencing.sequence()


@shared_task(autoretry_for=DATABASE_GONE, retry_backoff=True, max_retries=3)  # type: ignore[untyped-decorator]
def verify(run_id: str) -> None:
    """One run that somebody, or the clock, asked for."""
    checking.carry_out(UUID(run_id))


@shared_task  # type: ignore[untyped-decorator]
def verify_new() -> None:
    """Daily: what is new, and one part in thirty of the old."""
    checking.carry_out(checking.ask(whole=False, send=False).pk)


@shared_task  # type: ignore[untyped-decorator]
def verify_everything() -> None:
    """Weekly."""
    checking.carry_out(checking.ask(whole=True, send=False).pk)


@shared_task  # type: ignore[untyped-decorator]
def anchor() -> None:
    """Daily: the newest checkpoint goes to where nobody in charge of the database can change it."""
    checking.anchor()
    kept_certificates.keep_missing()
