"""Advice without identity: only chosen answers leave the draft; the reply stands on the draft and on the record."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from decisions import services, tasks
from decisions.guide import drafts
from decisions.guide.asked import CHOSEN
from decisions.guide.sitting import Sitting
from decisions.models import AdviceRequest, DecisionRecord, Draft
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from infoshare.days import london_today
from infoshare.notices.models import Notice
from tests.people import People, add, signed_in

from .walking import SHARE, answered, decide, follow_on, ready, share

pytestmark = pytest.mark.django_db


def asked(by: Membership, draft: Draft | None = None) -> AdviceRequest:
    draft = draft or answered(by)[1]
    return services.ask_advice(draft=draft, sitting=Sitting.of(draft, london_today()), by=by)


def test_only_chosen_answers_leave_the_draft(alice: Membership, irene: Membership) -> None:
    client, draft = ready(alice)
    client.post(f"/guide/{draft.pk}/ask/")
    request = AdviceRequest.objects.get()
    sitting = Sitting.of(draft, london_today())
    kinds = {sitting.ruleset.question(question).kind for question in request.answers}
    assert kinds <= CHOSEN
    page = signed_in(irene).get(f"/desk/advice/{request.pk}/").content.decode().split("<main")[1]
    for secret in ("4471", "Alice", draft.details["decision"]["reasons"], str(draft.pk)):
        assert secret not in page
    assert "Somebody in Pastoral asked" in page


def test_the_leads_are_told_and_a_second_press_asks_nothing_new(alice: Membership, irene: Membership) -> None:
    client, draft = answered(alice)
    for _ in range(2):
        client.post(f"/guide/{draft.pk}/ask/")
    assert AdviceRequest.objects.count() == 1
    assert [notice.person for notice in Notice.objects.all()] == [irene.user]
    assert "Waiting" in client.get("/").content.decode()


def test_the_reply_stands_on_the_draft_and_on_the_record(alice: Membership, irene: Membership) -> None:
    client, draft = ready(alice)
    request = asked(alice, draft)
    page = signed_in(irene).post(f"/desk/advice/{request.pk}/", {"text": "Share it today."}, follow=True)
    assert "Your advice has been given" in page.content.decode()
    shown = client.get(f"/guide/{draft.pk}/ask/").content.decode()
    assert "Share it today." in shown
    assert "Irene Example" in shown
    assert "The advice you asked for has come" in client.get("/notices/").content.decode()
    record = services.record_decision(draft_id=draft.pk, by=alice)
    assert [each["text"] for each in record.document.content["advice"]] == ["Share it today."]
    assert "Share it today." in client.get(f"/log/{record.reference}/").content.decode()
    request.refresh_from_db()
    assert (request.record, request.draft, request.answers) == (record, None, {})


def test_a_reply_that_comes_after_the_decision_is_an_entry_on_the_record(alice: Membership, irene: Membership) -> None:
    _, draft = ready(alice)
    request = asked(alice, draft)
    record = services.record_decision(draft_id=draft.pk, by=alice)
    services.reply(request=request, by=irene, text="It was right.")
    assert [entry.document.content["text"] for entry in record.amendments.all()] == ["It was right."]
    assert AdviceRequest.objects.get().answers == {}


def test_one_reply_and_never_ones_own(alice: Membership, irene: Membership, people: People) -> None:
    both = add("pat", people.school, Role.PRACTITIONER, Role.IG_LEAD)
    with pytest.raises(ValidationError, match="yourself"):
        services.reply(request=asked(both), by=both, text="Yes")
    request = asked(alice)
    with pytest.raises(PermissionDenied):
        services.reply(request=request, by=alice, text="Yes")
    services.reply(request=request, by=irene, text="Yes")
    page = signed_in(both).post(f"/desk/advice/{request.pk}/", {"text": "No"}).content.decode()
    assert "Somebody else has answered this already" in page
    draft = Draft.objects.get(author=alice.user)
    assert [each["text"] for each in draft.details["advice"]] == ["Yes"]


def test_a_reply_takes_no_answer_from_an_open_page(alice: Membership, irene: Membership) -> None:
    """The author's page was opened before the reply and is saved after it."""
    client, draft = ready(alice)
    stale = Draft.objects.get(pk=draft.pk)
    services.reply(request=asked(alice, draft), by=irene, text="Share it.")
    question = Sitting.of(stale, london_today()).ruleset.question("danger_now")
    seen = drafts.fingerprint(stale.answers["danger_now"])
    drafts.save_answer(stale, question, "no", seen=seen, day=london_today())
    assert "Share it." in client.get(f"/guide/{draft.pk}/ask/").content.decode()


