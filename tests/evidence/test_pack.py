"""The evidence pack: exactly what its page says, nothing that its maker may not read, logged, provable without us."""

import csv
import importlib.util
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from decisions import services
from decisions.models import DecisionRecord, Export, RecordAdviser, RecordRead, Review
from decisions.outcomes import Outcome
from decisions.services.queueing import put_up
from evidence import files, zipping
from infoshare.accounts import services as accounts
from infoshare.accounts.models import Membership
from infoshare.accounts.permissions import SHELL
from infoshare.accounts.roles import Role
from infoshare.days import london_today
from infoshare.ledger import tasks
from infoshare.ledger.models import Checkpoint
from tests.decisions.test_log import write
from tests.decisions.test_reviews import reviewed
from tests.decisions.walking import REFUSE, recorded
from tests.ledger.worker import sequence, worker
from tests.people import People, add, signed_in
from tests.retention.test_disposals import agreed, run

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
Files = dict[str, bytes]
NOTHING: Mapping[str, object] = {}


def asked(person: Membership, query: str = "", changed: Mapping[str, object] = NOTHING) -> Any:
    today = london_today()
    days = {"since": today - timedelta(days=200), "until": today}
    boxes = {f"{name}_{part}": getattr(day, part) for name, day in days.items() for part in ("day", "month", "year")}
    return signed_in(person).post("/log/evidence/", {"reason": "They asked", "query": query, **boxes, **changed})


def pack(person: Membership, query: str = "", changed: Mapping[str, object] = NOTHING) -> Files:
    response = asked(person, query, changed)
    assert response.streaming, response.content.decode()
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows(found: Files, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(found[name].decode("utf-8-sig"))))


def check(found: Files) -> tuple[int, int, str]:
    """By the checker that came along, and nothing of ours."""
    spec = importlib.util.spec_from_loader("came_along", loader=None)
    assert spec is not None
    module: Any = importlib.util.module_from_spec(spec)
    exec(found["check_bundle.py"], module.__dict__)
    answer: tuple[int, int, str] = module.check(found)
    return answer


def test_it_holds_exactly_what_the_page_says(alice: Membership, irene: Membership) -> None:
    recorded(alice)
    sequence()
    found = pack(irene)
    page = signed_in(irene).get("/log/evidence/").content.decode()
    assert list(found) == [file.name for file in files.FILES]
    note = found["README.txt"].decode()
    for file in files.FILES:
        assert file.name in page
        assert file.name in note
    explained = {(row["file"], row["column"]) for row in rows(found, "columns.csv")}
    tables = [name for name in found if name.endswith(".csv") and name != "columns.csv"]
    heads = {(name, head) for name in tables for head in found[name].decode("utf-8-sig").splitlines()[0].split(",")}
    assert explained == heads


def test_the_cover_note_says_what_and_why(alice: Membership, irene: Membership) -> None:
    record = recorded(alice, REFUSE)
    recorded(alice)
    sequence()
    note = " ".join(pack(irene, "?decided=do_not_share")["README.txt"].decode().split())
    assert "Evidence pack of Ash Grove School" in note
    assert "It is about 1 record made from" in note
    assert f"Only these: Decision: {Outcome.DO_NOT_SHARE.label}." in note
    assert "Made by Irene Example (information-governance lead)" in note
    assert "Why it was made: They asked" in note
    assert "What the records say of any case. It was not asked for" in note
    assert record.reference not in note


