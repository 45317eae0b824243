"""Invitations: the signed link by which a person sets their first password, and the e-mail that carries it.

The link holds no address and no name. It works for seven days, once, and only the newest one does.
"""

import hmac
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from infoshare.outbox.models import Letter
from infoshare.outbox.services import post

from .models import AccessEvent, Membership, User

LIFETIME = timedelta(days=7)
SALT = "accounts.invitation"


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


def send(membership: Membership) -> None:
    """Post the e-mail in the transaction that adds the person."""
    post(
        kind="invitation",
        person_id=membership.user_id,
        organisation_id=membership.organisation_id,
        key=f"invitation:{uuid4()}",
    )


def letter(letters: Sequence[Letter]) -> EmailMessage | None:
    """How to begin; someone who has a password already is only told where they were added. Written when it is sent."""
    person: User = letters[0].person
    organisation = letters[0].organisation
    if not person.is_active or not Membership.objects.within(organisation).filter(user=person).exists():
        return None
    context = {
        "person": person,
        "organisation": organisation,
        "link": "" if person.has_usable_password() else link_for(person),
        "days": LIFETIME.days,
        "sign_in": settings.SITE_ADDRESS + reverse("account_login"),
    }
    text = render_to_string("emails/invitation.txt", context)
    return EmailMessage(f"infoshare: you have been added to {organisation}", text, to=[person.email])
