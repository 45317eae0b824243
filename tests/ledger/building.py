"""A log of many records, some lawfully disposed of, made quickly: as the services write them, without the guide."""

import json
import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from decisions.models import DecisionRecord
from decisions.outcomes import Outcome
from decisions.references import new_reference
from decisions.services.disposing import dispose
from infoshare.accounts.models import Membership
from infoshare.ledger.models import Certificate
from infoshare.ledger.services import seal
from retention.models import Answer, ReviewTask, ScheduleItem, SweepRun
from retention.schedule import add_whole_years
from retention.services import adopt_defaults

REASONS = "The child has come to school hungry and bruised three times since the half-term holiday. " * 7


def record_of(by: Membership, number: int = 0, reasons: str = REASONS) -> DecisionRecord:
    record = DecisionRecord(
        reference=new_reference(),
        organisation=by.organisation,
        author=by.user,
        route=DecisionRecord.Route.GUIDE,
        recommended=Outcome.SHARE_WITHOUT_CONSENT,
        decided=Outcome.SHARE_WITHOUT_CONSENT,
        edition="2026-09",
        idempotency_key=uuid.uuid4(),
    )
    content = {"kind": "decision", "number": number, "decision": {"reasons": reasons}}
    record.document = seal(kind="decision", organisation=by.organisation, content=content, row=record)
    record.save(force_insert=True)
    return record


def approved(record: DecisionRecord, asked_by: Membership, decided_by: Membership, **columns: Any) -> Answer:
    """The answer of two people to the disposal review of a record that has had its time, its cooling-off over."""
    organisation, today = record.organisation, timezone.localdate()
    adopt_defaults(organisation)
    recorded_on = add_whole_years(today, -7)
    ScheduleItem.objects.update_or_create(
        record_id=record.pk, defaults={"organisation": organisation, "recorded_on": recorded_on, "state": "approved"}
    )
    run, _ = SweepRun.objects.get_or_create(organisation=organisation, as_of=today)
    task = ReviewTask.objects.create(record=record, organisation=organisation, cycle=1, due_on=today, run=run)
    values: dict[str, Any] = {
        "kind": "destroy",
        "reason": "Its time has come.",
        "state": "approved",
        "asked_by": asked_by.user,
        "decided_by": decided_by.user,
        "decided_at": timezone.now(),
        "not_before": timezone.now() - timedelta(minutes=1),
        **columns,
    }
    answer: Answer = Answer.objects.create(task=task, organisation=organisation, **values)
    return answer


def disposed(records: Iterable[DecisionRecord], asked_by: Membership, decided_by: Membership) -> list[Certificate]:
    """As the worker."""
    return [
        dispose(record=record, asked=approved(record, asked_by, decided_by).pk, why={"rule": "6 years"})
        for record in records
    ]


def words_of(certificate: Certificate) -> dict[str, Any]:
    words: dict[str, Any] = json.loads(certificate.words)
    return words
