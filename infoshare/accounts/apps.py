"""The Django app of people and organisations."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "infoshare.accounts"
    label = "accounts"

    def ready(self) -> None:
        from . import logs, signing_in  # noqa: F401  # receivers connect themselves