def test_deleting_the_draft_withdraws_the_question(alice: Membership, irene: Membership) -> None:
    request = asked(alice)
    signed_in(alice).post(f"/guide/{request.draft_id}/delete/")
    assert not AdviceRequest.objects.exists()
    assert signed_in(irene).get(f"/desk/advice/{request.pk}/").status_code == 404


def test_the_queue_has_a_clock(alice: Membership, irene: Membership) -> None:
    request = asked(alice)
    client = signed_in(irene)
    assert "Somebody in Pastoral asks" in client.get("/desk/").content.decode()
    AdviceRequest.objects.filter(pk=request.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert "Overdue" in client.get("/desk/").content.decode()


def test_through_an_interim_decision_the_advice_goes_with_the_draft(alice: Membership, irene: Membership) -> None:
    client, draft = answered(alice, SHARE)
    request = asked(alice, draft)
    outcome = Sitting.of(draft, london_today()).outcome
    words = {"departure_reason": "I want to be sure.", "reasons": "I asked."}
    decision = {"recommended": outcome, "decided": "seek_advice_first", **words}
    drafts.save_details(draft, "decision", decision, seen="")
    services.record_decision(draft_id=draft.pk, by=alice)
    services.reply(request=request, by=irene, text="Share it.")
    again = Draft.objects.get()
    decide(client, again)
    share(client, again)
    follow_on(client, again)
    client.post(f"/guide/{again.pk}/record/")
    final = DecisionRecord.objects.exclude(follows=None).get()
    assert [each["text"] for each in final.document.content["advice"]] == ["Share it."]


def test_where_nobody_can_answer_it_says_whom_to_ask(olga: Membership, oscar: Membership) -> None:
    oscar.delete()
    client, draft = answered(olga)
    assert "Nobody here gives advice yet" in client.get(f"/guide/{draft.pk}/ask/").content.decode()


def test_advice_that_nobody_gives_in_time_is_told_once_and_the_asker_need_not_wait(
    alice: Membership, bob: Membership, irene: Membership
) -> None:
    services.set_clocks(by=irene, emergency_working_days=1, deputy=bob.user)
    request = asked(alice)
    AdviceRequest.objects.filter(pk=request.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    for _ in range(2):
        tasks.watch_clocks.apply(throw=True)
    late = Notice.objects.filter(key=f"late:{request.pk}")
    words = {notice.person.name: notice.words for notice in late}
    assert set(words) == {"Alice Example", "Bob Example", "Irene Example"}
    assert "do not wait" in words["Alice Example"]


def test_advice_on_a_record_that_is_closed_to_a_lead_does_not_exist_for_them(people: People) -> None:
    ingrid = add("ingrid", people.school, Role.IG_LEAD)
    client, draft = ready(people.alice)
    request = asked(people.alice, draft)
    client.post(f"/guide/{draft.pk}/record/")
    record = DecisionRecord.objects.get()
    address = f"/desk/advice/{request.pk}/"
    assert signed_in(ingrid).get(address).status_code == 200
    services.recuse(record=record, by=people.irene, person=ingrid.user, reason="Her nephew")
    assert signed_in(ingrid).get(address).status_code == 404
    assert signed_in(ingrid).post(address, {"text": "Do not share."}).status_code == 404
    assert address not in signed_in(ingrid).get("/desk/").content.decode()
    assert signed_in(people.irene).get(address).status_code == 200
