"""What happens after a change is certain, outside the request. Thin: fetch by id, call the deed."""

from celery import shared_task

from . import invitations
from .models import Membership


@shared_task(autoretry_for=(OSError,), retry_backoff=10, max_retries=8)  # type: ignore[untyped-decorator]
def send_invitation(membership_id: int) -> None:
    """Tries again for about forty minutes if the mail server does not answer."""
    invitations.send(Membership.objects.select_related("user", "organisation").get(pk=membership_id))
