"""Sends what is due, each letter in a transaction of its own. At least once: who dies after sending sends it again.

Letters of one kind to one person in one organisation go out as one e-mail. Two relays never take the same row.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from .models import WAITING, Letter

logger = structlog.get_logger(__name__)
Writer = Callable[[Sequence[Letter]], EmailMessage | None]
ATTEMPTS = 12  # with the pauses below, about a day and a half
LONGEST_PAUSE = timedelta(hours=6)
LONGEST_PAUSE_OF_THE_SERVER = timedelta(minutes=10)
MOST_AT_ONCE = 500


class MailIsDown(Exception):
    """The mail server cannot be reached: nobody's letter would go out now."""


def relay() -> int:
    """How many e-mails were dealt with. Raises MailIsDown; what is left then waits for the next run."""
    for number in range(MOST_AT_ONCE):
        if not deliver_next():
            return number
    return MOST_AT_ONCE


def deliver_next() -> bool:
    """Whether there was one to deliver."""
    with transaction.atomic():
        first = _due().first()
        if first is None:
            return False
        error = _deliver(first)
    if error is not None and _is_the_servers_fault(error):
        raise MailIsDown(type(error).__name__) from error
    return True


def _deliver(first: Letter) -> Exception | None:
    letters = list(_due().filter(kind=first.kind, person=first.person_id, organisation=first.organisation_id))
    ids = [letter.pk for letter in letters]
    try:
        _send(letters)
    except (OperationalError, InterfaceError):
        raise  # our own database has gone, which says nothing of the letters
    except Exception as error:
        for letter in letters:
            _put_off(letter, error)
        return error
    Letter.objects.filter(pk__in=ids).update(sent_at=timezone.now())
    return None


def _due() -> QuerySet[Letter]:
    waiting = Letter.objects.filter(WAITING, due_at__lte=timezone.now())
    return waiting.order_by("due_at").select_for_update(skip_locked=True)


def _send(letters: Sequence[Letter]) -> None:
    writer: Writer = import_string(settings.LETTERS[letters[0].kind])
    with transaction.atomic():
        message = writer(letters)
    if message is None:  # nothing is left to say
        return
    # The same on each attempt, so that a mail system can drop what it has already.
    message.extra_headers["Message-ID"] = f"<{letters[0].pk}@infoshare>"
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.send()


def _put_off(letter: Letter, error: Exception) -> None:
    """Try again later, after longer and longer pauses; give up on a letter that is itself the trouble."""
    now, servers_fault = timezone.now(), _is_the_servers_fault(error)
    longest = LONGEST_PAUSE_OF_THE_SERVER if servers_fault else LONGEST_PAUSE
    letter.attempts = min(letter.attempts + 1, ATTEMPTS)
    letter.trouble = type(error).__name__
    letter.due_at = now + min(timedelta(minutes=2**letter.attempts), longest)
    if letter.attempts >= ATTEMPTS and not servers_fault:
        letter.gave_up_at = now
    letter.save(update_fields=["attempts", "trouble", "due_at", "gave_up_at"])
    logger.warning("letter not sent", letter=str(letter.pk), kind=letter.kind, error=letter.trouble)


def _is_the_servers_fault(error: Exception) -> bool:
    """The server is away or unwell, and would be for any letter; not: it refused this address or these words."""
    if isinstance(error, SMTPException):
        return isinstance(error, SMTPConnectError | SMTPServerDisconnected)
    return isinstance(error, OSError)
