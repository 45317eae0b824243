"""Giving a notice, reading it, and choosing how to be e-mailed. Call `notify` in the transaction of the deed."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from infoshare.accounts.models import Membership, Organisation, User
from infoshare.days import next_at
from infoshare.outbox.services import post

from . import selectors
from .kinds import Kind
from .models import MailWish, Notice

DIGEST_HOUR = 8


def notify(
    *,
    person: User,
    organisation: Organisation,
    kind: str,
    words: str,
    url: str,
    key: str,
    email: bool = True,
    urgent: bool = False,
) -> None:
    """Tell a person, once per `key`, in the application and by an e-mail that only counts what waits.

    `words` carry no personal data. An urgent one is e-mailed at once, whatever the person wishes otherwise.
    """
    about = Kind(kind)
    given = {"organisation": organisation, "kind": about.value, "words": words, "url": url}
    notice, new = Notice.objects.get_or_create(person=person, key=key, defaults=given)
    if new and email:
        _post_digest(notice, MailWish.When.AT_ONCE if urgent else selectors.mail_wish(person))


def _post_digest(notice: Notice, when: str) -> None:
    if when == MailWish.When.NEVER:
        return
    due: datetime | None = next_at(DIGEST_HOUR) if when == MailWish.When.DAILY else None
    person_id, organisation_id = notice.person_id, notice.organisation_id
    post(kind="digest", person_id=person_id, organisation_id=organisation_id, key=f"notice:{notice.pk}", due_at=due)


def read(*, notice: Notice, by: Membership) -> None:
    selectors.unread(by).filter(pk=notice.pk).update(read_at=timezone.now())


def read_all(*, by: Membership, up_to: int) -> None:
    """All up to the newest that the page showed: not one that came in meanwhile."""
    selectors.unread(by).filter(pk__lte=up_to).update(read_at=timezone.now())


def take_back(*, organisation: Organisation, leading_to: Iterable[str]) -> None:
    """Everybody's notices that lead to these addresses or below them: what they were about is gone."""
    below = [Q(url__startswith=address) for address in leading_to]
    if below:
        Notice.objects.within(organisation).filter(reduce(or_, below)).delete()


def choose_mail(*, by: Membership, when: str) -> None:
    MailWish.objects.update_or_create(person=by.user, defaults={"when": MailWish.When(when)})
