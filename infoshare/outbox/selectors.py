"""Reads of the outbox: whose e-mail does not arrive."""

from django.db.models import Q
from django.db.models.functions import Coalesce

from .models import Letter


def refused(organisation_id: int) -> set[int]:
    """The people whose last letter was given up, because their mail server refused it again and again."""
    done = Letter.objects.filter(organisation=organisation_id).exclude(Q(sent_at=None, gave_up_at=None))
    latest = done.order_by("person", Coalesce("sent_at", "gave_up_at").desc()).distinct("person")
    return {letter.person_id for letter in latest if letter.gave_up_at}
