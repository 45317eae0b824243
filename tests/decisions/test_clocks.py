"""Clocks: reminded once before, escalated once after, whatever is delivered twice; set by each organisation."""

import threading
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from decisions import services, tasks
from decisions.models import DecisionRecord, FollowUpTask
from decisions.services import clocks
from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Role
from infoshare.bank_holidays import LAST_YEAR
from infoshare.celery import app
from infoshare.day_checks import bank_holidays_are_known
from infoshare.days import LONDON, working_days_later
from infoshare.notices.models import Notice
from tests.people import People, add, signed_in

from .following import emergency, run_down

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def clock(record: DecisionRecord) -> FollowUpTask:
    task: FollowUpTask = FollowUpTask.objects.get(record=record, kind="complete_reasons")
    return task


def told(prefix: str) -> list[str]:
    return sorted(Notice.objects.filter(key__startswith=prefix).values_list("person__name", flat=True))


def test_the_ig_lead_is_told_at_once(alice: Membership, irene: Membership, oscar: Membership) -> None:
    emergency(alice)
    assert told("emergency:") == ["Irene Example"]
    assert "was recorded" in Notice.objects.get().words


def test_reminded_in_time_and_once(alice: Membership, irene: Membership) -> None:
    task = clock(emergency(alice))
    run_down(task, left=4 * HOUR)
    tasks.watch_clocks.apply(throw=True)
    assert told("reminder:") == []
    run_down(task, left=2 * HOUR)
    for _ in range(2):
        tasks.watch_clocks.apply(throw=True)
    assert told("reminder:") == ["Alice Example"]
    assert told("overdue:") == []


def test_overdue_tells_the_author_the_lead_and_the_deputy_once(
    alice: Membership, bob: Membership, irene: Membership, oscar: Membership
) -> None:
    services.set_clocks(by=irene, emergency_working_days=1, deputy=bob.user)
    task = run_down(clock(emergency(alice)))
    for _ in range(2):
        tasks.watch_clocks.apply(throw=True)
    assert told("overdue:") == ["Alice Example", "Bob Example", "Irene Example"]
    assert told("reminder:") == []
    assert "Overdue" in signed_in(alice).get("/").content.decode()
    assert "Overdue" in signed_in(irene).get("/desk/").content.decode()
    assert signed_in(bob).get(f"/tasks/{task.pk}/").status_code == 200


def test_what_is_closed_is_left_alone(alice: Membership, irene: Membership) -> None:
    task = services.open_task(
        record=emergency(alice), draft=None, owner=alice.user, kind="look_again", words="Look again.",
        due_at=timezone.now() + HOUR, key="look",
    )  # fmt: skip
    services.close_task(task=task, by=alice)
    assert not clocks.remind(task.pk, timezone.now() + HOUR)
    assert not clocks.escalate(task.pk, timezone.now() + HOUR)


