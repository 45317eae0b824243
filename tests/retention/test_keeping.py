"""What is not a record goes when its time is over: drafts after a warning, nothing under a hold."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from decisions import tokens
from decisions.guide import drafts
from decisions.guide.sitting import Sitting
from decisions.models import Draft, Export, FollowUpTask, HeldAnswer, PracticeSitting, RecordRead
from decisions.services import ask_advice, open_task
from infoshare.accounts.models import Membership, Organisation
from infoshare.days import LONDON
from infoshare.ledger.models import Certificate
from infoshare.notices.models import Notice
from infoshare.notices.services import notify
from infoshare.outbox.models import Letter
from infoshare.outbox.services import post
from retention import periods, selectors, services
from retention.keeping import Kept, usual
from retention.models import KeptChange, Scope, SweepRun
from tests.ledger.building import disposed, record_of
from tests.ledger.worker import worker
from tests.people import People, signed_in

from .test_holds import place

pytestmark = pytest.mark.django_db
COMMITS = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def sweep(organisation: Organisation) -> SweepRun:
    return services.sweep(organisation=organisation, as_of=selectors.today())


def ago(days: int) -> datetime:
    """Noon of the London day: so many hours before now may be another day, as the clocks change in between."""
    return datetime.combine(selectors.today() - timedelta(days=days), time(12), LONDON)


def idle(by: Membership, days: int, case: str = "C-1") -> Draft:
    """A draft that nobody has saved for so many days."""
    draft = drafts.start(by=by, case_reference=case, day=selectors.today())
    Draft.objects.filter(pk=draft.pk).update(saved_at=ago(days))
    return draft


def goes_on(draft: Draft) -> date | None:
    day: date | None = Draft.objects.values_list("goes_on", flat=True).get(pk=draft.pk)
    return day


def told(person: Membership) -> list[str]:
    """Where the notices lead that the person got about drafts."""
    return list(Notice.objects.filter(person=person.user, url__startswith="/guide/").values_list("url", flat=True))


def warned(by: Membership, case: str = "C-1") -> Draft:
    """A draft whose author was told long ago, and whose day has come."""
    draft = idle(by, 120, case)
    Draft.objects.filter(pk=draft.pk).update(goes_on=selectors.today())
    return draft


def test_a_draft_goes_two_weeks_after_its_author_was_told(school: Organisation, alice: Membership) -> None:
    used, unused, fresh = idle(alice, 77), idle(alice, 300), idle(alice, 75)
    assert (sweep(school).warned, sweep(school).warned) == (2, 0)
    today = selectors.today()
    assert goes_on(fresh) is None
    assert goes_on(used) == goes_on(unused) == today + timedelta(days=14)
    assert sorted(told(alice)) == sorted(f"/guide/{draft.pk}/keep/" for draft in (used, unused))
    assert Draft.objects.count() == 3
    Draft.objects.filter(pk=unused.pk).update(goes_on=today)
    assert sweep(school).gone == {"draft": 1}
    assert not Draft.objects.filter(pk=unused.pk).exists()
    assert Draft.objects.count() == 2


def test_its_author_keeps_it(school: Organisation, alice: Membership) -> None:
    draft = idle(alice, 80)
    sweep(school)
    browser = signed_in(alice)
    assert "Ends soon" in browser.get("/").content.decode()
    (url,) = told(alice)
    page = browser.get(url).content.decode()
    assert "so it will be deleted on" in page
    assert "Its time begins anew" in browser.post(url, follow=True).content.decode()
    assert goes_on(draft) is None
    assert (sweep(school).warned, sweep(school).gone) == (0, {})
    assert "It is not about to be deleted" in browser.get(url).content.decode()


def test_whoever_goes_on_with_it_keeps_it(school: Organisation, alice: Membership) -> None:
    draft = Draft.objects.get(pk=warned(alice).pk)
    drafts.save_details(draft, "decision", {"choice": "follow"}, seen="")
    assert goes_on(draft) is None
    assert sweep(school).gone == {}


def test_nobody_is_told_too_early_after_the_period_grew(school: Organisation, people: People) -> None:
    draft = idle(people.alice, 80)
    sweep(school)
    agreed(people, Kept.DRAFT, 200)
    sweep(school)
    assert goes_on(draft) is None


def test_what_still_waits_for_a_draft_keeps_it(school: Organisation, alice: Membership, irene: Membership) -> None:
    with_task, asked = warned(alice), Draft.objects.get(pk=warned(alice).pk)
    kind, due = FollowUpTask.Kind.SEEK_ADVICE, timezone.now()
    open_task(record=None, draft=with_task, owner=alice.user, kind=kind, words="Go on", due_at=due, key="k")
    ask_advice(draft=asked, sitting=Sitting.of(asked, selectors.today()), by=alice)
    assert sweep(school).gone == {}
    FollowUpTask.objects.update(closed_at=timezone.now(), closed_by=alice.user)
    assert sweep(school).gone == {"draft": 1}
    assert Draft.objects.get() == asked


def test_holds_keep_drafts(school: Organisation, alice: Membership, rita: Membership) -> None:
    warned(alice, "C-1")
    warned(alice, "C-2")
    case = place(rita, Scope.CASE, case_index=tokens.token(school, tokens.Field.CASE_REFERENCE, "c-1"))
    kind = place(rita, Scope.CATEGORY, category="not_known")
    assert sweep(school).gone == {}
    type(kind).objects.filter(pk=kind.pk).update(lifted_at=timezone.now())
    assert sweep(school).gone == {"draft": 1}
    assert Draft.objects.get().details["case_reference"] == "C-1"
    type(case).objects.filter(pk=case.pk).update(lifted_at=timezone.now())
    place(rita, Scope.ORGANISATION)
    assert (sweep(school).gone, sweep(school).warned) == ({}, 0)


def other_things(of: Membership, days: int) -> None:
    """One of each kind that the web's own rights may delete, so many days old."""
    there, key = of.organisation, f"{of.pk} {days}"
    PracticeSitting.objects.create(organisation=there, person=of.user, case=f"R{days}")
    notify(person=of.user, organisation=there, kind="task", words="Look", url="/", key=key, email=False)
    post(kind="digest", person_id=of.user_id, organisation_id=there.pk, key=key)
    aged: list[tuple[Any, str]] = [(PracticeSitting, "saved_at"), (Notice, "made_at"), (Letter, "posted_at")]
    for model, column in aged:
        model.objects.filter(pk=model.objects.latest(column).pk).update(**{column: ago(days)})


