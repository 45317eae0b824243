"""Posting a letter: the row goes into the caller's transaction, so that it is sent if, and only if, the deed stands."""

from datetime import datetime

import structlog
from celery import current_app
from django.db import connection, transaction
from django.utils import timezone

from .models import Letter

logger = structlog.get_logger(__name__)
RELAY = "infoshare.outbox.tasks.relay"


def post(*, kind: str, person_id: int, organisation_id: int, key: str, due_at: datetime | None = None) -> None:
    """Once per `key`. Sent at `due_at`, else at once."""
    now = timezone.now()
    letter = Letter(kind=kind, person_id=person_id, organisation_id=organisation_id, key=key, due_at=due_at or now)
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    if letter.due_at <= now and not any(wake in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(wake)


def wake() -> None:
    """Tell the relay not to wait for beat. Only a hint: without the broker the letter goes out a minute later."""
    try:
        current_app.send_task(RELAY, retry=False)
    except Exception as error:  # whatever is wrong with the broker, the deed is done and must not seem to have failed
        logger.warning("relay not woken", error=type(error).__name__)
