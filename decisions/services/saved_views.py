"""Saved views: a person's own filters of the log under a name."""

from decisions.models import SavedView
from infoshare.accounts.models import Membership


def save_view(*, by: Membership, name: str, query: str) -> SavedView:
    """Under a name the person has used before, the new filters take the place of the old."""
    mine = SavedView.objects.within(by.organisation).filter(person=by.user)
    same = mine.filter(name__iexact=name).first() or SavedView(organisation=by.organisation, person=by.user)
    same.name, same.query = name, query
    same.save()
    return same


def delete_view(*, by: Membership, pk: int) -> None:
    SavedView.objects.within(by.organisation).filter(person=by.user, pk=pk).delete()
