"""Registers infoshare.govuk with Django."""

from django.apps import AppConfig


class GovukConfig(AppConfig):
    name = "infoshare.govuk"
    label = "govuk"
