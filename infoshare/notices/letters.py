"""The e-mail about notices: how many wait, of what kind, and where. Nothing of any case, and no reference."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse

from infoshare.accounts.models import Membership, User
from infoshare.outbox.models import Letter

from . import selectors
from .kinds import Kind


def digest(letters: Sequence[Letter]) -> EmailMessage | None:
    """None where everything has been read meanwhile, or the person works there no more."""
    person: User = letters[0].person
    membership = Membership.objects.within(letters[0].organisation).filter(user=person).first()
    if membership is None or not person.is_active:
        return None
    counted = selectors.unread(membership).order_by().values_list("kind").annotate(number=Count("pk"))
    numbers = dict(counted)
    if not numbers:
        return None
    context = {
        "organisation": membership.organisation,
        "lines": [(kind.label, numbers[kind.value]) for kind in Kind if kind.value in numbers],
        "url": settings.SITE_ADDRESS + reverse("notices:list"),
        "settings_url": settings.SITE_ADDRESS + reverse("notices:settings"),
    }
    total = sum(numbers.values())
    subject = "infoshare: 1 notice" if total == 1 else f"infoshare: {total} notices"
    return EmailMessage(subject, render_to_string("emails/digest.txt", context), to=[person.email])
