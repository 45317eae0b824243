"""Both editions: proved, dated, sourced; what the law's dates turn, and how the editions differ on one case."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from decisions import cases, editions
from decisions.engine.evaluate import judge
from decisions.engine.prove import prove
from decisions.engine.ruleset import Invariant, Question, Rule, RuleSet
from decisions.outcomes import Outcome
from decisions.sourcing import uses

TODAY = date(2026, 11, 22)
DAY_BEFORE, FIRST_DAY = date(2026, 9, 29), date(2026, 9, 30)


@pytest.mark.parametrize("name", editions.names())
def test_every_obligation_is_proved(name: str) -> None:
    report = prove(editions.get(name))
    assert [(o.kind, o.subject, o.broken) for o in report.broken] == []


def test_the_old_edition_is_never_the_default() -> None:
    assert editions.current(on=TODAY).edition == "2026-09"
    assert editions.current(on=date(2025, 1, 1)).edition == "2026-09"


@pytest.mark.parametrize("name", editions.names())
def test_the_outcomes_are_the_nine_that_records_store(name: str) -> None:
    main = editions.get(name).main
    assert main.id == "outcome"
    assert {value.id for value in main.values} == set(Outcome.values)
    assert {value.tags["kind"] for value in main.values} == {"share", "interim", "refuse"}


def test_a_decision_has_one_name_in_the_guide_and_in_the_log() -> None:
    named = {value.id: value.text for value in editions.current(on=TODAY).main.values}
    assert [named[outcome] for outcome in Outcome if not named[outcome].startswith(outcome.label)] == []


@pytest.mark.parametrize("name", editions.names())
def test_every_question_and_rule_is_cited(name: str) -> None:
    ruleset = editions.get(name)
    asked = [question for question in ruleset.questions if not question.record]
    parts: tuple[Question | Rule | Invariant, ...] = (*asked, *ruleset.every_rule(), *ruleset.invariants)
    assert [part.id for part in parts if not part.cite] == []


def must_or_may(case_id: str, day: date) -> str | None:
    case = next(case for case in cases.own() if case.id == case_id)
    answers = {**case.organisation, **{given.question: given.answer for given in case.answers}}
    return judge(editions.get("2026-09"), answers, day).value("must_or_may")


def test_the_childrens_duty_turns_in_force_on_its_day() -> None:
    assert must_or_may("neglect-seen", DAY_BEFORE) == "may"
    assert must_or_may("neglect-seen", FIRST_DAY) == "must"
    assert FIRST_DAY in editions.get("2026-09").turning_days


def test_mandatory_reporting_is_written_and_off() -> None:
    rule = editions.get("2026-09").rule("L7")
    assert rule.force.off
    assert {cite.source for cite in rule.cite} == {"cpa_85"}


def test_recognised_legitimate_interests_have_their_day() -> None:
    assert editions.get("2026-09").rule("B6").force.start == date(2026, 2, 5)


@pytest.mark.parametrize("name", editions.names())
def test_every_source_carries_something(name: str) -> None:
    assert [source for source, parts in uses(editions.get(name)).items() if not parts] == []


def test_the_command_lists_what_is_not_fully_verified() -> None:
    everything, unverified = StringIO(), StringIO()
    call_command("ruleset_sources", stdout=everything)
    call_command("ruleset_sources", "--unverified", stdout=unverified)
    assert "section 16LA" in unverified.getvalue()
    assert " V  " in everything.getvalue()
    assert " V  " not in unverified.getvalue()


def options_of(ruleset: RuleSet) -> dict[str, set[str]]:
    return {question.id: set(question.option_ids) for question in ruleset.questions}


def test_the_old_edition_understands_todays_answers() -> None:
    """Every question of 2018 that asks for one answer takes each of today's answers, so that records can be re-run."""
    old, new = editions.get("2018-07"), options_of(editions.get("2026-09"))
    single = {question.id for question in old.questions if question.kind == "radios"}
    assert {q: options_of(old)[q] for q in single} == {q: new[q] for q in single}


def test_2018_asks_for_consent_first_where_today_says_share() -> None:
    case = next(case for case in cases.own() if case.id == "neglect-seen")
    answers = {given.question: given.answer for given in case.answers}
    answers |= {"less": "needed", "asked_them": "not_asked", "safe_to_ask": "safe"}
    assert judge(editions.get("2018-07"), answers, date(2018, 8, 1)).value("outcome") == "seek_consent_first"
    assert cases.sit(case).outcome == "share_without_consent"
