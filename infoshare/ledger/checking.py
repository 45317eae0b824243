"""Runs of the verification: asked for, carried out by the worker, kept with what they found. And the daily anchor."""

import uuid
from datetime import timedelta

from celery import current_app
from django.db import transaction
from django.utils import timezone

from infoshare.accounts.models import Membership, User
from infoshare.accounts.roles import Role
from infoshare.days import london_today
from infoshare.outbox.services import post

from . import anchors
from .models import Checkpoint, Verification
from .verifying import Wish, verify

TASK = "infoshare.ledger.tasks.verify"
LOST_AFTER = timedelta(hours=6)


def ask(*, by: User | None = None, whole: bool = True, send: bool = True) -> Verification:
    """Let the worker verify; returns at once. Without `send` the caller is the worker."""
    run: Verification = Verification.objects.create(asked_by=by, whole=whole)
    if send:
        transaction.on_commit(lambda: current_app.send_task(TASK, args=[str(run.pk)], retry=False))
    return run


def carry_out(run_id: uuid.UUID) -> Verification:
    """The worker's part. The whole log with every key, or what is new and one part in thirty of the rest."""
    run = Verification.objects.get(pk=run_id)
    kept = anchors.read(anchors.path()) if anchors.path().exists() else []
    wish = Wish(anchors=kept, open_each=True)
    if not run.whole:
        wish = Wish(anchors=kept, since=_verified_up_to(), day=london_today())
    result = verify(wish)
    run.finished_at, run.size, run.documents = timezone.now(), result.size, result.documents
    run.findings = result.findings.as_json()
    run.entries = max(result.size - wish.since, 0)
    run.save(update_fields=["finished_at", "size", "documents", "findings", "entries"])
    if not result.good:
        for lead in leads():
            _tell(lead, "seal_findings", f"seal_findings:{run.pk}:{lead.pk}")
    return run


def _verified_up_to() -> int:
    """The size of the newest checkpoint that a verification without findings has reached."""
    good = Verification.objects.filter(finished_at__isnull=False, findings=[]).order_by("-size")
    sizes = good.values_list("size", flat=True)[:1]
    newest = Checkpoint.objects.filter(size__in=list(sizes)).first()
    return newest.size if newest else 0


def anchor() -> None:
    """Once for each new checkpoint: to every IG lead by e-mail, and into the file, which may be out of order."""
    last = anchors.newest()
    if last is None:
        return
    for lead in leads():
        _tell(lead, "anchor", f"anchor:{last.size}:{lead.pk}")
    anchors.append()


def leads() -> list[Membership]:
    found = Membership.objects.filter(roles__contains=[Role.IG_LEAD], user__is_active=True)
    return list(found.select_related("user", "organisation"))


def _tell(lead: Membership, kind: str, key: str) -> None:
    post(kind=kind, person_id=lead.user_id, organisation_id=lead.organisation_id, key=key)


def last_run() -> Verification | None:
    return Verification.objects.filter(finished_at__isnull=False).order_by("-started_at").first()


def running() -> Verification | None:
    """One that was asked for and has not ended, unless it must have been lost."""
    since = timezone.now() - LOST_AFTER
    return Verification.objects.filter(finished_at=None, started_at__gt=since).order_by("-started_at").first()
