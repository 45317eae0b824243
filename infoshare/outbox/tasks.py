"""The relay. Beat starts it every minute; whoever posts a letter wakes it at once."""

import structlog
from celery import shared_task

from . import relay as relaying

logger = structlog.get_logger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def relay() -> None:
    """Mail that cannot be reached is no failure of ours: beat asks again in a minute."""
    try:
        relaying.relay()
    except relaying.MailIsDown as down:
        logger.warning("mail is down", error=str(down))
