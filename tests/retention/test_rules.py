"""Rules: which apply to a record, which wins, and that the database does the same sum as the code."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infoshare.accounts.models import Membership, Organisation
from retention import selectors, services
from retention.categories import Category, category_of
from retention.defaults import offered_to, shipped
from retention.models import RuleProposal, ScheduleItem, TriggerEntry, Verification
from retention.reckoning import RULES, SUM, as_parameter
from retention.schedule import Rule, Trigger, add_whole_years, sums

from .records import changed, decision_log, recorded, reviews, second, states, years_ago

DAYS = st.dates(date(1930, 1, 1), date(2060, 12, 31))
CATEGORIES = st.sampled_from(Category.values)
RULE = st.builds(
    Rule,
    id=st.integers(1, 10**6),
    name=st.just("rule"),
    trigger=st.sampled_from(Trigger),
    years=st.integers(1, 150),
    categories=st.frozensets(CATEGORIES, max_size=2),
)
RULES_OF_ONE = st.lists(RULE, max_size=6, unique_by=lambda rule: rule.id)
DATES = st.fixed_dictionaries(
    {Trigger.DECISION_DATE: DAYS}
    | {trigger: st.none() | DAYS for trigger in Trigger if trigger is not Trigger.DECISION_DATE}
)


class TestSums:
    @given(RULES_OF_ONE, CATEGORIES, DATES)
    def test_the_longest_wins(self, rules: list[Rule], category: str, dates: dict[Trigger, date | None]) -> None:
        found = sums(rules, category, dates)
        known = [each.due_on for each in found if each.due_on]
        assert known == sorted(known, reverse=True)
        assert [each.due_on is None for each in found] == sorted((each.due_on is None for each in found), reverse=True)

    @given(RULES_OF_ONE, RULE, CATEGORIES, DATES)
    def test_one_more_rule_never_shortens(
        self, rules: list[Rule], more: Rule, category: str, dates: dict[Trigger, date | None]
    ) -> None:
        before, after = (sums(each, category, dates)[:1] for each in (rules, [*rules, more]))
        if before and before[0].due_on and after[0].due_on:
            assert after[0].due_on >= before[0].due_on

    def test_a_rule_after_death_says_nothing_of_the_living(self) -> None:
        rule = Rule(1, "after death", Trigger.DEATH, 8)
        assert sums([rule], "child", {}) == []
        assert sums([rule], "child", {Trigger.DEATH: date(2026, 1, 1)})[0].due_on == date(2034, 1, 1)

    def test_in_words(self) -> None:
        born = Rule(1, "School file", Trigger.BIRTH, 25)
        (known,) = sums([born], "pupil", {Trigger.BIRTH: date(2012, 5, 4)})
        (unknown,) = sums([born], "pupil", {})
        assert known.in_words == "born 4 May 2012 + 25 years = 4 May 2037"
        assert unknown.in_words == "born (date not known) + 25 years"


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RULES_OF_ONE, CATEGORIES, DATES, st.none() | DAYS)
def test_the_database_does_the_same_sum(
    rules: list[Rule], category: str, dates: dict[Trigger, date | None], kept_until: date | None
) -> None:
    columns = {trigger.column: day for trigger, day in dates.items()}
    row = ", ".join(f"%({column})s::date AS {column}" for column in columns)
    item = f"SELECT %(category)s AS category, %(kept_until)s::date AS kept_until, {row}"
    statement = f"WITH {RULES} SELECT new.* FROM ({item}) AS item LEFT JOIN {SUM} ON true"
    told = {"rules": as_parameter(rules), "category": category, "kept_until": kept_until, **columns}
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        winner, due_on = cursor.fetchone()
    found = sums(rules, category, dates)
    assert winner == (found[0].rule.id if found else None)
    days = [day for day in (kept_until, found[0].due_on) if day] if found else []
    assert due_on == max(days, default=None)


@pytest.mark.parametrize(
    ("kind", "answers", "category"),
    [
        ("state_school", {"subject": "child", "harm_subject": "significant"}, "pupil"),
        ("gp_practice", {"subject": "young"}, "child_patient"),
        ("council", {"subject": "family", "harm_subject": "significant"}, "child_protection"),
        ("council", {"subject": "child", "harm_subject": "unsure"}, "child_protection"),
        ("charity", {"subject": "child", "harm_subject": "in_need"}, "child"),
        ("nhs_body", {"subject": "adult"}, "adult_patient"),
        ("council", {"subject": "adult", "protected": "at_risk"}, "adult_at_risk"),
        ("council", {"subject": "adult", "harm_others": "child_significant"}, "child_protection"),
        ("police", {"subject": "adult", "harm_subject": "no_harm"}, "adult"),
        ("club", {"subject": "adult", "purpose": "vetting"}, "allegation"),
        ("council", {"subject": "list"}, "several"),
        ("council", {"subject": "unsure"}, "not_known"),
        ("council", {}, "not_known"),
    ],
)
def test_the_kind_of_record(kind: str, answers: dict[str, str], category: str) -> None:
    assert category_of(kind, answers) == category


def test_shipped_rules_are_sound() -> None:
    assert [each.code for each in shipped() if each.adopted] == ["decision_log"]
    for each in shipped():
        assert each.mandate
        assert each.verification in Verification.values
        assert set(each.categories) <= set(Category.values)
        Trigger(each.trigger)
    assert "pupil_file" in {each.code for each in offered_to("state_school")}
    assert "pupil_file" not in {each.code for each in offered_to("council")}


@pytest.mark.django_db
class TestAdopted:
    """A school adopts the pupil's file: 25 years from birth."""

    @pytest.fixture
    def record(self, school: Organisation, alice: Membership, rita: Membership) -> ScheduleItem:
        (record,) = recorded(alice, years_ago(7), subject="child")
        changed(rita, "pupil_file")
        services.sweep(organisation=school, as_of=selectors.today())
        return ScheduleItem.objects.get(record=record)

    def test_no_day_without_the_date_it_counts_from(self, record: ScheduleItem) -> None:
        assert (record.category, record.due_on, record.state) == ("pupil", None, "waiting")
        assert not list(reviews())

    def test_the_date_entered_once_gives_the_day(self, record: ScheduleItem, alice: Membership) -> None:
        born = years_ago(10)
        item = services.enter_date(record=record.record, by=alice, trigger=Trigger.BIRTH, day=born)
        assert item.due_on == add_whole_years(born, 25)
        assert TriggerEntry.objects.get().entered_by == alice.user

    def test_a_correction_says_why_and_moves_the_day(
        self, record: ScheduleItem, school: Organisation, alice: Membership, irene: Membership
    ) -> None:
        services.enter_date(record=record.record, by=alice, trigger=Trigger.BIRTH, day=years_ago(30))
        services.sweep(organisation=school, as_of=selectors.today())
        assert states()[record.record_id][0] == "due"
        again: dict[str, Any] = {"record": record.record, "by": irene, "trigger": Trigger.BIRTH, "day": years_ago(20)}
        with pytest.raises(ValidationError, match="why"):
            services.enter_date(**again)
        services.enter_date(**again, reason="Misread the form")
        assert states()[record.record_id] == ("waiting", add_whole_years(years_ago(20), 25), 2)
        assert list(reviews()) == [(record.record_id, 1, "withdrawn")]

    def test_the_usual_rule_may_be_the_longer_one(self, record: ScheduleItem, alice: Membership) -> None:
        item = services.enter_date(record=record.record, by=alice, trigger=Trigger.BIRTH, day=years_ago(60))
        assert item.due_on == add_whole_years(years_ago(7), 6)

    def test_an_unborn_child(self, record: ScheduleItem, alice: Membership) -> None:
        expected = selectors.today() + timedelta(days=100)
        item = services.enter_date(record=record.record, by=alice, trigger=Trigger.BIRTH, day=expected)
        assert item.due_on == add_whole_years(expected, 25)
        for trigger, days in ((Trigger.BIRTH, 400), (Trigger.DEATH, 1), (Trigger.CASE_CLOSED, 1)):
            day = selectors.today() + timedelta(days=days)
            with pytest.raises(ValidationError, match="already come"):
                services.enter_date(record=record.record, by=alice, trigger=trigger, day=day, reason="x")

    def test_not_by_those_who_may_not_know_of_it(self, record: ScheduleItem, bob: Membership, olga: Membership) -> None:
        for person in (bob, olga):
            with pytest.raises(PermissionDenied):
                services.enter_date(record=record.record, by=person, trigger=Trigger.BIRTH, day=years_ago(9))


@pytest.mark.django_db
class TestTwoPeople:
    def test_nobody_approves_their_own(self, school: Organisation, rita: Membership) -> None:
        proposal = services.propose_rule(
            rule=decision_log(school), by=rita, based_on=1, years=9, adopted=True, mandate="x", reason="x"
        )
        with pytest.raises(PermissionDenied, match="Another person has to"):
            services.decide_proposal(proposal=proposal, by=rita, approve=True)
        with pytest.raises(IntegrityError, match="another_person"), transaction.atomic():
            RuleProposal.objects.update(state="approved", decided_by=rita.user)

    def test_twice_is_once(self, school: Organisation, rita: Membership) -> None:
        proposal = services.propose_rule(
            rule=decision_log(school), by=rita, based_on=1, years=9, adopted=True, mandate="x", reason="x"
        )
        services.decide_proposal(proposal=proposal, by=second(school), approve=True)
        with pytest.raises(services.AlreadyDecided):
            services.decide_proposal(proposal=proposal, by=second(school), approve=True)
        assert selectors.settings(school).revision == 2
