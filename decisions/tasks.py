"""The clocks, looked at each minute. Thin: which tasks are to be seen to; the deeds are services.clocks."""

from collections.abc import Callable
from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone

from . import selectors
from .services import clocks

logger = structlog.get_logger(__name__)


@shared_task  # type: ignore[untyped-decorator]
def watch_clocks() -> None:
    """One that fails stops no other, and is tried again in a minute."""
    now = timezone.now()
    for task_id in selectors.tasks_to_remind_of(now):
        _do(clocks.remind, task_id)
    for task_id in selectors.tasks_overdue(now):
        _do(clocks.escalate, task_id)
    for advice_id in selectors.advice_overdue(now):
        _do(clocks.escalate_advice, advice_id)


def _do(deed: Callable[[UUID], bool], task_id: UUID) -> None:
    try:
        deed(task_id)
    except Exception:
        logger.exception("clock not seen to", task=str(task_id))
