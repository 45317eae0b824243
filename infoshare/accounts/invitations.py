"""Invitations: the signed link by which a person sets their first password, and the e-mail that carries it.

The link holds no address and no name. It works for seven days, once, and only the newest one does.
"""

import hmac
from datetime import timedelta
from functools import partial

from celery import current_app
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from .models import AccessEvent, Membership, User

LIFETIME = timedelta(days=7)
SALT = "accounts.invitation"
# By name, as tasks call deeds and deeds know no task.
TASK = "infoshare.accounts.tasks.send_invitation"


def _mark(person: User) -> str:
    """Changes as soon as a password is set or a newer invitation is sent."""
    return salted_hmac(SALT, person.password).hexdigest()[:20]


def token_for(person: User) -> str:
    return signing.dumps([person.pk, _mark(person)], salt=SALT)


def person_for(token: str) -> User | None:
    """Whom the token invites; None if it is not ours, too old, used or overtaken, or access was stopped."""
    try:
        pk, mark = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk, is_active=True).first()
    if person is None or person.has_usable_password() or not hmac.compare_digest(mark, _mark(person)):
        return None
    return person


def link_for(person: User) -> str:
    return settings.SITE_ADDRESS + reverse("accept_invitation", args=[token_for(person)])


def accept(*, token: str, password: str) -> User | None:
    """Set the first password. None if the link has stopped working in the meantime."""
    with transaction.atomic():
        found = person_for(token)
        person = User.objects.select_for_update().get(pk=found.pk) if found else None
        if person is None or person.has_usable_password():
            return None
        validate_password(password, person)
        person.set_password(password)
        person.save(update_fields=["password"])
        AccessEvent.objects.create(kind=AccessEvent.Kind.PASSWORD_SET, by=person, person=person)
    return person


def send_after_commit(membership: Membership) -> None:
    """Queue the e-mail once the database is sure of the person."""
    transaction.on_commit(partial(current_app.send_task, TASK, [membership.pk]))


def send(membership: Membership) -> None:
    """E-mail the person how to begin; someone who has a password already is only told where they were added."""
    person = membership.user
    link = "" if person.has_usable_password() else link_for(person)
    context = {
        "person": person,
        "organisation": membership.organisation,
        "link": link,
        "days": LIFETIME.days,
        "sign_in": settings.SITE_ADDRESS + reverse("account_login"),
    }
    text = render_to_string("emails/invitation.txt", context)
    EmailMessage(f"infoshare: you have been added to {membership.organisation}", text, to=[person.email]).send()
