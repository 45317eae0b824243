"""Recording: judged again, sealed, once only, and never changed, whoever tries."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, ProgrammingError
from django.http import Http404

from decisions import services
from decisions.models import Amendment, DecisionRecord, Draft, RecordRead
from infoshare.accounts.models import Membership
from infoshare.days import working_days_later
from infoshare.ledger.models import DataKey, SealedDocument
from infoshare.ledger.rights import append_only_tables

from .walking import ready, recorded

TOLD = {
    "recipient": "Police",
    "may_be_the_danger": "",
    "already_told": False,
    "happening": "A child is alone",
    "shared": "The address",
}


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_one_record(alice: Membership) -> None:
    _, draft = ready(alice)

    def press(_: int) -> str:
        try:
            return services.record_decision(draft_id=draft.pk, by=alice).reference
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        references = set(pool.map(press, range(8)))
    assert len(references) == 1
    assert DecisionRecord.objects.count() == SealedDocument.objects.count() == 1
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_emergencies_with_one_key_are_one(alice: Membership) -> None:
    key = uuid4()

    def press(_: int) -> str:
        try:
            return services.record_emergency(by=alice, told=dict(TOLD), case_reference="", key=key).reference
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        references = set(pool.map(press, range(8)))
    assert len(references) == 1
    assert SealedDocument.objects.count() == 1


@pytest.mark.django_db
def test_nobody_records_for_another(alice: Membership, bob: Membership, olga: Membership, irene: Membership) -> None:
    _, draft = ready(alice)
    for other in (bob, olga):
        with pytest.raises(Http404):
            services.record_decision(draft_id=draft.pk, by=other)
    with pytest.raises(PermissionDenied):
        services.record_decision(draft_id=draft.pk, by=irene)
    assert not DecisionRecord.objects.exists()


@pytest.mark.django_db
def test_a_failure_while_recording_leaves_the_draft(alice: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    _, draft = ready(alice)
    monkeypatch.setattr("decisions.services.sealing.new_reference", lambda: "x" * 50)  # does not fit its column
    with pytest.raises(DatabaseError), transaction.atomic():
        services.record_decision(draft_id=draft.pk, by=alice)
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert not SealedDocument.objects.exists()


SEALED = (SealedDocument, DataKey, DecisionRecord, Amendment, RecordRead)


@pytest.mark.django_db
def test_every_sealed_model_is_guarded(alice: Membership) -> None:
    assert {model._meta.db_table for model in SEALED} <= set(append_only_tables())


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["UPDATE {} SET {key} = {key}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("model", SEALED)
def test_the_runtime_role_cannot_touch_sealed_rows(model: type[DecisionRecord], verb: str) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table, key=key))


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET edition = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_even_the_owner_is_refused_by_the_triggers(alice: Membership, verb: str) -> None:
    record = recorded(alice)
    owner = connections["owner"]
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute(verb.format("decisions_decisionrecord"))
    assert DecisionRecord.objects.get().edition == record.edition


@pytest.mark.django_db
def test_the_check_at_start_finds_both_guards_in_place() -> None:
    call_command("check", databases=["default"], tags=["database"])


@pytest.mark.django_db
def test_reasons_fall_due_one_working_day_later(alice: Membership) -> None:
    with time_machine.travel("2026-11-20T17:40:00Z", tick=False):  # a Friday
        record = services.record_emergency(by=alice, told=dict(TOLD), case_reference="", key=uuid4())
    assert record.reasons_due_at is not None
    assert record.reasons_due_at.isoformat().startswith("2026-11-23T17:00")


def test_working_days_end_at_the_end_of_work_across_the_change_of_clocks() -> None:
    with time_machine.travel("2026-10-23T16:40:00Z", tick=False):  # Friday 5:40 pm, summer time
        from django.utils import timezone

        due = working_days_later(timezone.now(), 1)
    assert due.isoformat() == "2026-10-26T17:00:00+00:00"


@pytest.mark.django_db
def test_an_amendment_stands_beside_the_record(alice: Membership) -> None:
    record = recorded(alice)
    before = record.document.content_hash
    key = uuid4()
    first = services.amend(record=record, by=alice, text="They confirmed receipt.", key=key)
    assert services.amend(record=record, by=alice, text="They confirmed receipt.", key=key) == first
    record.document.refresh_from_db()
    assert record.document.content_hash == before
    assert Amendment.objects.count() == 1
