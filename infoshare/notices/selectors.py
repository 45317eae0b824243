"""Reads of notices: one's own, within the organisation acted for."""

from django.db.models import QuerySet

from infoshare.accounts.models import Membership, User

from .models import MailWish, Notice


def notices_of(membership: Membership) -> QuerySet[Notice]:
    mine: QuerySet[Notice] = Notice.objects.within(membership.organisation).filter(person=membership.user)
    return mine


def unread(membership: Membership) -> QuerySet[Notice]:
    return notices_of(membership).filter(read_at=None)


def mail_wish(person: User) -> str:
    wish = MailWish.objects.filter(person=person).first()
    return wish.when if wish else MailWish.When.AT_ONCE
