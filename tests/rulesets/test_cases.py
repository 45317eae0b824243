"""Published cases and our own: coded honestly, decided rightly, with the grounds that the authority gave."""

import json
from functools import cache
from io import StringIO

import pytest
from django.core.management import call_command

from decisions import cases, editions
from decisions.engine.ruleset import Question, RuleSet

PUBLISHED = cases.published()
OWN = cases.own()


def named(case: cases.Case) -> str:
    return case.id


@cache
def sitting_of(case_id: str) -> cases.Sitting:
    return cases.sit(next(case for case in [*PUBLISHED, *OWN] if case.id == case_id))


def says_not_sure(question: Question, answer: str | list[str]) -> bool:
    """Whether the answer only says that the person does not know."""
    if isinstance(answer, str):
        return answer == "unsure"
    return answer == ["unsure"] or (not answer and "not sure" in question.none.lower())


def ruleset_of(case: cases.Case) -> RuleSet:
    return editions.get(case.edition)


@pytest.mark.parametrize("case", PUBLISHED, ids=named)
def test_each_answer_quotes_the_facts_or_is_not_sure(case: cases.Case) -> None:
    for given in case.answers:
        question = ruleset_of(case).question(given.question)
        assert given.quote in case.facts
        assert given.quote or says_not_sure(question, given.answer), f"{given.question} has no quote"


@pytest.mark.parametrize("case", PUBLISHED, ids=named)
def test_the_outcome_is_one_that_the_authority_accepts(case: cases.Case) -> None:
    assert sitting_of(case.id).outcome in case.acceptable


@pytest.mark.parametrize("case", OWN, ids=named)
def test_our_own_cases_come_out_as_the_law_says(case: cases.Case) -> None:
    assert sitting_of(case.id).outcome == case.expected


@pytest.mark.parametrize("case", [*PUBLISHED, *OWN], ids=named)
def test_the_outcome_rests_on_the_grounds(case: cases.Case) -> None:
    sitting = sitting_of(case.id)
    assert sitting.missing_grounds == []
    assert sitting.unanswered == ""
    assert set(sitting.asked) == {given.question for given in case.answers}


def test_the_numbers_that_the_rule_set_promises() -> None:
    """The pages around the questions: tests/decisions/test_whole_way.py and make bench NAME=cases."""
    counts = cases.tally(PUBLISHED).as_json()
    assert counts["cases"] == counts["acceptable"] == 22
    assert counts["exact"] >= 19
    assert counts["blocked"] == counts["waved_through"] == 0
    assert counts["questions_to_outcome"] <= 14


def test_there_are_at_least_forty_cases_of_our_own() -> None:
    assert len(OWN) >= 40
    assert len({case.id for case in [*PUBLISHED, *OWN]}) == len(PUBLISHED) + len(OWN)


def test_the_command_prints_the_counts_as_json() -> None:
    out = StringIO()
    call_command("published_cases", "--json", stdout=out)
    counts = json.loads(out.getvalue())
    assert {"cases", "exact", "acceptable", "blocked", "waved_through"} <= set(counts)


def test_the_command_names_a_wrong_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    first = PUBLISHED[0]
    wrong = cases.Case(**{**vars(first), "expected": "anonymise", "also_acceptable": ()})
    monkeypatch.setattr(cases, "published", lambda: [wrong])
    out = StringIO()
    call_command("published_cases", stdout=out)
    assert "WRONG" in out.getvalue()
    assert "the authority: anonymise" in out.getvalue()


def test_blocked_and_waved_through_are_counted_apart() -> None:
    shared = next(case for case in PUBLISHED if case.expected == "share_without_consent")
    refused = next(case for case in PUBLISHED if case.expected == "do_not_share")
    blocked = cases.sit(cases.Case(**{**vars(refused), "expected": "share_urgently", "also_acceptable": ()}))
    waved = cases.sit(cases.Case(**{**vars(shared), "expected": "do_not_share", "also_acceptable": ()}))
    assert (blocked.blocked, blocked.waved_through) == (True, False)
    assert (waved.blocked, waved.waved_through) == (False, True)


def test_a_case_that_does_not_answer_what_is_asked_says_so() -> None:
    case = cases.Case(**{**vars(PUBLISHED[0]), "answers": ()})
    sitting = cases.sit(case)
    assert sitting.unanswered == "danger_now"
    assert sitting.outcome == "not settled"
