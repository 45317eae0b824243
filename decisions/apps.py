"""The Django app of drafts, records and the log."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"

    def ready(self) -> None:
        from django.core.checks import register

        from decisions.checks import released_editions_are_proved
        from decisions.warm import judge_an_empty_case
        from infoshare.day_checks import bank_holidays_are_known
        from infoshare.starting import at_web_start

        register(released_editions_are_proved)
        register(bank_holidays_are_known)
        at_web_start.append(judge_an_empty_case)
