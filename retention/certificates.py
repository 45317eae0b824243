"""Reads of the certificates that disposal leaves, within one organisation. Only the database itself writes them."""

from datetime import UTC, datetime
from uuid import UUID

from infoshare.accounts.models import Organisation, User
from infoshare.ledger.models import Certificate

PAGE = 25


def page(organisation: Organisation, before: str = "") -> tuple[list[Certificate], bool]:
    """The newest first, those made before the given moment, and whether there are more."""
    found = Certificate.objects.within(organisation).order_by("-made_at", "document")
    if moment := _moment(before):
        found = found.filter(made_at__lt=moment)
    shown = list(found[: PAGE + 1])
    return shown[:PAGE], len(shown) > PAGE


def _moment(text: str) -> datetime | None:
    """None for a hand-made value: then the first page is shown."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def one(organisation: Organisation, document: UUID) -> Certificate | None:
    found: Certificate | None = Certificate.objects.within(organisation).filter(pk=document).first()
    return found


def names(certificate: Certificate) -> dict[int, str]:
    """The people whom the certificate knows by number; an account that is gone stays a number."""
    content = certificate.content
    people = [content.get(name) for name in ("proposed_by", "approved_by")]
    return dict(User.objects.filter(pk__in=[pk for pk in people if pk]).values_list("pk", "name"))
