"""Ending a person's sessions. Sessions know their person only inside their sealed text, so each live one is opened."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from .models import User


def ended() -> QuerySet[Session]:
    """Sessions that have run out. Django leaves their rows behind."""
    return Session.objects.filter(expire_date__lt=timezone.now())


def end_sessions(person: User) -> None:
    """Sign the person out on every device."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()
