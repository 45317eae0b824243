"""The Django app of people and organisations."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "infoshare.accounts"
    label = "accounts"