def test_each_kind_goes_after_its_own_time(school: Organisation, alice: Membership, olga: Membership) -> None:
    for days in (6, 31, 181, 366):
        other_things(alice, days)
        other_things(olga, days)
    Letter.objects.update(sent_at=timezone.now())
    unsent = Letter.objects.filter(organisation=school).earliest("posted_at")
    Letter.objects.filter(pk=unsent.pk).update(sent_at=None)
    Session.objects.create(session_key="over", session_data="", expire_date=ago(1))
    Session.objects.create(session_key="live", session_data="", expire_date=ago(-1))
    HeldAnswer(user=alice.user, path="/", held_at=ago(1)).shut("typed").save()
    assert sweep(school).gone == {"practice": 1, "notice": 2, "letter": 2, "typed": 1, "session": 1}
    assert Letter.objects.filter(pk=unsent.pk).exists()
    assert [each.session_key for each in Session.objects.all()] == ["live"]
    for model in (PracticeSitting, Notice, Letter):
        assert model.objects.filter(organisation=olga.organisation).count() == 4
    assert sweep(school).gone == {}


def test_an_inquiry_keeps_everything_but_sign_ins_and_practice(
    school: Organisation, alice: Membership, rita: Membership
) -> None:
    place(rita, Scope.ORGANISATION)
    other_things(alice, 400)
    Letter.objects.update(sent_at=timezone.now())
    Session.objects.create(session_key="over", session_data="", expire_date=ago(1))
    assert sweep(school).gone == {"practice": 1, "session": 1}


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_once_delete_and_count_each_once(school: Organisation, alice: Membership) -> None:
    told = {"organisation": school, "person": alice.user, "kind": "task", "words": "Look", "url": "/"}
    Notice.objects.bulk_create(Notice(key=f"old {number}", made_at=ago(200), **told) for number in range(1_200))
    waiting = [warned(alice) for _ in range(20)]

    def one(_: int) -> SweepRun:
        try:
            return sweep(school)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        runs = list(threads.map(one, range(4)))
    counted = [sum(run.gone.get(kind, 0) for run in runs) for kind in ("notice", "draft")]
    assert counted == [1_200, len(waiting)]
    assert not Draft.objects.exists()
    assert not Notice.objects.filter(key__startswith="old").exists()


def notes(by: Membership, days: int) -> tuple[RecordRead, Export]:
    record = record_of(by)
    common = {"organisation": by.organisation}
    read = RecordRead.objects.create(record=record, reader=by.user, read_at=ago(days), **common)
    export = Export.objects.create(by=by.user, at=ago(days), format="pdf", records=1, reference=record.pk, **common)
    return read, export


def test_the_web_deletes_no_note_of_a_read_however_old(alice: Membership) -> None:
    for note in notes(alice, 4000):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            note.delete()


