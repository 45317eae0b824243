"""What an IG lead sees of the seal, and what is e-mailed: a record altered by hand is found and pointed to."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import override_settings

from decisions import services
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from infoshare.days import day_words, london_date
from infoshare.ledger import anchors, checking, tasks
from infoshare.ledger.models import Verification
from infoshare.outbox import tasks as outbox
from infoshare.outbox.models import Letter
from tests.people import People, add, signed_in

from .building import record_of
from .superuser import tampering
from .worker import sequence, worker

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def kept_here(tmp_path: Path) -> Iterator[None]:
    with override_settings(LEDGER_ANCHOR_FILE=str(tmp_path / "anchors.txt")):
        yield


def verified(lead: Membership) -> str:
    signed_in(lead).post("/seal/verify/")
    run = Verification.objects.latest("started_at")
    with worker():
        tasks.verify(str(run.pk))
    return signed_in(lead).get("/seal/").content.decode()


def test_an_empty_log_teaches(irene: Membership) -> None:
    page = signed_in(irene).get("/seal/").content.decode()
    assert "There has been none yet" in page
    assert "it comes with the first record" in page


def test_a_part_that_was_read_says_nothing_of_the_rest(alice: Membership, irene: Membership) -> None:
    record_of(alice)
    sequence()
    with worker():
        tasks.verify_new()
    page = signed_in(irene).get("/seal/").content.decode()
    assert "Nothing was found in what was read." in page
    assert "intact" not in page


def test_an_honest_log(alice: Membership, irene: Membership) -> None:
    record_of(alice)
    sequence()
    page = verified(irene)
    assert "The log is intact: nothing was found." in page
    assert "There can be more entries than records." in page
    assert "1 entry, 1 sealed document" in page


def test_a_record_altered_by_hand_is_found_and_pointed_to(
    alice: Membership, irene: Membership, oscar: Membership
) -> None:
    record = record_of(alice)
    sequence()
    with tampering() as sql:
        sql("UPDATE decisions_decisionrecord SET decided = 'do_not_share'")
    page = verified(irene)
    assert f"Record {record.reference}" in page
    assert f"/log/{record.reference}/" in page
    assert "The plain columns beside a sealed document were altered" in page
    elsewhere = signed_in(oscar).get("/seal/").content.decode()
    assert record.reference not in elsewhere
    assert "In another organisation’s records" in elsewhere
    told = Letter.objects.filter(kind="seal_findings").values_list("person__email", flat=True)
    assert set(told) == {irene.user.email, oscar.user.email}


def test_a_record_closed_to_a_lead_is_located_and_not_named(
    alice: Membership, irene: Membership, people: People
) -> None:
    ivor = add("ivor", people.school, Role.IG_LEAD)
    restricted, recused, open_one = record_of(alice), record_of(alice), record_of(alice)
    amendment = services.amend(record=restricted, by=alice, text="Later", key=uuid4())
    services.restrict(record=restricted, by=ivor, readers=[ivor], reason="A colleague is in it")
    services.recuse(record=recused, by=ivor, person=irene.user, reason="She knows the family")
    sequence()
    with tampering() as sql:
        sql("UPDATE decisions_decisionrecord SET decided = 'do_not_share'")
        sql("UPDATE decisions_amendment SET completes_reasons = true")
        moved = f"UPDATE decisions_decisionrecord SET organisation_id = {people.council.pk}"
        sql(f"{moved} WHERE reference = '{recused.reference}'; SET CONSTRAINTS ALL IMMEDIATE")
    page = verified(irene)
    assert open_one.reference in page
    assert page.count("A record that you may not read, place") == 3
    assert f"sealed on {day_words(london_date(restricted.recorded_at))}" in page
    for secret in (restricted.reference, recused.reference, str(restricted.document_id), str(amendment.document_id)):
        assert secret not in page
    theirs = signed_in(ivor).get("/seal/").content.decode()
    for record in (restricted, recused, open_one):
        assert f"/log/{record.reference}/" in theirs
    assert "may not read" not in theirs


def test_what_is_new_is_verified_from_where_the_last_ended(alice: Membership) -> None:
    record_of(alice)
    sequence()
    with worker():
        tasks.verify_everything()
        record_of(alice)
        tasks.sequence()
        tasks.verify_new()
    first, second = Verification.objects.order_by("started_at")
    assert (first.whole, first.size, first.entries) == (True, 1, 1)
    assert (second.whole, second.size, second.entries) == (False, 2, 1)
    assert second.findings == []


def test_a_checkpoint_is_kept_in_the_file_and_by_the_leads(alice: Membership, irene: Membership) -> None:
    record_of(alice)
    sequence()
    with worker():
        tasks.anchor()
        tasks.anchor()
    last = anchors.newest()
    assert last is not None
    assert anchors.read(anchors.path()) == [last.note]
    assert Letter.objects.filter(kind="anchor", person=irene.user).count() == 1
    outbox.relay()
    (message,) = [each for each in mail.outbox if each.to == [irene.user.email]]
    assert last.note in str(message.body)
    assert alice.user.name not in str(message.body)
    downloaded = signed_in(irene).get("/seal/checkpoint/").content.decode()
    assert downloaded.startswith(last.note)


def test_a_log_taken_back_is_found_by_the_kept_file(alice: Membership, irene: Membership) -> None:
    record_of(alice)
    sequence()
    record_of(alice)
    sequence()
    with worker():
        checking.anchor()
    with tampering() as sql:
        sql("DELETE FROM ledger_leaf WHERE index = 1")
        sql("DELETE FROM ledger_checkpoint WHERE size = 2")
        later = "(SELECT document FROM ledger_logentry ORDER BY id DESC LIMIT 1)"
        sql(f"DELETE FROM decisions_decisionrecord WHERE document_id = {later}")
        sql(f"DELETE FROM ledger_datakey WHERE document_id = {later}")
        sql(f"DELETE FROM ledger_sealeddocument WHERE id = {later}")
        sql(f"DELETE FROM ledger_logentry WHERE document = {later}")
    assert "it was taken back to an earlier state" in verified(irene)


def test_the_command_says_the_same(alice: Membership, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    record = record_of(alice)
    sequence()
    checking.anchor()
    call_command("verify_log", "--anchors", str(anchors.path()), "--open-each")
    assert "Nothing was found: the log is what it was." in capsys.readouterr().out
    with tampering() as sql:
        sql("UPDATE decisions_decisionrecord SET edition = '1999-01'")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_log", "--processes", "1")
    assert ended.value.code == 1
    assert f"(record {record.reference}, place 0 in the log, document {record.document_id})" in capsys.readouterr().out
    (tmp_path / "empty").write_text("")
    with pytest.raises(CommandError, match="no checkpoint"):
        call_command("verify_log", "--anchors", str(tmp_path / "empty"))