def test_a_task_that_nobody_waits_for_tells_only_its_owner(alice: Membership, irene: Membership) -> None:
    task = services.open_task(
        record=emergency(alice), draft=None, owner=alice.user, kind="look_again", words="Look again.",
        due_at=timezone.now() + HOUR, key="look",
    )  # fmt: skip
    assert clocks.escalate(task.pk, timezone.now() + 2 * HOUR)
    assert told("overdue:") == ["Alice Example"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_escalate_once(alice: Membership, irene: Membership) -> None:
    """The same message on two workers in the same moment."""
    task = run_down(clock(emergency(alice)))
    start, found = threading.Barrier(2), []

    def work() -> None:
        start.wait(timeout=30)
        found.append(clocks.escalate(task.pk))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert sorted(found) == [False, True]
    assert not clocks.escalate(task.pk)
    assert told("overdue:") == ["Alice Example", "Irene Example"]


def test_one_that_fails_stops_no_other(alice: Membership, irene: Membership, caplog: pytest.LogCaptureFixture) -> None:
    first, second = (run_down(clock(emergency(alice))) for _ in range(2))
    FollowUpTask.objects.filter(pk=first.pk).update(kind="no_such_kind" * 2, words="x" * 300)
    tasks.watch_clocks.apply(throw=True)
    second.refresh_from_db()
    assert second.escalated_at is not None
    assert "clock not seen to" in caplog.text


def test_each_organisation_sets_its_own(alice: Membership, irene: Membership, olga: Membership) -> None:
    services.set_clocks(by=irene, emergency_working_days=3, deputy=None)
    ours, theirs = emergency(alice), emergency(olga)
    assert ours.reasons_due_at == working_days_later(ours.recorded_at, 3)
    assert theirs.reasons_due_at == working_days_later(theirs.recorded_at, 1)


def test_who_may_set_them_and_to_what(alice: Membership, irene: Membership, sam: Membership, olga: Membership) -> None:
    with pytest.raises(PermissionDenied):
        services.set_clocks(by=alice, emergency_working_days=2, deputy=None)
    for days in (0, 11):
        with pytest.raises(ValidationError):
            services.set_clocks(by=sam, emergency_working_days=days, deputy=None)
    with pytest.raises(ValidationError):
        services.set_clocks(by=irene, emergency_working_days=1, deputy=olga.user)


def test_the_page_sets_them(sam: Membership, bob: Membership, school: Organisation) -> None:
    client = signed_in(sam)
    page = client.post("/desk/clocks/", {"emergency_working_days": "2", "deputy": bob.user_id}, follow=True)
    assert "The clocks have been saved" in page.content.decode()
    assert (school.clocks.emergency_working_days, school.clocks.deputy) == (2, bob.user)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (datetime(2026, 11, 20, 17, 40), datetime(2026, 11, 23, 17)),  # over a weekend
        (datetime(2026, 12, 24, 16), datetime(2026, 12, 29, 17)),  # Christmas, the weekend, and Boxing Day's substitute
        (datetime(2027, 3, 25, 9), datetime(2027, 3, 30, 17)),  # Easter
        (datetime(2026, 3, 27, 23), datetime(2026, 3, 30, 17)),  # the clocks go forward
        (datetime(2026, 11, 30, 0, 58), datetime(2026, 12, 1, 17)),  # in the night: the day after, at the end of work
    ],
)
def test_a_working_day_is_no_weekend_and_no_bank_holiday(since: datetime, due: datetime) -> None:
    assert working_days_later(since.replace(tzinfo=LONDON), 1) == due.replace(tzinfo=LONDON)


def test_a_task_is_opened_once_and_closed_once(alice: Membership) -> None:
    record, due = emergency(alice), timezone.now() + HOUR
    about = {"record": record, "draft": None, "owner": alice.user, "kind": "tell_person", "words": "Tell the person."}
    first, again = (services.open_task(**about, due_at=due, key="tell") for _ in range(2))  # type: ignore[arg-type]
    assert first == again
    page = signed_in(alice).post(f"/tasks/{first.pk}/", {"outcome": "Told on the phone."}, follow=True)
    assert "The task is closed" in page.content.decode()
    closed_at = services.close_task(task=first, by=alice, outcome="Again").closed_at
    first.refresh_from_db()
    assert first.closed_at == closed_at
    assert [entry.document.content["text"] for entry in record.amendments.all()] == ["Told on the phone."]


def test_nobody_else_closes_it_and_reasons_are_completed_not_closed(
    alice: Membership, bob: Membership, irene: Membership, oscar: Membership
) -> None:
    record = emergency(alice)
    mine = services.open_task(
        record=record, draft=None, owner=alice.user, kind="look_again", words="Look again.",
        due_at=timezone.now(), key=str(uuid4()),
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        services.close_task(task=mine, by=bob)
    with pytest.raises(FollowUpTask.DoesNotExist):
        services.close_task(task=mine, by=oscar)
    with pytest.raises(PermissionDenied):
        services.close_task(task=clock(record), by=alice)
    services.close_task(task=mine, by=irene)


def test_whoever_is_the_lead_when_it_runs_out_is_told(people: People) -> None:
    task = run_down(clock(emergency(people.olga)))
    add("zoe", people.council, Role.IG_LEAD)
    clocks.escalate(task.pk)
    assert "Zoe Example" in told("overdue:")


def test_the_clock_stands_in_the_log_and_on_the_record(alice: Membership, irene: Membership) -> None:
    record, client = emergency(alice), signed_in(irene)
    assert "Reasons due by" in client.get("/log/").content.decode()
    assert "Reasons due by" in client.get(f"/log/{record.reference}/").content.decode()
    run_down(clock(record))
    assert "Reasons overdue since" in client.get("/log/").content.decode()


def test_the_check_warns_before_the_bank_holidays_end() -> None:
    with time_machine.travel(datetime(LAST_YEAR, 8, 31, 12, tzinfo=LONDON)):
        assert bank_holidays_are_known() == []
    with time_machine.travel(datetime(LAST_YEAR, 9, 1, 12, tzinfo=LONDON)):
        assert [warning.id for warning in bank_holidays_are_known()] == ["infoshare.W001"]


def test_beat_knows_the_clock() -> None:
    app.loader.import_default_modules()
    assert "decisions.tasks.watch_clocks" in {e["task"] for e in app.conf.beat_schedule.values()} & set(app.tasks)
