"""Every way of reading a record is noted, and shown on the record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from decisions.log import record_views
from decisions.models import RecordRead
from infoshare.accounts.models import Membership
from tests.ledger.worker import sequence
from tests.people import signed_in

from .walking import recorded


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_every_way_of_reading_is_noted_and_shown(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    lead, url = signed_in(irene), f"/log/{record.reference}/"
    sequence()
    for page in ("", "pdf/", "bundle/", "review/", "edition/2018-07/", "add/?part=decision.reasons"):
        assert lead.get(url + page).status_code == 200, page
    lead.post("/log/search/", {"text": "hungry and bruised"})
    lead.post("/log/search/", {"text": "nowhere written"})
    lead.post("/log/export/", {"format": "csv", "query": "", "reason": "For the board"})
    noted = RecordRead.objects.filter(record=record, reader=irene.user).values_list("how", flat=True)
    assert sorted(noted) == sorted(RecordRead.How.values)
    shown = signed_in(alice).get(url).content.decode().split("Who has read it")[1]
    for how in RecordRead.How:
        assert how.label in shown


@pytest.mark.django_db
def test_every_reading_can_be_reached(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    times = [timezone.now() - timedelta(minutes=minutes) for minutes in range(record_views.READS_ON_A_PAGE + 5)]
    RecordRead.objects.bulk_create(
        RecordRead(record=record, organisation=record.organisation, reader=irene.user, read_at=at) for at in times
    )
    client, address = signed_in(alice), f"/log/{record.reference}/reads/"
    assert address in client.get(f"/log/{record.reference}/").content.decode()
    first, second = (client.get(address, {"page": page}).content.decode() for page in (1, 2))
    assert 'href="?page=2"' in first
    rows = [page.count('role="rowheader"') for page in (first, second)]
    assert rows == [record_views.READS_ON_A_PAGE, 6]  # and the reading of the record's page just now
