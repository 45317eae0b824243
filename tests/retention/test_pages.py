"""The records administrator's pages, by person."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Role
from retention import selectors, services, tasks
from retention.models import Answer, RetentionRule, RuleProposal, Scope, SweepRun
from retention.schedule import in_words
from retention.tables.records import age
from retention.tables.reviews import countdown
from tests.people import People, add, signed_in

from .records import changed, decision_log, recorded, reviews, states, years_ago

pytestmark = pytest.mark.django_db
DESK, RUN, SIMULATE = (reverse(f"retention:{name}") for name in ("desk", "run", "simulate"))
CHANGE = {"adopted": "yes", "years": "10", "mandate": "Policy 7", "reason": "Advice of our solicitor"}
NEW = {**CHANGE, "based_on": "1"}


def address(name: str, rule: RetentionRule) -> str:
    return reverse(f"retention:{name}", args=[rule.pk])


def test_who_comes_in(people: People) -> None:
    rule = decision_log(people.school)
    reading = [DESK, SIMULATE, address("rule", rule)]
    for person in (people.alice, people.sam, people.olga, people.nina):
        assert {signed_in(person).get(page).status_code for page in reading} == {403}
    assert {signed_in(people.irene).get(page).status_code for page in reading} == {200}
    for person in (people.alice, people.irene, people.sam, people.olga, people.nina):
        browser = signed_in(person)
        assert browser.get(address("change_rule", rule)).status_code == 403
        assert browser.post(RUN).status_code == 403
    assert signed_in(people.rita).get(address("change_rule", rule)).status_code == 200


def test_the_desk_shows_what_is_due_and_why(school: Organisation, alice: Membership, rita: Membership) -> None:
    (overdue,) = recorded(alice, date(2019, 5, 4))
    (today,) = recorded(alice, years_ago(6))
    (waiting,) = recorded(alice, years_ago(2))
    services.sweep(organisation=school, as_of=selectors.today())
    page = signed_in(rita).get(DESK).content.decode()
    assert "2 records are due. 1 is overdue, the longest since 4 May 2025." in page
    assert "recorded 4 May 2019 + 6 years = 4 May 2025" in page
    assert page.index(overdue.reference) < page.index(today.reference)
    assert waiting.reference not in page
    assert f'href="/log/{overdue.reference}' not in page
    assert reverse("retention:record", args=[overdue.reference]) in page
    assert "not for retention" not in page
    assert alice.user.name not in page


def test_the_desk_of_another_organisation(
    school: Organisation, council: Organisation, alice: Membership, rita: Membership
) -> None:
    (record,) = recorded(alice, years_ago(7))
    services.sweep(organisation=school, as_of=selectors.today())
    rosa = signed_in(add("rosa", council, Role.RECORDS_ADMINISTRATOR))
    assert record.reference not in rosa.get(DESK).content.decode()
    for name in ("rule", "change_rule"):
        assert rosa.get(address(name, decision_log(rita.organisation))).status_code == 404
    assert (
        rosa.post(address("change_rule", decision_log(rita.organisation)), {**NEW, "step": "save"}).status_code == 404
    )


def test_pages_of_due_records(school: Organisation, alice: Membership, rita: Membership) -> None:
    references = [record.reference for years in (9, 8, 7) for record in recorded(alice, years_ago(years), number=11)]
    services.sweep(organisation=school, as_of=selectors.today())
    browser, url, seen = signed_in(rita), DESK, []
    while url:
        response = browser.get(url)
        seen.append([row[0].text for row in response.context["due"]])
        url = response.context["next"] and DESK + response.context["next"]
    assert list(map(len, seen)) == [selectors.PAGE, 33 - selectors.PAGE]
    assert sorted(itertools.chain(*seen)) == sorted(references)
    assert set(seen[0][:11]) == set(references[:11])
    assert browser.get(DESK, {"after": "yesterday~"}).context["due"][0][0].text == seen[0][0]


def test_run_now(alice: Membership, rita: Membership) -> None:
    recorded(alice, years_ago(7), number=3)
    browser = signed_in(rita)
    assert browser.get(RUN).status_code == 405
    for flagged in (3, 0):
        page = browser.post(RUN, follow=True).content.decode()
        assert "The sweep is running" in page
        run = SweepRun.objects.latest("pk")
        assert ("3 records still to look at" in page) == bool(flagged)
        tasks.carry_on.apply(args=[run.pk], throw=True)
        done = browser.get(reverse("retention:sweep_run", args=[run.pk])).content.decode()
        assert "The sweep has finished" in done
        run.refresh_from_db()
        assert (run.flagged, run.started_by) == (flagged, rita.user)
    assert len(list(reviews())) == 3


def test_what_the_broker_lost_is_carried_on_by_the_next_tick(alice: Membership, rita: Membership) -> None:
    recorded(alice, years_ago(7))
    signed_in(rita).post(RUN)
    tasks.sweep.apply(throw=True)
    assert all(run.finished_at for run in SweepRun.objects.all())
    assert len(list(reviews())) == 1


def test_a_long_silence_is_told(school: Organisation, rita: Membership) -> None:
    services.sweep(organisation=school, as_of=selectors.today() - timedelta(days=40))
    browser = signed_in(rita)
    told = "in case the server’s clock is wrong"
    assert told in browser.get(DESK).content.decode()
    browser.post(RUN)
    tasks.carry_on.apply(args=[SweepRun.objects.latest("pk").pk], throw=True)
    assert told not in browser.get(DESK).content.decode()


def test_simulate(alice: Membership, rita: Membership) -> None:
    recorded(alice, years_ago(5), number=2)
    browser = signed_in(rita)
    assert "would flag no records" in browser.get(SIMULATE).content.decode()
    ahead = selectors.today() + timedelta(days=366)
    day = {"as_of_day": ahead.day, "as_of_month": ahead.month, "as_of_year": ahead.year}
    page = browser.get(SIMULATE, day).content.decode()
    assert "would flag 2 records" in page
    assert in_words(ahead) in page
    wrong = browser.get(SIMULATE, {**day, "as_of_month": 13}).content.decode()
    assert "The day must be a real date" in wrong
    assert "would flag" not in wrong
    assert not states()
    assert not SweepRun.objects.exists()


def test_two_people_change_a_rule(school: Organisation, people: People) -> None:
    recorded(people.alice, years_ago(7), number=2)
    browser, url = signed_in(people.rita), address("change_rule", decision_log(school))
    services.sweep(organisation=school, as_of=selectors.today())
    assert 'value="6"' in browser.get(url).content.decode()
    preview = browser.post(url, {**NEW, "step": "preview"}).content.decode()
    assert "10 years instead of 6 years" in preview
    assert "changes 2 due dates" in preview
    assert "2 records now due would wait again" in preview
    assert not RuleProposal.objects.exists()
    assert "Policy 7" in browser.post(url, {**NEW, "step": "edit"}).content.decode()
    saved = browser.post(url, {**NEW, "step": "save"}, follow=True).content.decode()
    assert "waits for a second person" in saved
    assert "6 years from the day a decision is recorded" in saved
    decide = reverse("retention:decide_rule", args=[RuleProposal.objects.get().pk])
    assert "Another person has to decide it" in browser.get(decide).content.decode()
    assert browser.post(decide, {"decision": "yes"}).status_code == 403
    second = signed_in(people.irene)
    assert "changes 2 due dates" in second.get(decide).content.decode()
    assert "Enter why you do not agree" in second.post(decide, {"decision": "no"}).content.decode()
    agreed = second.post(decide, {"decision": "yes"}, follow=True).content.decode()
    assert "10 years from the day a decision is recorded" in agreed
    assert f"{people.rita.user.name}, approved by {people.irene.user.name}" in agreed
    assert "This has been decided" in second.get(decide).content.decode()


def test_what_a_second_person_refuses_changes_nothing(school: Organisation, people: People) -> None:
    url = address("change_rule", decision_log(school))
    signed_in(people.rita).post(url, {**NEW, "step": "save"})
    decide = reverse("retention:decide_rule", args=[RuleProposal.objects.get().pk])
    signed_in(people.irene).post(decide, {"decision": "no", "because": "Too long"})
    assert selectors.adopted(school).get().years == 6


def test_the_last_rule_for_every_record_stays(school: Organisation, rita: Membership) -> None:
    url = address("change_rule", decision_log(school))
    page = signed_in(rita).post(url, {**NEW, "adopted": "no", "step": "save"}).content.decode()
    assert "This rule must stay in use" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"years": ""}, "number of years from 1 to 150"),
        ({"years": "0"}, "number of years from 1 to 150"),
        ({"years": "151"}, "number of years from 1 to 150"),
        ({"years": "six"}, "number of years from 1 to 150"),
        ({"reason": " "}, "Enter why the rule changes"),
        ({"reason": "x" * 100_000}, "at most 1000 characters"),
    ],
)
def test_a_wrong_change(school: Organisation, rita: Membership, wrong: dict[str, str], told: str) -> None:
    for step in ("preview", "save"):
        page = signed_in(rita).post(address("change_rule", decision_log(school)), {**NEW, **wrong, "step": step})
        assert told in page.content.decode()
    assert not RuleProposal.objects.exists()


def test_two_tabs_on_one_rule(school: Organisation, rita: Membership) -> None:
    changed(rita, "decision_log", years=10)
    browser, url = signed_in(rita), address("change_rule", decision_log(school))
    late = browser.post(url, {**NEW, "years": "3", "step": "save"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Someone else changed this rule" in page
    assert 'value="3"' in page
    assert "10 years from the day" in page
    browser.post(url, {**NEW, "years": "3", "based_on": "2", "step": "save"})
    assert RuleProposal.objects.get(state="waiting").years == 3


def test_each_number_opens_the_list_it_counts(school: Organisation, people: People) -> None:
    (held,) = recorded(people.alice, years_ago(7))
    (undated,) = recorded(people.alice, years_ago(3), subject="child")
    changed(people.rita, "pupil_file")
    services.place_hold(
        organisation=school,
        by=people.rita,
        scope=Scope.RECORD,
        mandate="A claim",
        reason="x",
        review_on=selectors.today() + timedelta(days=9),
        record_id=held.pk,
    )
    services.sweep(organisation=school, as_of=selectors.today())
    browser = signed_in(people.irene)
    desk = browser.get(DESK)
    counted = {row.key: row.value for row in desk.context["numbers"]}
    assert (counted["On hold"], counted["Without a due date"], counted["Kept indefinitely"]) == ("1", "1", "0")
    for name, record in (("held", held), ("undated", undated)):
        assert record.pk in browser.get(reverse("retention:list", args=[name])).content.decode()
    assert "No record is in this list" in browser.get(reverse("retention:list", args=["indefinite"])).content.decode()
    assert browser.get(reverse("retention:list", args=["everything"])).status_code == 404


def test_the_forecast_counts_each_month_once(school: Organisation, people: People) -> None:
    for months in (1, 1, 3):
        recorded(people.alice, years_ago(6) + timedelta(days=31 * months))
    recorded(people.alice, years_ago(1))
    services.sweep(organisation=school, as_of=selectors.today())
    page = signed_in(people.rita).get(reverse("retention:forecast"))
    assert page.context["total"] == 3
    assert len(page.context["rows"]) == 12
    assert "<svg" in page.content.decode()


@pytest.mark.parametrize("page", ["", "reviews/", "lists/held/"])
@pytest.mark.parametrize(
    "after", ["2026-01-01~\x00", "2026-01-01~x", "0001-01-01~BCDFG-HJKMN", "9999-12-31~BCDFG-HJKMN"]
)
def test_no_hand_made_edge_breaks_a_list(rita: Membership, page: str, after: str) -> None:
    assert signed_in(rita).get(f"/retention/{page}", {"after": after}).status_code == 200


@pytest.mark.parametrize(
    "before", ["x", "2026-01-01", "2026-01-01T00:00:00+20:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+14:00"]
)
def test_no_hand_made_moment_breaks_the_certificates(rita: Membership, before: str) -> None:
    assert signed_in(rita).get("/retention/certificates/", {"before": before}).status_code == 200


@pytest.mark.parametrize("page", ["%00/", "x/", "%00/dates/birth/"])
def test_what_is_no_reference_is_no_record(rita: Membership, page: str) -> None:
    assert signed_in(rita).get(f"/retention/records/{page}").status_code == 404


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_the_first_and_the_last_day_of_the_calendar_can_be_simulated(rita: Membership, year: str) -> None:
    day = {"as_of_day": "1", "as_of_month": "1", "as_of_year": year}
    assert signed_in(rita).get(SIMULATE, day).status_code == 200


@pytest.mark.parametrize(("days", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (731, "2 years")])
def test_how_old_a_record_is_in_words(days: int, words: str) -> None:
    assert age(date(2026, 5, 4) - timedelta(days=days), date(2026, 5, 4)) == words


@pytest.mark.parametrize(("minutes", "words"), [(1, "1 hour,"), (60, "1 hour,"), (61, "2 hours,"), (2881, "3 days,")])
def test_how_long_is_left_in_words(minutes: int, words: str) -> None:
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)
    left = countdown(Answer(kind=Answer.Kind.DESTROY, not_before=now + timedelta(minutes=minutes)), now)
    assert left.startswith(words)
