"""The sweep: schedules what is new, recomputes what a rule moved, flags what is due, once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.roles import Role
from retention import selectors, services
from retention.models import RetentionRule, ReviewTask, RuleVersion, ScheduleItem, SweepRun
from retention.schedule import add_whole_years
from tests.people import People, add

from .records import changed, decision_log, recorded, reviews, second, states, years_ago

pytestmark = pytest.mark.django_db


def sweep(organisation: Organisation, **more: object) -> SweepRun:
    return services.sweep(**{"organisation": organisation, "as_of": selectors.today(), "chunk": 2, **more})  # type: ignore[arg-type]


def change(by: Membership, years: int) -> RuleVersion:
    return changed(by, "decision_log", years=years)


def test_schedules_and_flags(school: Organisation, alice: Membership) -> None:
    (old,) = recorded(alice, years_ago(7))
    (new,) = recorded(alice, years_ago(1))
    run = sweep(school)
    assert (run.scheduled, run.flagged, run.recomputed, run.started_by) == (2, 1, 0, None)
    assert run.finished_at is not None
    assert states() == {
        old.reference: ("due", add_whole_years(years_ago(7), 6), 1),
        new.reference: ("waiting", add_whole_years(years_ago(1), 6), 1),
    }
    assert list(reviews()) == [(old.reference, 1, "open")]


def test_due_on_the_day_and_not_before(school: Organisation, alice: Membership) -> None:
    (record,) = recorded(alice, years_ago(6))
    sweep(school, as_of=selectors.today() - timedelta(days=1))
    assert states()[record.reference][0] == "waiting"
    sweep(school)
    assert states()[record.reference][0] == "due"


def test_repeating_changes_nothing(school: Organisation, alice: Membership) -> None:
    recorded(alice, years_ago(7), number=5)
    assert sweep(school).flagged == 5
    before = states(), list(reviews())
    again = sweep(school)
    assert (again.scheduled, again.flagged, again.recomputed) == (0, 0, 0)
    assert (states(), list(reviews())) == before


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 100])
def test_no_chunk_size_loses_a_record(school: Organisation, alice: Membership, chunk: int) -> None:
    for years in (6, 7, 9):
        recorded(alice, years_ago(years), number=2)
    recorded(alice, years_ago(5))
    assert sweep(school, chunk=chunk).flagged == 6
    assert ReviewTask.objects.count() == 6


def test_a_missed_night_heals_itself(school: Organisation, alice: Membership) -> None:
    sweep(school, as_of=selectors.today() - timedelta(days=20))
    missed = recorded(alice, years_ago(6) - timedelta(days=10), number=3)
    assert sweep(school).flagged == 3
    assert {reference for reference, *_ in reviews()} == {record.reference for record in missed}


def test_a_late_summer_evening_is_the_next_london_day(school: Organisation, alice: Membership) -> None:
    (record,) = recorded(alice, datetime(2019, 7, 4, 23, 30, tzinfo=UTC))
    sweep(school)
    assert ScheduleItem.objects.get(record=record).recorded_on == date(2019, 7, 5)


def test_a_longer_period_takes_back_and_flags_again(school: Organisation, alice: Membership, rita: Membership) -> None:
    (record,) = recorded(alice, years_ago(7))
    sweep(school)
    change(rita, 10)
    run = sweep(school)
    assert (run.recomputed, run.withdrawn, run.flagged) == (1, 1, 0)
    assert states()[record.reference] == ("waiting", add_whole_years(years_ago(7), 10), 2)
    change(rita, 5)
    assert sweep(school).flagged == 1
    assert list(reviews()) == [(record.reference, 1, "withdrawn"), (record.reference, 2, "open")]


def test_a_shorter_period_flags_what_it_reaches(school: Organisation, alice: Membership, rita: Membership) -> None:
    recorded(alice, years_ago(3), number=3)
    sweep(school)
    version = change(rita, 2)
    run = sweep(school)
    assert (run.recomputed, run.flagged) == (3, 3)
    assert set(ScheduleItem.objects.values_list("rule_version", flat=True)) == {version.pk}


def test_what_stays_due_keeps_its_review(school: Organisation, alice: Membership, rita: Membership) -> None:
    (record,) = recorded(alice, years_ago(9))
    sweep(school)
    change(rita, 8)
    run = sweep(school)
    assert (run.recomputed, run.withdrawn, run.flagged) == (1, 0, 0)
    assert list(reviews()) == [(record.reference, 1, "open")]


def test_organisations_are_apart(people: People) -> None:
    school, council = people.school, people.council
    recorded(people.alice, years_ago(7))
    (theirs,) = recorded(people.olga, years_ago(7))
    sweep(school)
    assert theirs.reference not in states()
    assert selectors.due_counts(council, selectors.today()).due == 0
    sweep(council)
    assert ReviewTask.objects.within(council).count() == 1
    assert {rule.organisation_id for rule in RetentionRule.objects.all()} == {school.pk, council.pk}


def test_each_organisation_changes_its_own_copy(school: Organisation, council: Organisation, rita: Membership) -> None:
    for organisation in (school, council):
        services.adopt_defaults(organisation)
        services.adopt_defaults(organisation)
    change(rita, 25)
    assert [selectors.adopted(each).get().years for each in (school, council)] == [25, 6]
    with pytest.raises(PermissionDenied):
        services.propose_rule(
            rule=decision_log(council), by=rita, based_on=1, years=1, adopted=True, mandate="x", reason="x"
        )


def test_only_records_administrators_change_or_run(school: Organisation, alice: Membership, irene: Membership) -> None:
    services.adopt_defaults(school)
    for person in (alice, irene, add("sid", school, Role.SYSTEM_ADMINISTRATOR)):
        with pytest.raises(PermissionDenied):
            change(person, 1)
        with pytest.raises(PermissionDenied):
            sweep(school, started_by=person)
    assert not SweepRun.objects.exists()


def test_a_version_is_never_edited(school: Organisation, rita: Membership) -> None:
    services.adopt_defaults(school)
    change(rita, 10)
    versions = decision_log(school).versions.order_by("version")
    assert [(each.version, each.years, each.made_by) for each in versions] == [(1, 6, None), (2, 10, rita.user)]
    assert versions[1].approved_by == second(school).user
    late: dict[str, Any] = {"based_on": 1, "years": 3, "adopted": True, "mandate": "x", "reason": "a tab left open"}
    with pytest.raises(services.RuleChangedMeanwhile):
        services.propose_rule(rule=versions[0].rule, by=rita, **late)
    assert selectors.adopted(school).get().years == 10


class TestClock:
    def test_a_day_the_database_has_not_reached(self, school: Organisation, rita: Membership) -> None:
        tomorrow = selectors.today() + timedelta(days=1)
        for person in (None, rita):
            with pytest.raises(services.SweepRefused, match="simulate"):
                sweep(school, as_of=tomorrow, started_by=person)
        assert not SweepRun.objects.exists()

    def test_a_long_gap_waits_for_a_person(self, school: Organisation, alice: Membership, rita: Membership) -> None:
        recorded(alice, years_ago(7))
        sweep(school, as_of=selectors.today() - timedelta(days=32))
        recorded(alice, years_ago(7))
        with pytest.raises(services.SweepRefused, match="records administrator"):
            sweep(school)
        assert sweep(school, started_by=rita).flagged == 1
        assert sweep(school).flagged == 0

    def test_a_month_is_no_long_gap(self, school: Organisation) -> None:
        sweep(school, as_of=selectors.today() - timedelta(days=31))
        assert sweep(school).finished_at
