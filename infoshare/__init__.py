"""Wiring at the top; below, what both apps stand on. Nothing here knows of decisions or retention."""

from .celery import app as celery_app

__all__ = ["celery_app"]
