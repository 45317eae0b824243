"""Access events of signing in and out. Failures are logged by logs.py: a guesser must not be able to fill a table."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from .models import AccessEvent, User


@receiver(user_logged_in)
def signed_in(user: User, **_: Any) -> None:
    AccessEvent.objects.create(kind=AccessEvent.Kind.SIGNED_IN, by=user, person=user)


@receiver(user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    if user is not None:
        AccessEvent.objects.create(kind=AccessEvent.Kind.SIGNED_OUT, by=user, person=user)
