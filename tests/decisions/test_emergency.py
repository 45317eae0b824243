"""The emergency route: tells first, asks little, records at once."""

import pytest
from django.test import Client

from decisions import services
from decisions.guide.sharing import items, told
from decisions.models import DecisionRecord, Draft, FollowUpTask
from infoshare.accounts.models import Membership
from infoshare.govuk.fields import revealed_names
from tests.people import signed_in

from .following import emergency
from .test_log import late
from .walking import FOLLOW, RECIPIENT, answer_quickly, decide, follow_on, give, post, ready, url

pytestmark = pytest.mark.django_db
FILLED = {
    "key": "6f9c0c55-6b1d-4f43-9d38-2f6f8d7a4c10",
    "recipients": ["ambulance"],
    "happening": "He is barely conscious",
    "shared": "What he took",
}


def test_it_tells_before_it_asks(alice: Membership) -> None:
    page = signed_in(alice).get("/guide/emergency/").content.decode().split("<main")[1]
    assert page.index("Call 999") < page.index("You need nobody’s permission") < page.index("<form method")


def test_it_asks_five_things_at_most(alice: Membership) -> None:
    form = signed_in(alice).get("/guide/emergency/").context["form"]
    assert len({field.name for field in form.visible_fields()} - revealed_names(form)) <= 5


def test_it_is_recorded_at_once_with_a_clock(alice: Membership) -> None:
    client = signed_in(alice)
    response = client.post("/guide/emergency/", FILLED, follow=True)
    record = DecisionRecord.objects.get()
    assert record.reasons_due_at is not None
    assert "Complete the reasons by" in response.content.decode()
    assert "To do" in client.get("/").content.decode()


def test_a_double_click_is_one_record(alice: Membership) -> None:
    client = signed_in(alice)
    first, second = client.post("/guide/emergency/", FILLED), client.post("/guide/emergency/", FILLED)
    assert first.headers["Location"] == second.headers["Location"]


def test_several_may_have_been_told(alice: Membership) -> None:
    told = {**FILLED, "recipients": ["police", "ambulance", "adults_social_care"]}
    page = signed_in(alice).post("/guide/emergency/", told, follow=True).content.decode()
    assert "told the police, the ambulance service and adults’ social care in an emergency" in page.replace("\n", "")


def test_completing_the_reasons_is_the_guide_prefilled_and_stops_the_clock(alice: Membership) -> None:
    client = signed_in(alice)
    client.post("/guide/emergency/", FILLED)
    record = DecisionRecord.objects.get()
    task = FollowUpTask.objects.get()
    client.post(f"/tasks/{task.pk}/complete/")
    client.post(f"/tasks/{task.pk}/complete/")
    draft = Draft.objects.get()
    assert draft.answers == {"danger_now": "yes", "recipient": "emergency"}
    assert "Go on with the draft" in client.get(f"/tasks/{task.pk}/").content.decode()
    answer_quickly(draft, {})
    decide(client, draft)
    share_what_was_told(client, draft)
    follow_on(client, draft)
    for _ in range(2):
        response = client.post(f"/guide/{draft.pk}/record/")
        assert response.headers["Location"] == f"/log/{record.reference}/recorded/"
    assert DecisionRecord.objects.count() == 1
    reasons = record.amendments.get()
    assert reasons.completes_reasons
    assert reasons.document.content["answers"]
    page = client.get(f"/log/{record.reference}/").content.decode()
    assert FOLLOW["reasons"] in page
    assert "Reasons due" not in page
    assert "Clocks running" not in client.get("/").content.decode()


def share_what_was_told(client: Client, draft: Draft) -> None:
    """Through the sharing pages, which know already what was told to whom."""
    assert str(FILLED["shared"]) in client.get(url(draft, "items")).content.decode()
    post(client, draft, "items", {"items": FILLED["shared"]})
    post(client, draft, "marks", {})
    draft.refresh_from_db()
    [told] = draft.details["recipients"]
    assert told["name"] == "Ambulance service"
    assert "Say how you told them" in client.get(url(draft, "recipients")).content.decode()
    page = client.post(url(draft, "recipients"), {}, follow=True)
    assert "How did you tell them?" in page.content.decode()
    how = {**RECIPIENT, "name": told["name"], "kind": told["kind"], "channel": "telephone", "address": "999"}
    wrong = client.post(url(draft, f"recipients/{told['id']}"), {**how, "checked": ""}).content.decode()
    assert "Choose how you knew who they were" in wrong
    on = client.post(url(draft, f"recipients/{told['id']}"), {**how, "checked": "emergency"})
    draft.refresh_from_db()
    assert draft.details["recipients"][0]["verified_how"] == "Called 999 or 101"
    assert on.headers["Location"] == url(draft, "sharing")
    give(client, draft)


