"""Reads of the directory. Each starts from a membership: nobody sees another organisation's partners."""

from django.db.models import Q, QuerySet
from django.http import Http404

from decisions.models import Partner
from infoshare.accounts.models import Membership


def directory(membership: Membership, *, retired: bool = False) -> QuerySet[Partner]:
    """The entries in use, or those retired."""
    entries: QuerySet[Partner] = Partner.objects.within(membership.organisation).select_related("verified_by")
    return entries.filter(retired_at__isnull=not retired)


def search(entries: QuerySet[Partner], words: str, kind: str = "") -> QuerySet[Partner]:
    """Entries in which each of the words stands somewhere."""
    for word in words.split():
        entries = entries.filter(Q(name__icontains=word) | Q(role__icontains=word) | Q(address__icontains=word))
    return entries.filter(kind=kind) if kind else entries


def partner_for(membership: Membership, partner_id: int) -> Partner:
    found = Partner.objects.within(membership.organisation).select_related("verified_by").filter(pk=partner_id).first()
    if found is None:
        raise Http404("There is no such entry in your directory.")
    partner: Partner = found
    return partner
