"""The same answers before the other edition: settled, different, or asking for more; what was given never changes."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from decisions import cases, editions
from decisions.rerun import Rerun, rerun

OLD, NEW = editions.get("2018-07"), editions.get("2026-09")


def before_2018(case_id: str) -> Rerun:
    case = next(case for case in (*cases.published(), *cases.own()) if case.id == case_id)
    answers = {**case.organisation, **{given.question: given.answer for given in case.answers}}
    kept = dict(answers)
    compared = rerun(answers, NEW, OLD, case.day)
    assert answers == kept
    return compared


def test_both_editions_may_agree() -> None:
    compared = before_2018("SCO-02")
    assert compared.same_outcome
    assert compared.lines[-1] == "The same."


def test_they_differ_where_the_law_changed() -> None:
    compared = before_2018("adult-alone-at-risk")
    assert (compared.recorded.outcome, compared.other.outcome) == ("do_not_share", "share_without_consent")
    assert compared.lines[-1] == "Different."


def test_the_old_edition_may_need_more_answers() -> None:
    compared = before_2018("REV-01")
    assert compared.other.outcome is None
    assert {"seek_consent_first", "share_without_consent"} <= set(compared.other.possible)
    assert compared.other.open_questions == ("Have you asked whether you may share?",)
    assert compared.lines[-1] == "More answers would be needed."


def test_the_command_says_it_in_sentences() -> None:
    out = StringIO()
    call_command("rerun_case", "SCIE-03", "2018-07", stdout=out)
    assert "2018-07: share_urgently." in out.getvalue()


@pytest.mark.parametrize("arguments", [("nothing", "2018-07"), ("SCIE-03", "1066-10")])
def test_the_command_refuses_what_is_not_there(arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="There is no"):
        call_command("rerun_case", *arguments)
