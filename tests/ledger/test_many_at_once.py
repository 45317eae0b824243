"""32 people record at once, and double clicks with them: nothing acknowledged is lost, nothing is there twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from decisions import services
from decisions.models import DecisionRecord, Draft
from infoshare.accounts.models import Membership
from infoshare.ledger import verifying
from infoshare.ledger.models import LogEntry, SealedDocument
from tests.decisions.walking import ready

from .worker import sequence, worker

WRITERS, TWICE = 32, 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_32_writers_who_all_press_twice(alice: Membership) -> None:
    drafts = [ready(alice)[1].pk for _ in range(WRITERS)]

    def press(number: int) -> str:
        try:
            return services.record_decision(draft_id=drafts[number % WRITERS], by=alice).reference
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        acknowledged = list(pool.map(press, range(WRITERS * TWICE)))
    assert len(set(acknowledged)) == WRITERS
    assert set(acknowledged) == set(DecisionRecord.objects.values_list("pk", flat=True))
    assert SealedDocument.objects.count() == LogEntry.objects.count() == WRITERS
    assert not Draft.objects.exists()
    assert sequence() == WRITERS
    with worker():
        assert verifying.verify(verifying.Wish(open_each=True)).findings.found == []
