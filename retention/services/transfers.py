"""Passing a record on: its bundle is taken first, then their receipt is noted. Without both nothing is removed.

Taking the bundle is reading the record: it is written down as an export and stands among the record's readers.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from decisions.log import paper
from decisions.models import DecisionRecord, RecordRead
from decisions.services import disposing, note_paper
from infoshare.accounts.models import Membership
from infoshare.ledger import bundles
from retention import permissions
from retention.models import Answer
from retention.models.asked import AskedState

from .two_people import AlreadyDecided


@transaction.atomic
def take_bundle(*, answer: Answer, by: Membership) -> bytes:
    """The record with all it takes to check it elsewhere, as a zip file. Its hash goes into the certificate.

    Raises proofs.NotYet for a record that was added to a moment ago.
    """
    records = DecisionRecord.objects.within(answer.organisation).select_related("organisation", "author")
    the_record = records.select_related("document__key").get(pk=answer.task.record_id)
    permissions.check_may_take_bundle(by, the_record)
    locked = _agreed(answer)
    packed = bundles.bundle(disposing.documents(the_record), {"record.pdf": paper.pdf(the_record)})
    note_paper(by=by, record=the_record, how=RecordRead.How.BUNDLE, reason=f"Passed on to {locked.transferred_to}")
    locked.bundle_hash, locked.bundle_taken_at = hashlib.sha256(packed).hexdigest(), timezone.now()
    locked.save(update_fields=["bundle_hash", "bundle_taken_at"])
    return packed


@transaction.atomic
def note_receipt(*, answer: Answer, by: Membership, receipt: str) -> None:
    """The receipt of whom two people agreed on, and of nobody else. Until it is noted nothing is removed."""
    permissions.check_may_review(by, answer.organisation)
    locked = _agreed(answer)
    if not locked.bundle_hash:
        raise ValidationError("Take the record’s bundle first: there is nothing yet that they could have received.")
    locked.receipt = receipt
    locked.save(update_fields=["receipt"])


def _agreed(answer: Answer) -> Answer:
    """The answer under a lock, if it is a transfer that two people agreed on and nobody has stopped."""
    found = Answer.objects.within(answer.organisation).select_for_update(of=("self",))
    locked: Answer | None = found.filter(pk=answer.pk, kind=Answer.Kind.TRANSFER, state=AskedState.APPROVED).first()
    if locked is None:
        raise AlreadyDecided(answer)
    return locked
