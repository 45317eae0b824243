"""The Django app of drafts, records and the log."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"

    def ready(self) -> None:
        from django.core.checks import register

        from decisions.checks import released_editions_are_proved

        register(released_editions_are_proved)
