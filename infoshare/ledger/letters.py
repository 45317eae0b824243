"""The ledger's e-mails: receipts, kept checkpoints, findings. Only what the log is made of, nothing of any case."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from infoshare.outbox.models import Letter

from .models import Checkpoint, LogEntry


def _message(subject: str, template: str, to: str, **context: object) -> EmailMessage:
    context["url"] = settings.SITE_ADDRESS + reverse("seal:page")
    return EmailMessage(subject, render_to_string(f"emails/{template}.txt", context), to=[to])


def _about(letters: Sequence[Letter]) -> list[str]:
    """What stands behind the colon of each letter's key."""
    return [letter.key.split(":")[1] for letter in letters]


def receipt(letters: Sequence[Letter]) -> EmailMessage | None:
    entries = LogEntry.objects.within(letters[0].organisation).filter(uid__in=_about(letters)).order_by("pk")
    receipts = [entry.receipt for entry in entries]
    if not receipts:
        return None
    return _message("infoshare: your receipt", "receipt", letters[0].person.email, receipts=receipts)


def anchor(letters: Sequence[Letter]) -> EmailMessage | None:
    """The newest of those posted: it speaks for the others."""
    newest = Checkpoint.objects.filter(size__in=map(int, _about(letters))).order_by("-size").first()
    if newest is None:
        return None
    return _message("infoshare: keep this checkpoint", "anchor", letters[0].person.email, checkpoint=newest)


def findings(letters: Sequence[Letter]) -> EmailMessage:
    return _message("infoshare: a check of the log found something", "seal_findings", letters[0].person.email)
