"""What retention tells people, and when; settings; the calendar feed."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from infoshare.accounts.models import Membership, Organisation
from infoshare.notices.models import Notice
from retention import calendar, selectors, services, tasks
from retention.models import Answer, CalendarKey, ReviewTask, SweepRun
from tests.people import People, signed_in

from .records import decision_log, recorded, years_ago

pytestmark = pytest.mark.django_db
NO_DAYS = timedelta()


def sweep_after(school: Organisation, gap: timedelta = NO_DAYS) -> SweepRun:
    """A sweep as if `gap` had passed since the last: what was told is told to have been told earlier."""
    for task in ReviewTask.objects.exclude(reminded_on=None):
        ReviewTask.objects.filter(pk=task.pk).update(reminded_on=task.reminded_on - gap)
    Notice.objects.all().delete()
    return services.sweep(organisation=school, as_of=selectors.today())


def told(person: Membership) -> list[str]:
    return list(Notice.objects.filter(person=person.user).values_list("words", flat=True))


def test_reminders_end_at_the_deputy_and_never_at_a_disposal(school: Organisation, people: People) -> None:
    recorded(people.alice, years_ago(7), number=2)
    services.change_settings(
        organisation=school, by=people.rita, review_at=time(2), cooling_days=7, deputy=people.irene
    )
    week = timedelta(days=7)
    sweep_after(school)
    assert told(people.rita) == ["2 records are due for review."]
    sweep_after(school, timedelta(days=6))
    assert told(people.rita) == []
    for _ in range(2):
        sweep_after(school, week)
        assert told(people.rita) == ["2 records due for review: still no answer."]
    sweep_after(school, week)
    words = "2 records due for review: nobody has answered after two reminders. Please review what is due."
    assert told(people.irene) == [words]
    assert set(ReviewTask.objects.values_list("owner", "state")) == {(people.irene.user_id, "open")}
    sweep_after(school, 10 * week)
    assert not Notice.objects.exists()
    assert set(ReviewTask.objects.values_list("state", flat=True)) == {"open"}


def test_the_owner_is_reminded(school: Organisation, people: People) -> None:
    recorded(people.alice, years_ago(7))
    sweep_after(school)
    services.take_review(task=ReviewTask.objects.get(), by=people.irene)
    sweep_after(school, timedelta(days=7))
    assert (told(people.irene), told(people.rita)) == (["1 record due for review: still no answer."], [])


def test_the_second_person_and_whoever_asked_are_told(school: Organisation, people: People) -> None:
    recorded(people.alice, years_ago(7))
    sweep_after(school)
    answer = services.answer_review(
        task=ReviewTask.objects.get(), by=people.rita, kind=Answer.Kind.DESTROY, reason="Over"
    )
    assert told(people.irene) == ["Something about how long records are kept waits for a second person."]
    services.decide_answer(answer=answer, by=people.irene, approve=False, because="No")
    assert any("did not agree" in words for words in told(people.rita))


def test_nothing_told_names_a_record(school: Organisation, people: People) -> None:
    (record,) = recorded(people.alice, years_ago(7))
    sweep_after(school)
    for notice in Notice.objects.all():
        assert record.pk not in notice.words + notice.url


class TestSettings:
    def test_the_records_administrator_sets_them(self, school: Organisation, people: People) -> None:
        url, browser = reverse("retention:settings"), signed_in(people.rita)
        assert "Nobody yet" in browser.get(url).content.decode()
        wrong = browser.post(url, {"review_at": "05:00", "cooling_days": "0"}).content.decode()
        assert "from 1 to 365" in wrong
        browser.post(url, {"review_at": "05:00", "cooling_days": "14", "deputy": people.irene.pk})
        now = selectors.settings(school)
        assert (now.review_at, now.cooling_days, now.deputy) == (time(5), 14, people.irene.user)

    def test_a_sweep_waits_for_the_organisations_time_unless_a_night_was_missed(self, people: People) -> None:
        today = selectors.today()
        services.change_settings(
            organisation=people.school, by=people.rita, review_at=time(5), cooling_days=7, deputy=None
        )
        services.sweep(organisation=people.school, as_of=today - timedelta(days=1))
        assert people.school not in selectors.to_sweep(today, time(4, 59))
        assert people.school in selectors.to_sweep(today, time(5))
        assert people.council in selectors.to_sweep(today, time(0))
        SweepRun.objects.update(as_of=today - timedelta(days=2))
        assert people.school in selectors.to_sweep(today, time(0))

    def test_the_task_asks_the_clock(self, people: People) -> None:
        services.change_settings(
            organisation=people.school, by=people.rita, review_at=time(0), cooling_days=7, deputy=None
        )
        services.sweep(organisation=people.school, as_of=selectors.today() - timedelta(days=1))
        tasks.sweep.apply(throw=True)
        assert selectors.last_swept(people.school) == selectors.today()


class TestCalendar:
    def test_counts_by_day_and_nothing_else(self, school: Organisation, people: People) -> None:
        records = recorded(people.alice, years_ago(6) + timedelta(days=30), number=2)
        recorded(people.alice, years_ago(7))
        sweep_after(school)
        page = signed_in(people.rita).post(reverse("retention:my_calendar")).content.decode()
        assert "/retention/calendar/" in page
        secret = calendar.renew(by=people.rita)
        feed = signed_in(people.olga).get(reverse("retention:calendar", args=[secret]))
        text = feed.content.decode()
        assert feed["Content-Type"].startswith("text/calendar")
        assert "SUMMARY:2 records due for review" in text
        assert "SUMMARY:1 record overdue for review" in text
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        assert text.endswith("END:VCALENDAR\r\n")
        assert records[0].pk not in text
        assert secret not in str(CalendarKey.objects.values())

    def test_a_new_address_ends_the_old_one(self, people: People) -> None:
        old, new = calendar.renew(by=people.rita), calendar.renew(by=people.rita)
        assert calendar.membership_of(old) is None
        assert calendar.membership_of(new) == people.rita

    def test_it_ends_with_the_role(self, people: People) -> None:
        secret = calendar.renew(by=people.rita)
        Membership.objects.filter(pk=people.rita.pk).update(roles=["practitioner"])
        assert calendar.membership_of(secret) is None


def test_without_a_deputy_the_notice_opens_what_it_counts(school: Organisation, people: People) -> None:
    """The reviews are nobody's: a list of one's own would be empty."""
    recorded(people.alice, years_ago(7))
    sweep_after(school)
    for _ in range(3):
        sweep_after(school, timedelta(days=7))
    escalated = Notice.objects.get(person=people.irene.user, words__contains="two reminders")
    assert ReviewTask.objects.get().record_id in signed_in(people.irene).get(escalated.url).content.decode()


def test_a_hold_on_a_case(school: Organisation, alice: Membership, rita: Membership) -> None:
    (one,) = recorded(alice, years_ago(7), case_reference="CASE-1")
    (other,) = recorded(alice, years_ago(7), case_reference="CASE-2")
    ahead = selectors.today() + timedelta(days=90)
    day = {"review_on_day": ahead.day, "review_on_month": ahead.month, "review_on_year": ahead.year}
    form = {"scope": "case", "case": "case-1", "mandate": "A complaint", "reason": "Asked for", "step": "save", **day}
    decision_log(school)
    signed_in(rita).post(reverse("retention:place_hold"), form)
    (later,) = recorded(alice, years_ago(7), case_reference="CASE-1")
    services.sweep(organisation=school, as_of=selectors.today())
    found = dict(ReviewTask.objects.values_list("record_id", "state"))
    assert found == {other.pk: "open"}
    assert {one.pk, later.pk}.isdisjoint(found)
