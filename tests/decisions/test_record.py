"""The record page: what was added later, what it said on an earlier day, confirmations, remarks on its quality."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from decisions import quality
from decisions.log import sealed
from decisions.models import Confirmation, DecisionRecord
from decisions.redline import redline
from infoshare.accounts.models import Membership
from infoshare.days import clock_words
from infoshare.ledger.services import seal
from tests.people import signed_in

from .test_log import late, write
from .walking import REFUSE, recorded

pytestmark = pytest.mark.django_db


def page(person: Membership, record: DecisionRecord, query: str = "") -> str:
    return html.unescape(signed_in(person).get(f"/log/{record.reference}/{query}").content.decode())


def add(person: Membership, record: DecisionRecord, **more: str) -> str:
    return signed_in(person).post(f"/log/{record.reference}/add/", late(**more), follow=True).content.decode()


def correct(person: Membership, record: DecisionRecord, text: str) -> str:
    return add(person, record, sort="correction", part="decision.reasons", text=text, why="I had it wrong")


def on(day: Any) -> str:
    return f"?on_day={day.day}&on_month={day.month}&on_year={day.year}"


@given(
    st.lists(st.sampled_from(["a", "b", "", "c\nd", "e"]), max_size=8),
    st.lists(st.sampled_from(["a", "b", "x"]), max_size=8),
)
def test_a_redline_holds_both_texts(before: list[str], after: list[str]) -> None:
    old, new = " ".join(before), " ".join(after)
    pieces = redline(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_a_redline_of_a_long_text_is_whole() -> None:
    assert [piece.kind for piece in redline("a " * 3000, "b " * 3000)] == ["gone", "new"]


def test_a_correction_shows_the_words_that_changed_and_keeps_the_first(alice: Membership) -> None:
    record = recorded(alice)
    correct(alice, record, "He is thirsty and bruised, and nobody has put it together.")
    correct(alice, record, "He is thirsty and bruised.")
    shown = page(alice, record)
    assert "Taken out: </span>hungry </del>" in shown
    assert "Put in: </span>thirsty </ins>" in shown
    assert "He is hungry and bruised, and nobody has put it together." in shown.split("What we knew")[0]
    second = shown.split("Correction: Reasons")[-1]
    assert "hungry" not in second  # against the newest wording, not the first
    assert "Why it was added: I had it wrong" in shown


def test_the_form_of_a_correction_begins_with_the_newest_wording(alice: Membership) -> None:
    record = recorded(alice)
    correct(alice, record, "Newest wording of it")
    shown = signed_in(alice).get(f"/log/{record.reference}/add/?part=decision.reasons").content.decode()
    assert "Newest wording of it</textarea>" in shown


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"why": ""}, "Enter why you are adding this"),
        ({"text": ""}, "Enter what is to be added"),
        ({"sort": ""}, "Choose what you want to add"),
        ({"known_on_year": "2999"}, "must be today or in the past"),
        ({"known_on_day": "", "known_on_month": "", "known_on_year": ""}, "Enter when you learnt it"),
        ({"sort": "correction"}, "Choose which part is wrong"),
        ({"sort": "correction", "part": "sharing.items"}, "Select a valid choice"),
    ],
)
def test_an_entry_says_what_it_is_and_why(more: dict[str, str], said: str, alice: Membership) -> None:
    record = recorded(alice)
    assert said in html.unescape(add(alice, record, **more))
    assert not record.amendments.exists()


def test_the_record_reads_as_it_stood_on_any_day(alice: Membership, irene: Membership) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=9), tick=True):
        record = recorded(alice)
    with time_machine.travel(timezone.now() - timedelta(days=4), tick=True):
        correct(alice, record, "Corrected then")
    add(alice, record, text="Only today")
    today = timezone.localdate()
    long_ago, between = (
        page(irene, record, on(today - timedelta(days=8))),
        page(irene, record, on(today - timedelta(days=3))),
    )
    assert "Corrected then" not in long_ago
    assert "Corrected then" in between
    assert "Only today" not in between
    assert "Only today" in page(irene, record)
    assert "as it stood at the end of" in between
    assert "when it was recorded, or later" in page(irene, record, on(today - timedelta(days=10)))


def test_knowledge_is_told_in_the_order_it_was_known(alice: Membership) -> None:
    record = recorded(alice)
    day = timezone.localdate() - timedelta(days=30)
    known = {"known_on_day": str(day.day), "known_on_month": str(day.month), "known_on_year": str(day.year)}
    add(alice, record, **known)
    told = page(alice, record).split("What we knew, when")[1].split("Added later")[0]
    assert told.index("Came to light later") < told.index("Recorded")


def confirmation(**more: str) -> dict[str, str]:
    day = timezone.localdate()
    when = {"happened_on_day": str(day.day), "happened_on_month": str(day.month), "happened_on_year": str(day.year)}
    said = {"kind": "received", "whom": "Duty desk", "how": "telephone", "note": ""}
    return {"key": str(uuid4()), **said, **when, **more}


def test_sending_and_receipt_are_confirmed_for_good(alice: Membership, bob: Membership) -> None:
    record = recorded(alice)
    url, data = f"/log/{record.reference}/confirm/", confirmation()
    for _ in range(2):
        assert signed_in(alice).post(url, data).status_code == 302
    assert signed_in(bob).post(url, confirmation()).status_code == 404
    shown = page(alice, record).split("Sent and arrived")[1]
    assert "Arrived" in shown
    assert "Duty desk" in shown
    assert Confirmation.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE decisions_confirmation SET kind = 'not_received'")


def test_a_confirmation_says_when_how_and_who(alice: Membership) -> None:
    record = recorded(alice)
    data = confirmation(kind="", whom="", how="", happened_on_year="2999")
    shown = signed_in(alice).post(f"/log/{record.reference}/confirm/", data).content.decode()
    for said in ("Choose what you confirm", "Enter who told you", "Choose how", "must be today or in the past"):
        assert said in shown


def words(record: DecisionRecord) -> list[str]:
    return [remark.words for remark in quality.remarks(record, record.document.content)]


def test_reasons_copied_from_another_record_are_remarked_on(alice: Membership, olga: Membership) -> None:
    first, elsewhere = recorded(alice), recorded(olga)
    assert not any("same reasons" in each for each in words(first) + words(elsewhere))
    second = recorded(alice)
    assert any("same reasons" in each for each in words(second))
    assert "?part=decision.reasons" in page(alice, second)


def test_a_refusal_says_what_it_lacks_and_a_whole_one_nothing(alice: Membership) -> None:
    record = recorded(alice, REFUSE)
    assert words(record) == []
    content = record.document.content
    requested = [{"id": "request", "answer": "requested"}]
    without = {**content, "answers": requested, "refusal": None}
    assert quality.remarks(record, without) == [quality.NO_REPLY, quality.NOT_DISCUSSED, quality.NO_DAY]
    assert quality.remarks(record, {**without, "answers": []}) == [quality.NO_DAY]


def test_a_corrected_text_and_what_was_added_count(alice: Membership) -> None:
    recorded(alice)
    second = recorded(alice)
    assert "?part=decision.reasons" in page(alice, second)
    correct(alice, second, "This time the school nurse saw new bruises, and asked him.")
    assert "The same reasons stand" not in page(alice, second)


def test_what_is_missing_is_added_for_good(alice: Membership) -> None:
    content = {**recorded(alice, REFUSE).document.content, "refusal": None}
    record = write(alice, 1, document=seal(kind="decision", organisation=alice.organisation, content=content))
    shown = page(alice, record)
    assert "looked at again" in shown
    assert "?fills=look_again" in shown
    url = f"/log/{record.reference}/add/"
    form = signed_in(alice).get(f"{url}?fills=look_again").content.decode()
    assert re.search(r'value="missing"[^>]*checked', " ".join(form.split()))
    add(alice, record, sort="missing", fills="look_again", text="On 4 May")
    shown = page(alice, record)
    assert "looked at again" not in shown
    assert "Was missing" in shown


def test_a_reviewer_asks_the_author_instead_of_adding(alice: Membership, irene: Membership) -> None:
    """Whoever adds has a part in the record, and somebody else would have to review it."""
    record, second = recorded(alice), recorded(alice)
    shown = page(irene, second)
    assert "?about=copied" in shown
    assert "?part=decision.reasons" not in shown
    form = page(irene, second, "review/?about=copied")
    assert quality.COPIED.asks in form
    assert re.search(r'value="query"[^>]*checked', " ".join(form.split()))
    assert page(irene, second, "review/?about=nothing") != form
    for deed in ("add", "confirm"):
        assert "another information-governance lead has to review it" in page(irene, record, f"{deed}/")
        assert "another information-governance lead" not in page(alice, record, f"{deed}/")


def test_hashes_are_behind_a_fold(alice: Membership) -> None:
    record = recorded(alice)
    open_part, _, folded = page(alice, record).partition("Receipt, fingerprint and edition")
    assert record.document.content_hash not in open_part
    assert record.document.content_hash in folded


def test_another_edition_is_asked_beside_the_record(alice: Membership) -> None:
    record = recorded(alice)
    assert f"/log/{record.reference}/edition/2018-07/" in page(alice, record)
    shown = page(alice, record, "edition/2018-07/")
    assert "This is not part of the record" in shown
    assert record.document.content["recommendation"]["text"] in shown
    again = page(alice, record, f"edition/{record.edition}/")
    assert "The same" in again
    assert signed_in(alice).get(f"/log/{record.reference}/edition/1999-01/").status_code == 404


def test_the_law_says_what_each_point_comes_to_and_what_it_turned_on(alice: Membership) -> None:
    record = recorded(alice)
    law = record.document.content["recommendation"]["law"]
    shown = page(alice, record)
    for part in law:
        (comes_to,) = re.findall(rf"{re.escape(part['text'])}: ([^<]*)<", shown)
        assert comes_to.strip()
    article_8 = law[-1]
    assert article_8["tests"]
    assert all(f"{test['text']} <strong>{test['status'].capitalize()}</strong>" in shown for test in article_8["tests"])


def test_it_says_when_it_was_sealed_and_plainly_if_that_was_later(alice: Membership) -> None:
    """A record's own time is only what it says of itself: the seal is as old as the log's entry."""
    record = recorded(alice)
    assert f"Sealed {clock_words(record.document.entry.at)}. If anybody changed it" in page(alice, record)
    for minutes, apart in ((0, False), (59, False), (61, True), (60 * 24 * 25, True)):
        record.recorded_at = record.document.entry.at - timedelta(minutes=minutes)
        assert sealed.words(record).startswith(f"Recorded {clock_words(record.recorded_at)}. Sealed ")
        assert ("These times are far apart" in sealed.words(record)) == apart, minutes
