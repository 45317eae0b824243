"""The sharing pages: fast for one recipient, careful with the one who may be the danger, and losing nothing."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from decisions import reading, services
from decisions.guide import drafts
from decisions.models import DecisionRecord, Draft, Partner, RecordRecipient
from decisions.recipients import RecipientKind
from infoshare.accounts.models import Membership
from tests.people import PASSWORD, signed_in, with_password

from .directory import ENTRY, listed
from .test_held import form_of
from .walking import (
    IMPACT,
    ITEMS,
    PURPOSE,
    RECIPIENT,
    SHARE,
    answered,
    decide,
    follow_on,
    post,
    ready,
    recorded,
    share,
    table_data,
    url,
)

pytestmark = pytest.mark.django_db

UNCLE = {
    "name": "An uncle",
    "kind": "family",
    "channel": "in_person",
    "address": "At the school gate",
    "how": "I know him",
}


@pytest.fixture
def decided(alice: Membership) -> tuple[Client, Draft]:
    """Alice has decided to share, and is at the first of the sharing pages."""
    client, draft = answered(alice, SHARE)
    assert decide(client, draft).headers["Location"] == url(draft, "items")
    return client, draft


def to_the_table(client: Client, draft: Draft, *texts: str, marks: dict[str, list[str]] | None = None) -> None:
    """Items and their marks; `marks` names marks and the texts that bear them."""
    post(client, draft, "items", {"items": "\n".join(texts)})
    ids = {item["text"]: item["id"] for item in fresh(draft)["items"]}
    post(client, draft, "marks", {mark: [ids[text] for text in its] for mark, its in (marks or {}).items()})


def fresh(draft: Draft) -> dict[str, Any]:
    details: dict[str, Any] = Draft.objects.get(pk=draft.pk).details
    return details


def page_of(client: Client, draft: Draft, page: str) -> str:
    return " ".join(client.get(url(draft, page)).content.decode().split())


def seen_in(response: Any) -> str:
    return str(response.content.decode().split('name="seen" value="')[1].split('"')[0])


def last_look(client: Client, draft: Draft) -> str:
    follow_on(client, draft)
    return page_of(client, draft, "record")


def add_danger(client: Client, draft: Draft) -> None:
    response = client.post(url(draft, "recipients"), UNCLE)
    client.post(response.headers["Location"], {"link": "protector"})


def test_one_recipient_takes_five_short_pages(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    assert share(client, draft).headers["Location"] == url(draft, "telling")
    page = last_look(client, draft)
    for words in (*ITEMS, "Front door inbox", "A shared case system or portal", PURPOSE, IMPACT["person"]):
        assert words in page
    assert "will get 2 items." in page


def test_someone_close_to_the_danger_gets_no_address_unless_a_reason_is_given(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    to_the_table(client, draft, "Attendance", "Home address", marks={"location": ["Home address"]})
    client.post(url(draft, "recipients"), RECIPIENT)
    add_danger(client, draft)
    page = page_of(client, draft, "sharing")
    assert "Duty social worker, Eastmarsh Children’s Services will get 2 items." in page
    assert "An uncle will get 1 item." in page
    data = table_data(client, draft)
    withheld = [name for name, value in data.items() if value == "withhold"]
    assert len(withheld) == 1
    data |= {withheld[0]: "share", "purpose": PURPOSE}
    refused = post(client, draft, "sharing", data)
    assert "Say why An uncle must have ‘Home address’, or choose ‘Do not send’" in refused.content.decode()
    assert "sharing" not in fresh(draft)
    data[withheld[0].replace("cell", "why")] = "He collects him from there every day"
    assert post(client, draft, "sharing", data).headers["Location"] == url(draft, "impact")


def test_for_another_recipient_the_page_says_what_the_guide_says_of_them(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    to_the_table(client, draft, "Attendance")
    client.post(url(draft, "recipients"), RECIPIENT)
    response = client.post(url(draft, "recipients"), UNCLE)
    assert response.headers["Location"].endswith("/link/")
    client.post(response.headers["Location"], {"link": "danger"})
    page = page_of(client, draft, "sharing")
    assert "For An uncle, the guide says something else: Do not share" in page
    assert "An uncle gets nothing." in page


def test_only_part_must_leave_something_out(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    otherwise = {"choice": "otherwise", "decided": "share_limited", "departure_reason": "Less will do", "reasons": "x"}
    decide(client, draft, otherwise)
    share(client, draft)
    page = post(client, draft, "sharing", {**table_data(client, draft), "purpose": PURPOSE}).content.decode()
    assert "Choose ‘Send part’ or ‘Do not send’ for at least one item" in page
    data = table_data(client, draft)
    first = next(name for name in data if name.startswith("cell"))
    assert post(client, draft, "sharing", {**data, first: "withhold", "purpose": PURPOSE}).status_code == 302


def test_nobody_gets_anything_is_not_a_share(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    share(client, draft)
    data = {name: "withhold" if name.startswith("cell") else value for name, value in table_data(client, draft).items()}
    assert "Nobody gets anything" in post(client, draft, "sharing", {**data, "purpose": PURPOSE}).content.decode()


def test_redacting_asks_what_is_taken_out(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    share(client, draft)
    data = table_data(client, draft)
    cell = next(name for name in data if name.startswith("cell"))
    without = f"without-{cell.split('-')[1]}"
    redact = {**data, cell: "redact", "purpose": PURPOSE}
    assert "Enter what you take out of" in post(client, draft, "sharing", redact).content.decode()
    post(client, draft, "sharing", {**redact, without: "the cousins’ names"})
    assert "will get 2 items, 1 of them without the cousins’ names." in last_look(client, draft)


def test_an_item_that_is_corrected_is_looked_at_again_and_keeps_what_was_typed(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    share(client, draft)
    item = fresh(draft)["items"][1]["id"]
    post(client, draft, "sharing", {**table_data(client, draft), "purpose": PURPOSE, f"reason-{item}": "A pattern"})
    response = post(client, draft, "items", {"items": "Attendance since September\nNotes of his bruises"})
    assert response.headers["Location"] == url(draft, "marks")
    assert post(client, draft, "marks", {}).headers["Location"] == url(draft, "sharing")
    assert 'value="A pattern"' in page_of(client, draft, "sharing")
    assert client.post(url(draft, "record")).headers["Location"] == url(draft, "sharing")


def test_words_suggest_marks_and_the_person_has_the_last_word(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    post(client, draft, "items", {"items": "His home address\nAttendance"})
    address = fresh(draft)["items"][0]["id"]
    assert re.search(rf'name="location" type="checkbox" value="{address}" checked', page_of(client, draft, "marks"))
    post(client, draft, "marks", {})
    assert fresh(draft)["marks"][address] == []
    assert not re.search(rf'value="{address}" checked', page_of(client, draft, "marks"))


def test_a_contact_of_the_directory_is_chosen_with_its_address(
    decided: tuple[Client, Draft], irene: Membership, oscar: Membership
) -> None:
    client, draft = decided
    contact, stale, others = listed(irene), listed(irene, "", role="Night desk"), listed(oscar)
    to_the_table(client, draft, "Attendance")
    page = page_of(client, draft, "recipients")
    assert "Night desk, Eastmarsh Children’s Services (not verified)" in page
    assert f'<option value="{others.pk}"' not in page
    assert client.post(url(draft, "recipients"), {"partner": others.pk}).status_code == 200
    client.post(url(draft, "recipients"), {"partner": contact.pk, "step": "another"})
    client.post(url(draft, "recipients"), {"partner": stale.pk})
    chosen = fresh(draft)["recipients"]
    assert [each["address"] for each in chosen] == [ENTRY["address"]] * 2
    assert (chosen[0]["verified_by"], chosen[1]["verified_on"]) == (irene.user.name, "")
    assert "Nobody has checked that this is" in page_of(client, draft, "recipients")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": "new@eastmarsh.example"}, "The directory now says: Secure e-mail, new@eastmarsh.example"),
        ({"retired_at": timezone.now()}, "This contact is no longer used"),
        ({"verified_on": date(2024, 2, 1)}, "Last checked on 1 February 2024, over a year ago"),
    ],
)
def test_the_last_look_warns_of_what_the_directory_says_now(
    decided: tuple[Client, Draft], irene: Membership, change: dict[str, Any], words: str
) -> None:
    client, draft = decided
    share(client, draft)
    recipient = fresh(draft)["recipients"][0]["id"]
    client.post(url(draft, f"recipients/{recipient}/remove"))
    contact = listed(irene)
    client.post(url(draft, "recipients"), {"partner": contact.pk})
    post(client, draft, "sharing", {**table_data(client, draft), "purpose": PURPOSE})
    Partner.objects.filter(pk=contact.pk).update(**change)
    assert words in last_look(client, draft)


def test_an_unchecked_stranger_counts_as_close(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    to_the_table(client, draft, "Attendance", "Home address", marks={"location": ["Home address"]})
    client.post(url(draft, "recipients"), {**RECIPIENT, "how": "", "not_checked": "on"})
    assert list(table_data(client, draft).values()).count("withhold") == 1


def test_an_error_keeps_everything_typed(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    to_the_table(client, draft, "Attendance")
    wrong = {**RECIPIENT, "channel": "secure_email", "address": "duty at eastmarsh", "how": ""}
    page = client.post(url(draft, "recipients"), wrong).content.decode()
    for words in ("Duty social worker", "duty at eastmarsh", "Enter an e-mail address like", "Enter how you checked"):
        assert words in page
    assert "recipients" not in fresh(draft)


def test_two_tabs_that_add_recipients_keep_both(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    to_the_table(client, draft, "Attendance")
    stale = Draft.objects.get(pk=draft.pk)
    client.post(url(draft, "recipients"), RECIPIENT)
    drafts.change_details(stale, lambda details: details.setdefault("recipients", []).append({"id": "other"}))
    assert [each["id"] for each in fresh(draft)["recipients"]][1:] == ["other"]
    assert len(fresh(draft)["recipients"]) == 2


def test_a_table_saved_elsewhere_is_a_conflict_and_what_was_typed_stays(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    share(client, draft)
    data = {**table_data(client, draft), "purpose": "Mine", "seen": "of before"}
    response = client.post(url(draft, "sharing"), data)
    assert response.status_code == 409
    assert "> Mine</textarea>" in " ".join(response.content.decode().split())
    assert fresh(draft)["sharing"]["purpose"] == PURPOSE
    again = client.post(url(draft, "sharing"), {**data, "seen": seen_in(response)})
    assert again.status_code == 302
    assert fresh(draft)["sharing"]["purpose"] == "Mine"


def test_a_table_sent_after_the_sign_in_expired_comes_back(decided: tuple[Client, Draft], alice: Membership) -> None:
    client, draft = decided
    share(client, draft)
    data = {**form_of(client, url(draft, "sharing")), **table_data(client, draft), "purpose": "Typed while signed out"}
    client.logout()
    assert client.post(url(draft, "sharing"), data).headers["Location"].startswith("/accounts/login/")
    client.post("/accounts/login/", {"login": with_password(alice).email, "password": PASSWORD})
    assert "Typed while signed out" in page_of(client, draft, "sharing")
    assert fresh(draft)["sharing"]["purpose"] == PURPOSE


def test_a_recipient_added_later_is_not_recorded_unseen(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    share(client, draft)
    client.post(url(draft, "recipients"), {**RECIPIENT, "name": "Health visitor", "kind": "health"})
    assert client.post(url(draft, "record")).headers["Location"] == url(draft, "sharing")
    assert not DecisionRecord.objects.exists()


def test_the_record_keeps_it_by_value_and_is_found_by_who_got_something(
    decided: tuple[Client, Draft], irene: Membership
) -> None:
    client, draft = decided
    to_the_table(client, draft, "Attendance", "Home address", marks={"location": ["Home address"]})
    contact = listed(irene)
    client.post(url(draft, "recipients"), {"partner": contact.pk})
    add_danger(client, draft)
    post(client, draft, "sharing", {**table_data(client, draft), "purpose": PURPOSE})
    post(client, draft, "impact", IMPACT)
    follow_on(client, draft)
    client.post(url(draft, "record"))
    record = DecisionRecord.objects.get()
    Partner.objects.filter(pk=contact.pk).update(address="moved@eastmarsh.example")
    page = signed_in(irene).get(f"/log/{record.reference}/").content.decode()
    assert ENTRY["address"] in page
    assert "moved@eastmarsh.example" not in page
    assert f"decided to share 2 items with Eastmarsh Children’s Services and {RecipientKind.FAMILY.label}" in page
    found = set(RecordRecipient.objects.within(irene.organisation).values_list("record", "kind", "name"))
    assert found == {
        (record.pk, "social_care", "Eastmarsh Children’s Services"),
        (record.pk, "family", ""),  # never a person's name
    }


def test_an_emergency_is_found_by_whom_it_told(alice: Membership) -> None:
    told = {"recipients": ["police", "ambulance", "other"], "recipient": "Police", "happening": "x", "shared": "y"}
    record = services.record_emergency(by=alice, told=told, case_reference="", key=uuid4())
    found = [(each.kind, each.name) for each in RecordRecipient.objects.filter(record=record)]
    assert found == [("police", ""), ("emergency", ""), ("other", "")]


def test_who_gets_nothing_is_not_among_those_a_record_is_found_by(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    to_the_table(client, draft, "Attendance")
    client.post(url(draft, "recipients"), RECIPIENT)
    client.post(url(draft, "recipients"), {**RECIPIENT, "name": "Nurse", "organisation": "Fenwick", "kind": "health"})
    data = table_data(client, draft)
    second = [name for name in data if name.startswith("cell")][1]
    post(client, draft, "sharing", {**data, second: "withhold", "purpose": PURPOSE})
    post(client, draft, "impact", IMPACT)
    assert "Nurse, Fenwick gets nothing." in last_look(client, draft)
    client.post(url(draft, "record"))
    assert list(RecordRecipient.objects.values_list("kind", flat=True)) == ["social_care"]


def test_answers_that_change_the_defaults_lead_back_to_the_table(alice: Membership) -> None:
    client, draft = ready(alice)

    def let_danger_in(details: dict[str, Any]) -> None:
        details["recipients"][0] |= {"kind": "family", "link": "danger"}

    drafts.change_details(draft, let_danger_in)
    with pytest.raises(services.NotReady) as not_ready:
        services.record_decision(draft_id=draft.pk, by=alice)
    assert not_ready.value.page == "guide:sharing"
    page = page_of(client, draft, "sharing")
    assert "Something changed since you filled this in" in page


def test_a_record_of_format_1_reads_as_before(alice: Membership) -> None:
    content = recorded(alice).document.content
    content["sharing"] = {
        "items": ["Attendance", "Notes"],
        "recipient": "Duty officer",
        "recipient_organisation": "Hub",
        "purpose": "Safety",
        "channel": "telephone",
    }
    assert "What is to be shared" in dict(reading.parts(content, sent=False))
    rows = dict(reading.parts(content, sent=True))["What was shared"]
    assert [row.value for row in rows][:2] == ["Attendance\nNotes", "Duty officer, Hub"]
