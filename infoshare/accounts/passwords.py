"""The e-mail to somebody who forgot their password. Its link is django-allauth's, made when the e-mail is sent."""

from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from infoshare.outbox.models import Letter
from infoshare.outbox.services import post

from .models import User
from .selectors import memberships_of


def send(person: User) -> bool:
    """False for somebody who works nowhere: the outbox keeps its letters by organisation."""
    membership = memberships_of(person).first()
    if membership is None:
        return False
    post(kind="password", person_id=person.pk, organisation_id=membership.organisation_id, key=f"password:{uuid4()}")
    return True


def letter(letters: Sequence[Letter]) -> EmailMessage | None:
    person: User = letters[0].person
    if not person.is_active:
        return None
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
    site = {"domain": urlsplit(settings.SITE_ADDRESS).netloc}
    context = {"password_reset_url": settings.SITE_ADDRESS + address, "current_site": site}
    subject = render_to_string("account/email/password_reset_key_subject.txt", context)
    text = render_to_string("account/email/password_reset_key_message.txt", context)
    return EmailMessage(" ".join(subject.split()), text, to=[person.email])
