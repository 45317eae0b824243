"""The Django app of retention."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"
