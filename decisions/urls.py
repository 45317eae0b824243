"""The addresses of guide, emergency route and log."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
