"""Finding one case by its reference, and records by their text: exact, bounded, and nothing typed in an address."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from decisions.log import searching
from decisions.models import SearchToken
from decisions.services.emergencies import record_emergency
from infoshare.accounts.models import Membership
from infoshare.ledger import crypto
from tests.people import signed_in

from .test_log import listed, write
from .test_reviews import amend
from .walking import recorded

pytestmark = pytest.mark.django_db
TOLD = {"recipient": "Police", "may_be_the_danger": "", "happening": "A boy on the roof", "shared": "His name"}


def find_case(person: Membership, reference: str) -> list[str]:
    response = signed_in(person).post("/log/case/", {"case_reference": reference})
    return listed(person, response.headers["Location"].removeprefix("/log/"))


def search(person: Membership, text: str, **more: str) -> str:
    return signed_in(person).post("/log/search/", {"text": text, **more}).content.decode()


def test_a_case_is_found_by_all_of_its_reference(
    alice: Membership, irene: Membership, olga: Membership, oscar: Membership
) -> None:
    hers, theirs = recorded(alice), recorded(olga)  # both say 4471
    assert find_case(irene, " 4471 ") == [hers.reference]
    assert find_case(oscar, "4471") == [theirs.reference]
    assert find_case(irene, "447") == []


def test_an_emergency_is_found_too(alice: Membership, irene: Membership) -> None:
    record = record_emergency(by=alice, told=TOLD, case_reference="AB 12", key=uuid4())
    assert find_case(irene, "ab 12") == [record.reference]


def test_a_record_is_found_by_our_reference_by_those_who_may_know_of_it(
    alice: Membership, bob: Membership, irene: Membership, oscar: Membership
) -> None:
    record = recorded(alice)
    typed = {"case_reference": f" {record.reference.lower()} "}
    for person in (alice, irene):
        response = signed_in(person).post("/log/case/", typed)
        assert response.headers["Location"] == f"/log/{record.reference}/"
    for person in (bob, oscar):
        assert record.reference not in signed_in(person).post("/log/case/", typed).headers["Location"]


def test_neither_address_nor_token_tells_the_reference(alice: Membership, irene: Membership) -> None:
    recorded(alice)
    response = signed_in(irene).post("/log/case/", {"case_reference": "4471"})
    assert "4471" not in response.headers["Location"]
    page = signed_in(irene).get(response.headers["Location"]).content.decode()
    assert "One case" in page
    assert all(b"4471" not in bytes(token.token) for token in SearchToken.objects.all())


@pytest.mark.parametrize("case", ["4471", "zz", "0", "00" * 500])
def test_a_hand_made_token_is_no_error(case: str, irene: Membership) -> None:
    assert signed_in(irene).get("/log/", {"case": case}).status_code == 200


def test_text_is_found_in_what_was_typed_and_added(alice: Membership, bob: Membership, irene: Membership) -> None:
    record = recorded(alice)
    write(alice, 1)
    amend(record, alice)
    for text in ("HUNGRY and", "notes of  bruises", "nurse rang", "alice exam"):
        assert record.reference in search(irene, text)
    assert "Searched 2 of 2 records." in search(irene, "hungry")
    assert "Nothing was found" in search(irene, "Whose information")  # a question of the guide, in every record
    assert record.reference not in search(bob, "hungry")


PLACES = st.sampled_from(["sharing", "text", "decision"])
TEXTS = st.text(st.sampled_from('aAiIkKsS zZéÉßΣσς"\\/\n\t\x01\u00a0\u212aİıſﬁ’'), max_size=30)


@given(PLACES, TEXTS, st.data())
def test_any_part_of_a_text_is_found_whatever_its_capitals_and_spaces(
    place: str, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))]
    written = crypto.canonical({"recommendation": {"text": "Said by the guide"}, place: {"items": [{"text": text}]}})
    wanted = searching.Wanted(f"  {part.replace(' ', '  ')}\n")
    assert wanted.stand_in(written) == (wanted.words in searching.as_compared(text))
    assert not searching.Wanted("said by").stand_in(written)


def test_what_runs_over_a_line_or_has_quotation_marks_is_found(alice: Membership, irene: Membership) -> None:
    record = record_emergency(
        by=alice, told={**TOLD, "happening": 'He said "help\nme" twice'}, case_reference="", key=uuid4()
    )
    assert record.reference in search(irene, '"help me" twice')


def test_a_search_stays_inside_the_filters(alice: Membership, irene: Membership) -> None:
    recorded(alice)
    page = search(irene, "hungry", query="?decided=do_not_share")
    assert "Searched 0 of 0 records." in page
    assert "Decision: Do not share" in page


def test_a_search_goes_on_where_it_stopped(
    alice: Membership, irene: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "BOUND", 2)
    made = [write(alice, minute) for minute in range(5)]
    client, data, found = signed_in(irene), {"text": "alice"}, []
    for searched in (2, 4, 5):
        response = client.post("/log/search/", data)
        assert f"Searched {searched} of 5 records." in response.content.decode()
        found += response.context["found"].records
        data |= {"after": response.context["found"].go_on, "searched": str(searched)}
    assert found == made
    assert data["after"] == ""


def test_too_little_to_look_for_is_said(irene: Membership) -> None:
    assert "Enter at least 3 letters" in search(irene, "ab")


def test_a_scan_asks_no_query_per_record(alice: Membership, irene: Membership) -> None:
    def queries(number: int) -> int:
        for minute in range(number):
            write(alice, minute)
        with CaptureQueriesContext(connection) as captured:
            search(irene, "nothing like it")
        return len(captured)

    assert queries(3) == queries(20)