def test_no_text_of_a_case_is_in_it(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    services.amend(record=record, by=alice, text="The nurse rang back", key=uuid4())
    reviewed(record, irene)
    sequence()
    found = pack(irene)
    whole = b" ".join(found.values()).decode()
    for secret in ("hungry and bruised", "Notes of bruises", "The nurse rang back", "Who agreed?", "Front door inbox"):
        assert secret not in whole
    assert check(found) == (0, Checkpoint.objects.latest("size").size, Checkpoint.objects.latest("size").signer)


def test_with_the_text_each_document_is_proved(alice: Membership, irene: Membership) -> None:
    first, second = recorded(alice), recorded(alice, REFUSE)
    services.amend(record=first, by=alice, text="The nurse rang back", key=uuid4())
    sequence()
    found = pack(irene, changed={"with_text": "on"})
    assert check(found)[0] == 3
    told = [json.loads(text) for name, text in found.items() if name.startswith("content-")]
    assert {each["reference"] for each in told} == {first.reference, second.reference}
    assert "The nurse rang back" in json.dumps(told)
    assert "can read the records" in " ".join(found["README.txt"].decode().split())
    altered = {**found, "content-1.json": found["content-1.json"].replace(b"Alice", b"Alina")}
    with pytest.raises(Exception, match="does not say what was sealed"):
        check(altered)


def test_text_waits_until_everything_has_its_place(alice: Membership, irene: Membership) -> None:
    recorded(alice)
    sequence()
    recorded(alice)
    answer = asked(irene, changed={"with_text": "on"})
    assert "Try again in a minute" in answer.content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize("with_text", ["", "on"])
def test_nothing_of_another_organisation_or_closed_to_the_maker(
    with_text: str, alice: Membership, irene: Membership, olga: Membership, people: People
) -> None:
    closed, recused, theirs, open_one = recorded(alice), recorded(alice), recorded(olga), recorded(alice)
    other = add("ivor", people.school, Role.IG_LEAD)
    services.restrict(record=closed, by=other, readers=[other], reason="A colleague is in it")
    services.recuse(record=recused, by=other, person=irene.user, reason="She knows the family")
    for record in (closed, recused, open_one):
        reviewed(record, other)
    sequence()
    found = pack(irene, changed={"with_text": with_text})
    whole = b" ".join(found.values()).decode()
    assert open_one.reference in whole
    for record in (closed, recused, theirs):
        assert record.reference not in whole
        assert str(record.document_id) not in whole
    assert "Olga" not in whole
    assert [row["reference"] for row in rows(found, "records.csv")] == [open_one.reference]
    assert [row["reference"] for row in rows(found, "reviews.csv") if row["review"] == "done"] == [open_one.reference]
    total = {"about": "Records", "of": "All", "column": "Records", "number": "Fewer than 5"}
    assert total in rows(found, "counts.csv")


def test_it_is_an_export_with_a_reason(alice: Membership, irene: Membership, bob: Membership) -> None:
    record = recorded(alice)
    sequence()
    assert "Enter why you make it" in asked(irene, changed={"reason": " "}).content.decode()
    assert not Export.objects.exists()
    pack(irene, "?decided=share_without_consent")
    made = Export.objects.get()
    assert (made.by, made.records, made.reason, made.format) == (irene.user, 1, "They asked", Export.Format.PACK)
    assert RecordRead.objects.filter(record=record, reader=irene.user, how="export").count() == 1
    page = signed_in(irene).get("/log/exports/").content.decode()
    assert "1 record as an evidence pack" in page
    assert "They asked" in page
    records = DecisionRecord.objects.all()
    with pytest.raises(PermissionDenied):
        services.note_export(by=bob, format=Export.Format.PACK, records=records, filters=[], reason="x")


def test_the_period_and_what_is_wrong_with_it(alice: Membership, irene: Membership) -> None:
    write(alice, 60 * 24 * 30)
    new = write(alice, 1)
    sequence()
    day = london_today() - timedelta(days=3)
    since = {"since_day": day.day, "since_month": day.month, "since_year": day.year}
    assert [row["reference"] for row in rows(pack(irene, changed=since), "records.csv")] == [new.reference]
    assert len(rows(pack(irene), "records.csv")) == 2
    later = london_today() + timedelta(days=2)
    wrong = {"until_day": later.day, "until_month": later.month, "until_year": later.year}
    assert "‘To’ must be today or in the past" in asked(irene, changed=wrong).content.decode()
    backwards = {**since, "until_day": 1, "until_month": 1, "until_year": 2020}
    assert "‘To’ must be the same day as ‘From’, or later" in asked(irene, changed=backwards).content.decode()


def test_the_days_of_the_logs_filter_are_the_period(alice: Membership, irene: Membership) -> None:
    write(alice, 1)
    sequence()
    query = "?decided=do_not_share&since_day=4&since_month=5&since_year=2026"
    page = signed_in(irene).get("/log/evidence/", {"query": query}).content.decode()
    assert "from 4 May 2026 to" in page
    assert f"Decision: {Outcome.DO_NOT_SHARE.label}" in page
    assert "Recorded from" not in page


def test_reviews_rules_profile_and_disposals(alice: Membership, irene: Membership, people: People) -> None:
    record, waiting = recorded(alice), write(alice, 1)
    put_up(waiting)
    reviewed(record, irene, Review.Verdict.ACCEPT)
    accounts.change_organisation(by=SHELL, organisation=people.school, policy_document="Policy 7")
    sequence()
    found = pack(irene)
    reviews = rows(found, "reviews.csv")
    assert [(each["reference"], each["review"], each["verdict"]) for each in reviews] == [
        (record.reference, "done", "Accept"),
        (waiting.reference, "open", ""),
    ]
    assert {"fact": "Policy document", "value": "Policy 7"} in rows(found, "profile.csv")
    (change,) = rows(found, "profile_changes.csv")
    assert (change["fact"], change["before"], change["after"]) == ("policy_document", "", "Policy 7")
    assert "2026-09" in {each["edition"] for each in rows(found, "editions.csv")}
    assert any("Article 6" in each["source"] and each["checked"] for each in rows(found, "sources.csv"))
    assert rows(found, "disposals.csv") == []


def test_disposals_and_the_rules_behind_them(people: People) -> None:
    answer = agreed(people)
    record = DecisionRecord.objects.get()
    RecordAdviser.objects.create(record=record, organisation=people.school, adviser=people.irene.user)
    run()
    sequence()
    assert not RecordAdviser.objects.exists()
    found = pack(people.irene)
    (gone,) = rows(found, "disposals.csv")
    assert (gone["reference"], gone["done"]) == (answer.task.record_id, "Destroyed")
    assert (gone["asked_by"], gone["agreed_by"]) == ("Rita Example", "Irene Example")
    used = {each["rule"]: each for each in rows(found, "retention_rules.csv")}
    assert used["Decisions to share or not to share"]["adopted"] == "yes"
    assert "no" in {each["adopted"] for each in used.values()}
    assert rows(found, "records.csv") == []


def test_the_latest_verification_comes_along(alice: Membership, irene: Membership) -> None:
    recorded(alice)
    sequence()
    assert "has not been verified yet" in pack(irene)["verification.txt"].decode()
    with worker():
        tasks.verify_everything()
    assert "Nothing was found." in pack(irene)["verification.txt"].decode()


def test_before_the_first_record_it_teaches(irene: Membership) -> None:
    page = signed_in(irene).get("/log/evidence/").content.decode()
    assert "There is nothing to show yet" in page
    assert "Download" not in page
    assert "There is nothing to show yet" in asked(irene).content.decode()


def test_its_size_needs_no_memory() -> None:
    def members() -> Iterable[zipping.Member]:
        for number in range(3):
            yield f"{number}.csv", (uuid4().bytes * 4096 for _ in range(200))

    tracemalloc.start()
    size = sum(len(piece) for piece in zipping.streamed(members(), timezone.now()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 30_000
    assert peak < 2_000_000
