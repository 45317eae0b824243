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
from decisions.guide.sharing import recipients
from decisions.models import DecisionRecord, Draft, Partner, RecordRecipient
from decisions.recipients import RecipientKind
from infoshare.accounts.models import Membership
from infoshare.days import day_words, london_today
from tests.people import PASSWORD, signed_in, with_password

from .directory import ENTRY, listed
from .test_held import form_in, form_of
from .walking import (
    CASES,
    FOLLOW,
    IMPACT,
    ITEMS,
    PURPOSE,
    RECIPIENT,
    SHARE,
    answered,
    as_shown,
    decide,
    follow_on,
    give,
    post,
    ready,
    recorded,
    share,
    table_data,
    url,
    what,
)

pytestmark = pytest.mark.django_db

CHOSEN = dict.fromkeys(RECIPIENT, "")  # nothing typed
UNCLE = {
    "name": "An uncle",
    "kind": "family",
    "channel": "in_person",
    "address": "At the school gate",
    "checked": "other",
    "how": "I know him",
}


@pytest.fixture
def decided(alice: Membership) -> tuple[Client, Draft]:
    """Alice has decided to share, and is at the first of the sharing pages."""
    client, draft = answered(alice, SHARE)
    assert decide(client, draft).headers["Location"] == url(draft, "items")
    return client, draft


def to_the_table(
    client: Client, draft: Draft, *texts: str, marks: dict[str, list[str]] | None = None, **to: str
) -> None:
    """Items, the first recipient and marks; `marks` names marks and the texts that bear them."""
    what(client, draft, *texts, **to)
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


