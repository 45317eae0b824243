"""The real thing: messages delivered twice to a real Celery worker, and each person told and e-mailed once."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from decisions.models import FollowUpTask
from infoshare.accounts.models import Membership
from infoshare.notices.models import Notice
from infoshare.outbox.models import Letter
from tests.decisions.following import emergency, run_down
from tests.faults.workers import broker as broker
from tests.faults.workers import worker
from tests.retention.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TASKS = ("decisions.tasks.watch_clocks", "infoshare.outbox.tasks.relay")
SEND = "from tests.faults.worker import app; [app.send_task(name) for name in {names} for _ in range(3)]"


def send(environment: dict[str, str], *names: str) -> None:
    """Each of them three times, through another process, as the test's own pools know another broker."""
    program = SEND.format(names=names)
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, cwd=settings.BASE_DIR)


def all_sent() -> bool:
    return not Letter.objects.filter(sent_at=None).exists()


def overdue_told() -> bool:
    return Notice.objects.filter(key__startswith="overdue:").count() == 2


def test_overdue_is_told_once_through_a_real_worker(
    alice: Membership, irene: Membership, broker: dict[str, str], tmp_path: Path
) -> None:
    task = run_down(FollowUpTask.objects.get(record=emergency(alice)))
    with worker(broker, tmp_path / "worker.log"):
        send(broker, *TASKS)
        until(overdue_told)
        send(broker, *TASKS)
        until(all_sent)
    assert Notice.objects.filter(key=f"overdue:{task.pk}").count() == 2
    told = Letter.objects.exclude(kind="receipt")  # the author's own receipt is no notice
    assert Notice.objects.count() == told.count() == 3  # and the lead was told of the emergency at once
    task.refresh_from_db()
    assert task.escalated_at is not None
