"""Who may administer. The policy itself is roles.py; here a deed asks it, with what the database says now."""

from django.core.exceptions import PermissionDenied

from .models import Membership
from .roles import Permission


class Shell:
    """Whoever runs manage.py: holds the machine, so may administer; is nobody in the list of people."""

    user = None


SHELL = Shell()
Administrator = Membership | Shell


def check_may_administer(by: Administrator) -> None:
    """Raises PermissionDenied. Asks the database again: a role may have been taken away since the page was opened."""
    if isinstance(by, Shell):
        return
    now = Membership.objects.select_related("user").filter(pk=by.pk).first()
    if now is None or not now.may(Permission.ADMINISTER):
        raise PermissionDenied(f"Your role does not allow you to {Permission.ADMINISTER.label}.")
