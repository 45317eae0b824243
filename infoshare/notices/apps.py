"""The Django app of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "infoshare.notices"
    label = "notices"
