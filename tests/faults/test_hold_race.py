"""A hold placed while disposals run: no record goes under a hold that was accepted. Without the lock, one does."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership
from infoshare.ledger.models import Certificate
from retention import locks, selectors, services
from retention.models import Scope
from tests.ledger.building import approved, record_of
from tests.ledger.worker import worker
from tests.retention.overlapping import another_connection
from tests.retention.waiting import until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
RACES = 200
WAITING = "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = %s"


def closing(deed: Callable[[], bool]) -> bool:
    """In a thread of its own, with a connection of its own."""
    try:
        return deed()
    finally:
        connections.close_all()


def hold(by: Membership, record: DecisionRecord) -> bool:
    """Whether the record was still there when the hold was accepted."""
    review_on = selectors.today() + timedelta(days=9)
    with transaction.atomic():
        services.place_hold(
            organisation=by.organisation,
            by=by,
            scope=Scope.RECORD,
            mandate="A claim",
            reason="Needed",
            review_on=review_on,
            record_id=record.pk,
        )
        return DecisionRecord.objects.filter(pk=record.pk).exists()


def somebody_waits(for_what: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [for_what])
        return bool(cursor.fetchone()[0])


def in_mid_disposal(by: Membership, second: Membership, placed: Callable[[Future[bool]], bool]) -> tuple[bool, bool]:
    """A hold comes when a disposal has made its checks and not yet committed: was the record there, is it now?"""
    record = record_of(by)
    answer = approved(record, by, second)
    with worker(), ThreadPoolExecutor(2) as threads:
        with another_connection("owner") as blocker:  # no other role may lock a record's row
            blocker.execute("SELECT 1 FROM decisions_decisionrecord WHERE reference = %s FOR UPDATE", [record.pk])
            disposing = threads.submit(closing, lambda: services.carry_out(answer.pk) is not None)
            until(lambda: somebody_waits("transactionid"))
            holding = threads.submit(closing, lambda: hold(by, record))
            until(lambda: placed(holding))
            blocker.rollback()
        assert disposing.result(timeout=60)
        there = holding.result(timeout=60)
    return there, DecisionRecord.objects.filter(pk=record.pk).exists()


def test_a_hold_waits_for_the_disposal_under_way(rita: Membership, irene: Membership) -> None:
    assert in_mid_disposal(rita, irene, lambda holding: somebody_waits("advisory")) == (False, False)


def test_without_the_lock_a_record_goes_under_its_hold(
    rita: Membership, irene: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that the test above can fail: the hold is accepted, the record is there, and then it is gone."""
    monkeypatch.setattr(locks, "shut_out_disposals", lambda organisation: None)
    assert in_mid_disposal(rita, irene, lambda holding: holding.done()) == (True, False)


@pytest.mark.slow
def test_two_hundred_races(rita: Membership, irene: Membership) -> None:
    records = [record_of(rita, number) for number in range(RACES)]
    answers = [approved(record, rita, irene) for record in records]
    there: dict[str, bool] = {}

    def dispose_each() -> bool:
        for answer in answers:
            services.carry_out(answer.pk)
        return True

    def hold_each() -> bool:
        there.update((record.pk, hold(rita, record)) for record in reversed(records))
        return True

    with worker(), ThreadPoolExecutor(2) as threads:
        for racing in [threads.submit(closing, deed) for deed in (dispose_each, hold_each)]:
            assert racing.result(timeout=600)
    left = {record.pk for record in DecisionRecord.objects.all()}
    assert {reference for reference, is_there in there.items() if is_there} == left
    assert Certificate.objects.count() == RACES - len(left)
    assert 0 < len(left) < RACES  # they start from both ends, so each wins some
