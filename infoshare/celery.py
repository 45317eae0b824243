"""The Celery application: worker and beat find it here. Tasks live in each app's tasks.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")

app = Celery("infoshare")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