@COMMITS
def test_notes_of_reads_and_exports_go_after_six_years(
    school: Organisation, alice: Membership, rita: Membership, irene: Membership
) -> None:
    old, young = notes(alice, 2191), notes(alice, 2189)
    held = notes(alice, 2500)
    hold = place(rita, Scope.RECORD, record_id=held[0].record_id)
    with worker():
        assert sweep(school).gone == {"read": 1, "export": 1}
        for kept in (young, held):
            assert [type(note).objects.filter(pk=note.pk).exists() for note in kept] == [True, True]
        assert not RecordRead.objects.filter(pk=old[0].pk).exists()
        type(hold).objects.filter(pk=hold.pk).update(lifted_at=timezone.now())
        assert sweep(school).gone == {"read": 1, "export": 1}
        SweepRun.objects.all().delete()
        disposed([young[0].record], rita, irene)
    assert Certificate.objects.exists()
    assert not RecordRead.objects.exists()


@COMMITS
@pytest.mark.parametrize("under_hold", [False, True])
def test_not_even_the_owner_deletes_a_young_or_a_held_note(
    alice: Membership, rita: Membership, under_hold: bool
) -> None:
    for note in notes(alice, 4000 if under_hold else 364):
        if under_hold:
            place(rita, Scope.ORGANISATION)
        with pytest.raises(DatabaseError, match="are sealed"), connections["owner"].cursor() as cursor:
            cursor.execute(f"DELETE FROM {note._meta.db_table} WHERE id = %s", [note.pk])


def agreed(people: People, kind: Kept, days: int) -> KeptChange:
    asked: dict[str, Any] = {"kind": kind, "days": days, "mandate": "Policy 9", "reason": "Advice of our solicitor"}
    change = services.propose_period(organisation=people.school, by=people.rita, **asked)
    return services.decide_period(change=change, by=people.irene, approve=True)


def test_two_people_change_a_period(people: People) -> None:
    other_things(people.alice, 100)
    asked: dict[str, Any] = {"kind": Kept.NOTICE, "mandate": "Policy 9", "reason": "Less is better"}
    change = services.propose_period(organisation=people.school, by=people.rita, days=90, **asked)
    assert periods.periods(people.school)[Kept.NOTICE].days == 180
    with pytest.raises(PermissionDenied, match="You asked for this"):
        services.decide_period(change=change, by=people.rita, approve=True)
    with pytest.raises(PermissionDenied):
        services.decide_period(change=change, by=people.oscar, approve=True)
    for who in (people.irene, people.alice, people.oscar):
        with pytest.raises(PermissionDenied):
            services.propose_period(organisation=people.school, by=who, days=90, **asked)
    assert sweep(people.school).gone == {}
    services.decide_period(change=change, by=people.irene, approve=True)
    assert sweep(people.school).gone == {"notice": 1}
    assert periods.periods(people.council)[Kept.NOTICE].days == 180


@pytest.mark.parametrize(
    ("kind", "days"), [(kind, days) for kind in Kept for days in (usual()[kind].least - 1, usual()[kind].most + 1)]
)
def test_no_period_beyond_its_bounds(people: People, kind: Kept, days: int) -> None:
    with pytest.raises(ValidationError):
        services.propose_period(
            organisation=people.school, by=people.rita, kind=kind, days=days, mandate="Mine", reason="Mine"
        )


def test_its_pages(people: People) -> None:
    rita, irene = signed_in(people.rita), signed_in(people.irene)
    warned(people.alice)
    rules = rita.get("/retention/rules/").content.decode()
    assert all(kind.label in rules for kind in Kept)
    url = "/retention/rules/others/draft/"
    assert "From 30 days to 1 year" in rita.get(url).content.decode()
    wrong = rita.post(f"{url}change/", {"days": "7", "mandate": "Policy 9", "reason": "Less"}).content.decode()
    assert "Enter a number of days from 30 to 365" in wrong
    done = rita.post(f"{url}change/", {"days": "60", "mandate": "Policy 9", "reason": "Less"}, follow=True)
    assert "waits for a second person" in done.content.decode()
    change = KeptChange.objects.get()
    assert "Change of how long something else is kept: Drafts" in irene.get("/retention/waiting/").content.decode()
    decide = f"/retention/rules/others/changes/{change.pk}/"
    assert "1 of these is old enough" in irene.get(decide).content.decode()
    assert "60 days" in irene.post(decide, {"decision": "yes"}, follow=True).content.decode()
    assert rita.get("/retention/rules/others/session/change/").status_code == 404
    assert rita.get("/retention/rules/others/nothing/").status_code == 404
    assert "Drafts" in rita.get("/retention/simulate/").content.decode()
    run = sweep(people.school)
    assert "What is not a record, and was deleted" in rita.get(f"/retention/runs/{run.pk}/").content.decode()