def test_one_recipient_takes_two_short_pages(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    assert what(client, draft, *ITEMS).headers["Location"] == url(draft, "sharing")
    assert "will get 2 items." in page_of(client, draft, "sharing")
    assert give(client, draft).headers["Location"] == url(draft, "telling")
    page = last_look(client, draft)
    for words in (*ITEMS, "Front door inbox (A shared case system or portal)", PURPOSE, IMPACT["person"]):
        assert words in page


def test_what_they_need_it_for_is_offered_from_the_answers_and_can_be_changed(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    what(client, draft, *ITEMS)
    offered = as_shown(client.get(url(draft, "sharing")).content.decode())
    assert offered["purpose"] == "To protect someone from harm"
    assert "Enter what they need it for" in give(client, draft, purpose="").content.decode()
    give(client, draft, purpose="To find out what broke his arm")
    assert fresh(draft)["sharing"]["purpose"] == "To find out what broke his arm"


def test_what_could_lead_to_someone_is_asked_where_it_can_matter_and_offered_elsewhere(
    decided: tuple[Client, Draft],
) -> None:
    client, draft = decided
    what(client, draft, *ITEMS)
    assert url(draft, "marks") in page_of(client, draft, "sharing")
    assert client.post(url(draft, "recipients"), UNCLE).status_code == 302
    uncle = fresh(draft)["recipients"][1]["id"]
    on = client.post(url(draft, f"recipients/{uncle}/link"), {"link": "no"})
    assert on.headers["Location"] == url(draft, "marks")


def test_a_harm_that_nobody_names_is_asked_for_beside_everything_else(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    what(client, draft, *ITEMS)
    page = give(client, draft, purpose="", person="").content.decode()
    for words in ("Enter what they need it for", "Enter what sharing could do to the person it is about"):
        assert words in page
    assert "sharing" not in fresh(draft)


def test_someone_close_to_the_danger_gets_no_address_unless_a_reason_is_given(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    to_the_table(client, draft, "Attendance", "Home address", marks={"location": ["Home address"]})
    add_danger(client, draft)
    page = page_of(client, draft, "sharing")
    assert "Duty social worker, Eastmarsh Children’s Services will get 2 items." in page
    assert "An uncle will get 1 item." in page
    data = table_data(client, draft)
    withheld = [name for name, value in data.items() if value == "withhold"]
    assert len(withheld) == 1
    refused = give(client, draft, **{withheld[0]: "share"})
    assert "Say why An uncle must have ‘Home address’, or choose ‘Do not send’" in refused.content.decode()
    assert "sharing" not in fresh(draft)
    why = {withheld[0].replace("cell", "why"): "He collects him from there every day"}
    assert give(client, draft, **{withheld[0]: "share"}, **why).headers["Location"] == url(draft, "telling")


def test_for_another_recipient_the_page_says_what_the_guide_says_of_them(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    to_the_table(client, draft, "Attendance")
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
    assert "Choose ‘Send part’ or ‘Do not send’ for at least one item" in give(client, draft).content.decode()
    first = next(name for name in table_data(client, draft) if name.startswith("cell"))
    assert give(client, draft, **{first: "withhold"}).status_code == 302


def test_nobody_gets_anything_is_not_a_share(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    share(client, draft)
    nothing = {name: "withhold" for name in table_data(client, draft) if name.startswith("cell")}
    assert "Nobody gets anything" in give(client, draft, **nothing).content.decode()


def test_redacting_asks_what_is_taken_out(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    share(client, draft)
    cell = next(name for name in table_data(client, draft) if name.startswith("cell"))
    assert "Enter what you take out of" in give(client, draft, **{cell: "redact"}).content.decode()
    give(client, draft, **{cell: "redact", f"without-{cell.split('-')[1]}": "the cousins’ names"})
    assert "will get 2 items, 1 of them without the cousins’ names." in page_of(client, draft, "sharing")
    assert f"{ITEMS[0]} (taken out: the cousins’ names)" in last_look(client, draft)


def test_what_stands_under_what_was_not_chosen_refuses_neither_the_table_nor_the_decision(
    decided: tuple[Client, Draft],
) -> None:
    client, draft = decided
    too_long = "x" * 5000
    otherwise = {"decided": "no such outcome", "departure_reason": too_long * 3}
    assert decide(client, draft, {**FOLLOW, **otherwise}).status_code == 302
    to_the_table(client, draft, "Attendance")
    names = table_data(client, draft)
    cell, without = (next(name for name in names if name.startswith(part)) for part in ("cell", "without"))
    assert give(client, draft, **{cell: "redact", without: too_long}).status_code == 200
    assert give(client, draft, **{cell: "share", without: too_long}).status_code == 302


def test_an_item_that_is_corrected_is_looked_at_again_and_keeps_what_was_typed(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    share(client, draft)
    item = fresh(draft)["items"][1]["id"]
    give(client, draft, **{f"reason-{item}": "A pattern"})
    response = post(client, draft, "items", {"items": "Attendance since September\nNotes of his bruises"})
    assert response.headers["Location"] == url(draft, "sharing")
    assert 'value="A pattern"' in page_of(client, draft, "sharing")
    assert client.post(url(draft, "record")).headers["Location"] == url(draft, "sharing")


def test_words_suggest_marks_and_the_person_has_the_last_word(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    what(client, draft, "His home address", "Attendance")
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
    page = page_of(client, draft, "items")
    assert page.index(f'value="{contact.pk}"') < page.index(f'value="{stale.pk}"')  # the best checked first
    assert f"{ENTRY['address']} (Secure e-mail). Checked {day_words(london_today())}" in page
    assert "Nobody has checked it yet" in page
    assert f'value="{others.pk}"' not in page
    something = {"items": "Attendance"}
    assert post(client, draft, "items", {**something, "partner": others.pk}).status_code == 200
    another = post(client, draft, "items", {**something, "partner": contact.pk, "step": "another"})
    assert another.headers["Location"] == url(draft, "recipients")
    client.post(url(draft, "recipients"), {"partner": "listed", "listed": stale.pk})
    chosen = fresh(draft)["recipients"]
    assert [each["address"] for each in chosen] == [ENTRY["address"]] * 2
    assert (chosen[0]["verified_by"], chosen[1]["verified_on"]) == (irene.user.name, "")
    assert "Check who this is before you send it" in page_of(client, draft, "recipients")


def test_another_contact_is_chosen_in_the_place_of_one(decided: tuple[Client, Draft], irene: Membership) -> None:
    client, draft = decided
    contact, nurse = listed(irene), listed(irene, kind="health", role="Health visitor")
    post(client, draft, "items", {"items": "Attendance", "partner": contact.pk})
    give(client, draft)
    [was] = fresh(draft)["recipients"]
    change = f"recipients/{was['id']}"
    assert url(draft, change) in page_of(client, draft, "recipients")
    assert as_shown(client.get(url(draft, change)).content.decode())["partner"] == str(contact.pk)
    Partner.objects.filter(pk=contact.pk).update(address="new@eastmarsh.example")
    post(client, draft, change, {"partner": contact.pk})  # the same one again, as the directory has it now
    [now] = fresh(draft)["recipients"]
    assert (now["id"], now["address"]) == (was["id"], "new@eastmarsh.example")
    post(client, draft, change, {"partner": "listed", "listed": nurse.pk})
    [other] = fresh(draft)["recipients"]
    assert (other["name"], other["kind"]) == ("Health visitor", "health")
    assert other["id"] != was["id"]
    post(client, draft, "marks", {})
    assert client.post(url(draft, "record")).headers["Location"] == url(draft, "sharing")  # nothing is decided of them
    post(client, draft, f"recipients/{other['id']}", {**RECIPIENT, "partner": "else"})
    [typed] = fresh(draft)["recipients"]
    assert (typed["partner"], typed["address"]) == (None, RECIPIENT["address"])
    post(client, draft, "recipients", {"partner": contact.pk})
    back = {**as_shown(client.get(url(draft, f"recipients/{typed['id']}")).content.decode()), "partner": contact.pk}
    assert (
        post(client, draft, f"recipients/{typed['id']}", back).status_code == 302
    )  # what stood there is not typed anew
    assert len(fresh(draft)["recipients"]) == 1  # it was there already


def test_whoever_becomes_another_kind_of_recipient_is_asked_about_afresh(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    what(client, draft, "Attendance")
    [hub] = fresh(draft)["recipients"]
    change = f"recipients/{hub['id']}"
    on = post(client, draft, change, {**UNCLE, "organisation": ""})
    assert on.headers["Location"] == url(draft, f"{change}/link")


@pytest.mark.parametrize("changed", [{"name": "His father"}, {"address": "At his flat"}])
def test_another_person_or_place_does_not_have_the_check_or_the_answer_of_the_first(
    decided: tuple[Client, Draft], changed: dict[str, str]
) -> None:
    client, draft = decided
    what(client, draft, "Attendance", **UNCLE, organisation="")
    [uncle] = fresh(draft)["recipients"]
    change = f"recipients/{uncle['id']}"
    post(client, draft, f"{change}/link", {"link": "no"})
    sent = {**UNCLE, "organisation": "", **changed}
    asked = post(client, draft, change, sent)
    page = asked.content.decode()
    assert "If ‘I know him’ holds for it too, select Save again" in page
    assert fresh(draft)["recipients"][0]["address"] == UNCLE["address"]
    on = post(client, draft, change, {**sent, "again": form_in(page)["again"]})
    assert on.headers["Location"] == url(draft, f"{change}/link")
    [now] = fresh(draft)["recipients"]
    assert (now["verified_how"], now["link"]) == ("I know him", "")


def test_the_same_one_saved_again_is_asked_nothing(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    what(client, draft, "Attendance", **UNCLE, organisation="")
    [uncle] = fresh(draft)["recipients"]
    change = f"recipients/{uncle['id']}"
    post(client, draft, f"{change}/link", {"link": "no"})
    assert post(client, draft, change, {**UNCLE, "organisation": ""}).headers["Location"] == url(draft, "recipients")
    assert fresh(draft)["recipients"][0]["link"] == "no"
    known = {**UNCLE, "organisation": "", "address": "At his flat", "checked": "known", "how": ""}
    assert post(client, draft, change, known).status_code == 302  # said anew of the new address


def test_an_organisation_needs_no_role_and_a_relative_no_organisation(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    assert "Role, or name if they have none (optional)" in page_of(client, draft, "items")
    page = what(client, draft, "Attendance", organisation="", name="").content.decode()
    assert "Enter the organisation it goes to" in page
    assert "Enter who will receive it" in what(client, draft, "Attendance", **{**UNCLE, "name": ""}).content.decode()
    assert what(client, draft, "Attendance", name="").status_code == 302
    assert f"{RECIPIENT['organisation']} will get 1 item." in page_of(client, draft, "sharing")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"checked": "known"}, "Reached them there before"),
        ({"checked": "other", "how": "Met him at the hub"}, "Met him at the hub"),
        (
            {"checked": "", "how": "Met him at the hub"},
            "Met him at the hub",
        ),  # without the script nothing need be chosen
        ({"checked": "no", "how": "x" * 600}, ""),
    ],
)
def test_how_they_were_checked_is_chosen_or_typed(
    decided: tuple[Client, Draft], said: dict[str, str], kept: str
) -> None:
    client, draft = decided
    what(client, draft, "Attendance", **said)
    [recipient] = fresh(draft)["recipients"]
    assert recipient["verified_how"] == kept
    shown = as_shown(client.get(url(draft, f"recipients/{recipient['id']}")).content.decode())
    assert shown["checked"] == (said["checked"] or "other")
    assert shown["how"] == (kept if shown["checked"] == "other" else "")


def test_another_way_of_checking_asks_which(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    assert "Enter how you checked who they are" in what(client, draft, "x", checked="other").content.decode()


@pytest.mark.parametrize(
    ("answers", "opened"), [({}, False), ({"worries": ["danger"]}, True), ({"contents": ["health", "informant"]}, True)]
)
def test_harm_to_others_is_asked_for_in_the_open_where_the_answers_speak_of_it(
    alice: Membership, answers: dict[str, Any], opened: bool
) -> None:
    client, draft = answered(alice, {**SHARE, **answers})
    decide(client, draft)
    share(client, draft)
    harm = page_of(client, draft, "sharing").partition("Add harm to family or others")[0].rpartition("<details")[2]
    assert (" open" in harm) == opened
    give(client, draft, family="His sister may be blamed.")
    harm = page_of(client, draft, "sharing").partition("Add harm to family or others")[0].rpartition("<details")[2]
    assert " open" in harm
    assert "His sister may be blamed." in last_look(client, draft)


def test_those_of_another_kind_stand_in_a_list(decided: tuple[Client, Draft], irene: Membership) -> None:
    client, draft = decided
    nurse = listed(irene, kind="health", role="Health visitor")
    assert f'<option value="{nurse.pk}">' in page_of(client, draft, "items")
    page = post(client, draft, "items", {"items": "Attendance", "partner": "listed"}).content.decode()
    assert "Choose which contact" in page
    post(client, draft, "items", {"items": "Attendance", "partner": "listed", "listed": nurse.pk})
    assert [each["name"] for each in fresh(draft)["recipients"]] == ["Health visitor"]


def test_who_will_receive_it_must_be_said_and_the_items_stay(decided: tuple[Client, Draft], irene: Membership) -> None:
    client, draft = decided
    listed(irene)
    page = post(client, draft, "items", {"items": "Attendance"}).content.decode()
    assert "Choose who will receive it" in page
    assert "Attendance</textarea>" in " ".join(page.split())
    assert "items" not in fresh(draft)


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"channel": "telephone"}, "Telephone, on a number you checked"), ({"address": "Room 4"}, "Room 4")],
)
def test_what_is_typed_beside_a_contact_is_never_set_aside_without_a_word(
    decided: tuple[Client, Draft], irene: Membership, typed: dict[str, str], words: str
) -> None:
    client, draft = decided
    sent = {"items": "Attendance", "partner": str(listed(irene).pk), **typed}
    page = post(client, draft, "items", sent).content.decode()
    assert f"You also typed ‘{words}’. It goes to the address in the directory" in page
    assert as_shown(page).items() >= {**typed, "partner": sent["partner"]}.items()
    assert "recipients" not in fresh(draft)
    aside = form_in(page)["aside"]
    other = post(client, draft, "items", {**sent, "name": "Duty", "aside": aside})
    assert "You also typed ‘Duty; " in other.content.decode()  # agreed to something else
    assert post(client, draft, "items", {**sent, "aside": aside}).status_code == 302
    assert [each["address"] for each in fresh(draft)["recipients"]] == [ENTRY["address"]]


def test_somebody_typed_is_taken_for_who_they_are_where_nothing_is_chosen(
    decided: tuple[Client, Draft], irene: Membership
) -> None:
    """Without the script every box is there to be filled in."""
    client, draft = decided
    listed(irene)
    assert what(client, draft, "Attendance").status_code == 302
    assert [each["address"] for each in fresh(draft)["recipients"]] == [RECIPIENT["address"]]


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
    contact = listed(irene)
    post(client, draft, "items", {"items": "Attendance", "partner": contact.pk})
    give(client, draft)
    Partner.objects.filter(pk=contact.pk).update(**change)
    assert words in last_look(client, draft)


def test_an_unchecked_stranger_counts_as_close(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    marks = {"location": ["Home address"]}
    stranger = {"kind": "other", "checked": "no"}
    to_the_table(client, draft, "Attendance", "Home address", marks=marks, **stranger)
    assert fresh(draft)["recipients"][0]["link"] == "unchecked"
    assert "withhold" in table_data(client, draft).values()


def test_a_service_still_to_be_checked_is_sent_it_all_after_the_check_that_every_page_asks_for(
    decided: tuple[Client, Draft],
) -> None:
    client, draft = decided
    marks = {"location": ["Home address"]}
    to_the_table(client, draft, "Attendance", "Home address", marks=marks, checked="no")
    assert "withhold" not in table_data(client, draft).values()
    first = "Check who this is before you send it"
    assert first in page_of(client, draft, "sharing")
    give(client, draft)
    assert first in last_look(client, draft)
    receipt = client.post(url(draft, "record"), follow=True).content.decode()
    assert first in receipt
    record = DecisionRecord.objects.get(idempotency_key=draft.pk)
    assert record.document.content["sharing"]["recipients"][0]["verified"] == "Not checked"


def test_what_the_guide_was_told_of_an_unchecked_service_still_counts(alice: Membership) -> None:
    client, draft = answered(alice, {**SHARE, "request": "requested", "recipient_link": "unchecked"})
    decide(client, draft)
    marks = {"location": ["Home address"]}
    to_the_table(client, draft, "Attendance", "Home address", marks=marks, checked="no")
    assert list(table_data(client, draft).values()).count("withhold") == 1


def test_a_desk_for_adults_comes_after_one_for_children_where_it_is_about_a_child(irene: Membership) -> None:
    at = {"name": "Eastmarsh Council"}
    adults, children = listed(irene, role="Adults’ duty desk", **at), listed(irene, "", role="Children’s desk", **at)
    both = listed(irene, role="Desk for adults and children", **at)
    first = {
        subject: recipients.offered(Partner.objects.order_by("pk"), "social_care", london_today(), subject).first
        for subject in ("child", "adult", "list")
    }
    order = {subject: [int(value) for value, _ in shown] for subject, shown in first.items()}
    assert order["child"] == [both.pk, children.pk, adults.pk]
    assert order["adult"] == order["list"] == [adults.pk, both.pk, children.pk]  # nobody has checked the last


@pytest.mark.parametrize(
    ("case_id", "asks"), [("MDU-08", "What might you share?"), ("ICO-E02", "What will you share?")]
)
def test_whoever_must_share_is_asked_what_they_will(alice: Membership, case_id: str, asks: str) -> None:
    client, draft = answered(alice, CASES[case_id])
    decide(client, draft)
    assert asks in page_of(client, draft, "items")


def test_what_everything_is_needed_for_stands_once_in_the_record(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    what(client, draft, *ITEMS)
    post(client, draft, "marks", {})
    reason = next(name for name in table_data(client, draft) if name.startswith("reason"))
    give(client, draft, **{reason: "It shows a pattern"})
    follow_on(client, draft)
    client.post(url(draft, "record"))
    record = DecisionRecord.objects.get(idempotency_key=draft.pk)
    page = client.get(f"/log/{record.reference}/").content.decode()
    assert page.count(PURPOSE) == 1
    assert "Why: It shows a pattern" in page


def test_an_error_keeps_everything_typed(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    wrong = {"channel": "secure_email", "address": "duty at eastmarsh", "checked": ""}
    page = what(client, draft, "Attendance", **wrong).content.decode()
    for words in (
        "Attendance",
        "Duty social worker",
        "duty at eastmarsh",
        "Enter an e-mail address like",
        "Choose how you checked who they are",
    ):
        assert words in page
    assert "recipients" not in fresh(draft)


def test_two_tabs_that_add_recipients_keep_both(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    stale = Draft.objects.get(pk=draft.pk)
    what(client, draft, "Attendance")
    drafts.change_details(stale, lambda details: details.setdefault("recipients", []).append({"id": "other"}))
    assert [each["id"] for each in fresh(draft)["recipients"]][1:] == ["other"]
    assert len(fresh(draft)["recipients"]) == 2


def test_a_table_saved_elsewhere_is_a_conflict_and_what_was_typed_stays(decided: tuple[Client, Draft]) -> None:
    client, draft = decided
    share(client, draft)
    data = {**table_data(client, draft), **IMPACT, "purpose": "Mine", "seen": "of before"}
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
    hidden = form_of(client, url(draft, "sharing"))
    data = {**hidden, **table_data(client, draft), **IMPACT, "purpose": "Typed while signed out"}
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
    contact = listed(irene)
    marks = {"location": ["Home address"]}
    to_the_table(client, draft, "Attendance", "Home address", marks=marks, **CHOSEN, partner=str(contact.pk))
    add_danger(client, draft)
    give(client, draft)
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
    client.post(url(draft, "recipients"), {**RECIPIENT, "name": "Nurse", "organisation": "Fenwick", "kind": "health"})
    second = [name for name in table_data(client, draft) if name.startswith("cell")][1]
    give(client, draft, **{second: "withhold"})
    assert "Nurse, Fenwick gets nothing." in page_of(client, draft, "sharing")
    assert "Stays here" in last_look(client, draft)
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
