"""The relay and its housekeeping. Beat starts the relay every minute; whoever posts a letter wakes it at once."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.utils import timezone

from . import relay as relaying
from .models import Letter

logger = structlog.get_logger(__name__)
KEPT = timedelta(days=30)


@shared_task  # type: ignore[untyped-decorator]
def relay() -> None:
    """Mail that cannot be reached is no failure of ours: beat asks again in a minute."""
    try:
        relaying.relay()
    except relaying.MailIsDown as down:
        logger.warning("mail is down", error=str(down))


@shared_task  # type: ignore[untyped-decorator]
def tidy() -> None:
    """Forget letters that went out a month ago."""
    Letter.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
