"""The Django app of drafts, records and the log."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
