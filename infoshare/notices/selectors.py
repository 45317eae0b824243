"""Reads of notices: one's own, within the organisation acted for; and those whose time is over."""

from datetime import datetime

from django.db.models import QuerySet

from infoshare.accounts.models import Membership, Organisation, User

from .models import MailWish, Notice


def notices_of(membership: Membership) -> QuerySet[Notice]:
    mine: QuerySet[Notice] = Notice.objects.within(membership.organisation).filter(person=membership.user)
    return mine


def unread(membership: Membership) -> QuerySet[Notice]:
    return notices_of(membership).filter(read_at=None)


def made_before(organisation: Organisation, moment: datetime) -> QuerySet[Notice]:
    """Of everybody there, read or not."""
    notices: QuerySet[Notice] = Notice.objects.within(organisation).filter(made_at__lt=moment)
    return notices


def mail_wish(person: User) -> str:
    wish = MailWish.objects.filter(person=person).first()
    return wish.when if wish else MailWish.When.AT_ONCE
