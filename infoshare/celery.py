"""The Celery application: worker and beat find it here. Tasks live in each app's tasks.py."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")

app = Celery("infoshare")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect  # type: ignore[untyped-decorator]
def check_keys(**_: Any) -> None:
    """A worker without the ledger's keys, its signing key among them, does not start."""
    from infoshare.ledger import keys

    keys.ring()
    keys.signing_key()
