"""Reads of the outbox: whose e-mail does not arrive, and which letters' time is over."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from .models import WAITING, Letter


def refused(organisation_id: int) -> set[int]:
    """The people whose last letter was given up, because their mail server refused it again and again."""
    done = Letter.objects.filter(organisation=organisation_id).exclude(WAITING)
    latest = done.order_by("person", Coalesce("sent_at", "gave_up_at").desc()).distinct("person")
    return {letter.person_id for letter in latest if letter.gave_up_at}


def posted_before(organisation_id: int, moment: datetime) -> QuerySet[Letter]:
    """Those that went out or were given up. What still waits to be sent is never too old."""
    return Letter.objects.filter(organisation=organisation_id, posted_at__lt=moment).exclude(WAITING)
