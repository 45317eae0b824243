"""What a decision asks for later becomes tasks: with a day, an owner, and once for each record."""

from datetime import date
from uuid import uuid4

import pytest

from decisions import editions, services
from decisions.models import Confirmation, DecisionRecord, FollowUpTask
from decisions.services.what_follows import FOLLOWS
from infoshare.accounts.models import Membership
from infoshare.days import london_today
from infoshare.notices.models import Notice
from tests.people import signed_in

from .following import emergency
from .test_interim import decided_otherwise
from .walking import SHARE, answered, recorded

pytestmark = pytest.mark.django_db


def kinds(record: DecisionRecord) -> set[str]:
    return set(FollowUpTask.objects.filter(record=record).values_list("kind", flat=True))


def test_the_rule_set_still_names_them() -> None:
    """A renamed item would silently open no task."""
    tasks = next(each for each in editions.current(on=london_today()).sets if each.id == "tasks")
    assert set(FOLLOWS) <= {item.id for item in tasks.items}


def test_after_sharing_somebody_checks_that_it_arrived(alice: Membership) -> None:
    record = recorded(alice)
    assert "confirm_receipt" in kinds(record)
    page = signed_in(alice).get(f"/log/{record.reference}/recorded/").content.decode()
    assert "Check that it arrived" in page.split("Afterwards, and by when")[1]


def test_nothing_is_called_sent_before_somebody_confirms_it(alice: Membership) -> None:
    record, client = recorded(alice), signed_in(alice)

    def pages() -> tuple[str, str]:
        receipt = client.get(f"/log/{record.reference}/recorded/").content.decode()
        return receipt, client.get(f"/log/{record.reference}/").content.decode()

    [recipient] = record.document.content["sharing"]["recipients"]
    receipt, page = pages()
    assert "Nothing has been sent yet" in receipt
    first = receipt.split("Now tell")[1].split("Reference")[0]
    assert recipient["who"] in first
    assert f"{recipient['address']} ({recipient['channel_words']})" in first
    assert "What is to be shared with" in page
    assert "What was shared with" not in page
    said = {"whom": recipient["who"], "how": "telephone", "note": ""}
    for kind, sent in ((Confirmation.Kind.NOT_RECEIVED, False), (Confirmation.Kind.SENT, True)):
        services.confirm(record=record, by=alice, kind=kind, happened_on=date.today(), key=uuid4(), said=said)
        receipt, page = pages()
        assert "Nothing has been sent yet" not in receipt  # what went astray was sent, too
        assert ("What was shared with" in page) is sent


def test_an_emergency_was_told_already(alice: Membership) -> None:
    record = emergency(alice)
    assert "Nothing has been sent" not in signed_in(alice).get(f"/log/{record.reference}/recorded/").content.decode()


def test_confirming_that_it_arrived_closes_the_task(alice: Membership) -> None:
    record = recorded(alice)
    task = FollowUpTask.objects.get(record=record, kind="confirm_receipt")
    assert f"/log/{record.reference}/confirm/" in signed_in(alice).get(f"/tasks/{task.pk}/").content.decode()
    for kind, open_still in ((Confirmation.Kind.NOT_RECEIVED, True), (Confirmation.Kind.RECEIVED, False)):
        said = {"whom": "The duty officer", "how": "Rang them", "note": ""}
        services.confirm(record=record, by=alice, kind=kind, happened_on=date.today(), key=uuid4(), said=said)
        task.refresh_from_db()
        assert (task.closed_at is None) is open_still


def test_a_missing_policy_document_is_the_leads_and_one_task_at_a_time(alice: Membership, irene: Membership) -> None:
    """The school of the tests has none."""
    first, second = recorded(alice), recorded(alice)
    [task] = FollowUpTask.objects.filter(kind="policy_document")
    assert (task.owner, task.record) == (irene.user, first)
    assert "Tell your data protection lead" not in task.words  # she is the lead
    assert Notice.objects.filter(person=irene.user, key=f"task:{task.pk}").exists()
    services.close_task(task=task, by=irene)
    assert "policy_document" not in kinds(second)
    assert "policy_document" in kinds(recorded(alice))


def test_what_belongs_to_sharing_does_not_follow_another_decision(alice: Membership) -> None:
    """The guide says share; the person takes advice first."""
    _, draft = answered(alice, SHARE)
    decided_otherwise(draft, "seek_advice_first")
    record = services.record_decision(draft_id=draft.pk, by=alice)
    assert kinds(record) == {"seek_advice"}


def test_recording_twice_opens_them_once(alice: Membership) -> None:
    record = recorded(alice)
    number = FollowUpTask.objects.count()
    services.record_decision(draft_id=record.idempotency_key, by=alice)
    assert FollowUpTask.objects.count() == number
