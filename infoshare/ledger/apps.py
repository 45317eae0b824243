"""The Django app of sealed content. After each migration it hands the runtime role its rights, and no more."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "infoshare.ledger"
    label = "ledger"

    def ready(self) -> None:
        from . import checks, rights  # noqa: F401  # checks register themselves

        post_migrate.connect(rights.grant, dispatch_uid="ledger.rights")
