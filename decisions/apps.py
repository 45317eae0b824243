"""The Django app of drafts, records and the log."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"

    def ready(self) -> None:
        from django.core.checks import register

        from decisions.checks import released_editions_are_proved
        from decisions.warm import judge_an_empty_case
        from infoshare.starting import at_web_start

        register(released_editions_are_proved)
        at_web_start.append(judge_an_empty_case)
