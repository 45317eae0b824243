"""Carrying out what two people agreed on, in the worker alone. Every check is made again; any doubt stops it.

The database's own function makes the same checks once more (see the migration `the_only_way_to_destroy`): nothing here
could destroy a record that it would not let go.
"""

from typing import Any

import structlog
from django.db import DatabaseError, OperationalError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from decisions.models import DecisionRecord
from decisions.services.disposing import dispose
from infoshare.accounts.models import Organisation
from infoshare.ledger import kept_certificates
from infoshare.ledger.models import Certificate
from infoshare.notices.services import take_back
from retention import covering, locks, overtaking, selectors
from retention.models import Answer, ScheduleItem, State, TriggerEntry
from retention.models.asked import AskedState
from retention.schedule import in_words, sums

from .dates import work_out
from .reviews import cancel

logger = structlog.get_logger(__name__)
ADDED = "Something was added to the record after the answer was given."
HELD = "A hold covers the record."
KEPT = "By today’s rules the record is kept longer."


def cancel_overtaken(organisation: Organisation) -> int:
    """End the answers whose record has been added to since; how many."""
    return sum(_cancel_one(organisation, pk, reference) for pk, reference in overtaking.overtaken(organisation))


@transaction.atomic
def _cancel_one(organisation: Organisation, answer: int, reference: str) -> bool:
    return cancel(_locked(organisation, reference), answer, ADDED)


def to_carry_out(organisation: Organisation | None = None) -> list[int]:
    """Answers whose cooling-off is over; a transfer only with its receipt. The database's clock decides at the end.

    Of one organisation, or of all.
    """
    ready = Q(kind=Answer.Kind.DESTROY) | Q(kind=Answer.Kind.TRANSFER) & ~Q(receipt="")
    found = Answer.objects.filter(ready, state=AskedState.APPROVED, not_before__lte=timezone.now())
    if organisation is not None:
        found = found.filter(organisation=organisation)
    return list(found.order_by("not_before", "pk").values_list("pk", flat=True))


def carry_out(answer_pk: int) -> Certificate | None:
    """One record, one transaction. None if it may not go (any more): then the review is open again, or held."""
    try:
        with transaction.atomic():
            certificate = _carry_out(answer_pk)
    except OperationalError:
        raise
    except DatabaseError as refusal:
        logger.warning("disposal refused by the database", answer=answer_pk, error=type(refusal).__name__)
        return None
    if certificate is not None:
        _keep(certificate)
    return certificate


def _keep(certificate: Certificate) -> None:
    """Outside the database too, for after a restore. What cannot be kept now is kept with the next daily checkpoint."""
    try:
        kept_certificates.keep(certificate)
    except OSError as error:
        logger.error("certificate not kept outside yet", certificate=str(certificate.pk), error=str(error))


def _carry_out(answer_pk: int) -> Certificate | None:
    answer = Answer.objects.select_related("task", "organisation").filter(pk=answer_pk).first()
    if answer is None:
        return None
    # Before anything is read: a hold that was accepted is seen, and one that comes now waits for us.
    locks.share_with_disposals(answer.organisation)
    item = _locked(answer.organisation, answer.task.record_id)
    if item.state != State.APPROVED or answer.state != AskedState.APPROVED:
        return None
    if covering.holds_on(item).exists():
        cancel(item, answer.pk, HELD, State.HELD)
        return None
    if overtaking.overtaken(answer.organisation, item.pk):
        cancel(item, answer.pk, ADDED)
        return None
    if not _still_due(item):
        cancel(item, answer.pk, KEPT)
        ScheduleItem.objects.filter(pk=item.pk).update(revision=0)
        work_out(item)
        return None
    record = DecisionRecord.objects.within(answer.organisation).get(pk=item.pk)
    certificate = dispose(record=record, asked=answer.pk, why=why(answer, item))
    _forget(item)
    return certificate


def _still_due(item: ScheduleItem) -> bool:
    """By the rules as they are now: they may have changed while the answer cooled off."""
    found = sums([version.as_rule for version in selectors.adopted(item.organisation)], item.category, item.dates)
    due_on = found[0].due_on if found else None
    return due_on is not None and max(due_on, item.kept_until or due_on) <= selectors.today()


def why(answer: Answer, item: ScheduleItem) -> dict[str, Any]:
    """What the certificate says: rule and sum, who and when. People by number, dates of people's lives not at all."""
    version = item.rule_version
    found = sums([version.as_rule], item.category, item.dates) if version else []
    return {
        "answer": answer.kind,
        "rule": version.name if version else "",
        "rule_version": version.version if version else 0,
        "mandate": version.mandate if version else "",
        "period_years": version.years if version else 0,
        "counted_from": found[0].rule.trigger.event if found else "",
        "due_on": answer.task.due_on.isoformat(),
        "due_in_words": in_words(answer.task.due_on),
        "recorded_on": item.recorded_on.isoformat(),
        "category": item.category,
        "renewals": item.renewals,
        "proposed_by": answer.asked_by_id,
        "proposed_at": answer.asked_at.isoformat(),
        "approved_by": answer.decided_by_id,
        "approved_at": answer.decided_at.isoformat() if answer.decided_at else "",
        "transferred_to": answer.transferred_to,
        "receipt": answer.receipt,
        "bundle_sha256": answer.bundle_hash,
    }


def _forget(item: ScheduleItem) -> None:
    """What was typed about the record goes with it, and notices that lead to it; who answered what, and when, stays."""
    take_back(organisation=item.organisation, leading_to=[reverse("retention:record", args=[item.pk])])
    TriggerEntry.objects.within(item.organisation).filter(record=item.pk).delete()
    Answer.objects.within(item.organisation).filter(task__record=item.pk).update(reason="", ended_because="")
    ScheduleItem.objects.filter(pk=item.pk).update(indefinite=False, kept_until=None)


def _locked(organisation: Organisation, reference: str) -> ScheduleItem:
    found = ScheduleItem.objects.within(organisation).select_for_update(of=("self",))
    item: ScheduleItem = found.select_related("organisation", "rule_version").get(pk=reference)
    return item