def test_a_long_telling_becomes_items_that_fit_and_anyone_else_is_named() -> None:
    sentence = "She took the blue tablets at nine. "
    said = told.details(
        {"shared": sentence * 20 + "\n" + "x " * 400, "recipients": ["other"], "other_recipient": "An aunt"}
    )
    texts = [item["text"] for item in said["items"]]
    assert sentence.strip() in texts
    assert all(len(text) <= items.LONGEST for text in texts)
    assert [recipient["name"] for recipient in said["recipients"]] == ["An aunt"]


def test_an_ordinary_entry_does_not_stop_the_clock(alice: Membership) -> None:
    client = signed_in(alice)
    client.post("/guide/emergency/", FILLED)
    reference = DecisionRecord.objects.get().reference
    page = client.post(f"/log/{reference}/add/", late(text="He is safe now."), follow=True).content.decode()
    assert "He is safe now." in page
    assert "Reasons due" in page


def test_only_the_one_who_shared_completes_the_reasons(alice: Membership, bob: Membership, irene: Membership) -> None:
    record = emergency(alice)
    task = FollowUpTask.objects.get(record=record)
    assert signed_in(bob).post(f"/tasks/{task.pk}/complete/").status_code == 404
    assert signed_in(irene).post(f"/tasks/{task.pk}/complete/").status_code == 403


def test_anyone_else_adds_one_question_and_one_only(alice: Membership) -> None:
    client = signed_in(alice)
    other = {**FILLED, "recipients": ["other"], "other_recipient": "A neighbour"}
    asked = client.post("/guide/emergency/", other).context["form"]
    assert asked.errors.keys() == {"danger"}
    client.post("/guide/emergency/", {**other, "danger": "no"})
    record = DecisionRecord.objects.get()
    assert record.document.content["emergency"]["recipient"] == "A neighbour"
    assert "danger" not in record.review_item.marks


@pytest.mark.parametrize("danger", ["yes", "unsure"])
def test_whoever_may_be_the_danger_is_not_told_unless_it_has_happened(alice: Membership, danger: str) -> None:
    client = signed_in(alice)
    other = {**FILLED, "recipients": ["other"], "other_recipient": "His father", "danger": danger}
    page = client.post("/guide/emergency/", other).content.decode()
    assert "Tell only the police or social care" in page
    assert "He is barely conscious" in page
    assert not DecisionRecord.objects.exists()
    client.post("/guide/emergency/", {**other, "already_told": "on"})
    record = DecisionRecord.objects.get()
    assert record.document.content["emergency"]["already_told"] is True
    assert "danger" in record.review_item.marks  # the IG lead sees it first


def test_it_is_reachable_from_every_page(alice: Membership) -> None:
    client = signed_in(alice)
    for path in ("/", "/log/", "/guide/start/"):
        assert 'href="/guide/emergency/"' in client.get(path).content.decode()


def test_the_key_of_somebody_elses_record_neither_tells_of_it_nor_takes_its_place(
    alice: Membership, bob: Membership, olga: Membership
) -> None:
    draft = ready(alice)[1]
    for person in (bob, olga):
        sent = signed_in(person).post("/guide/emergency/", {**FILLED, "key": str(draft.pk)})
        assert sent.status_code == 302
    services.record_decision(draft_id=draft.pk, by=alice)
    again = signed_in(olga).post("/guide/emergency/", {**FILLED, "key": str(draft.pk)})
    assert again.status_code == 302
    assert sorted(record.author.name for record in DecisionRecord.objects.all()) == [
        "Alice Example",
        "Bob Example",
        "Olga Example",
    ]
