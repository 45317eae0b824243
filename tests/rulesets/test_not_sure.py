"""Not sure never decides a refusal: where an outcome is "do not share", some definite answer would say the same."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from decisions import editions
from decisions.engine.evaluate import judge
from decisions.engine.ruleset import Question

EDITION = editions.get("2026-09")
DAY = date(2026, 11, 22)
ASKED = [q for q in EDITION.questions if not q.record]
UNSURE = [q for q in ASKED if "unsure" in q.option_ids and q.kind == "radios"]


def answer(question: Question) -> st.SearchStrategy[Any]:
    if question.kind == "checkboxes":
        return st.lists(st.sampled_from(question.option_ids), unique=True, max_size=2)
    return st.sampled_from(question.option_ids)


SITTINGS = st.fixed_dictionaries({question.id: answer(question) for question in ASKED})


def outcome(answers: dict[str, Any]) -> str | None:
    return judge(EDITION, answers, DAY).value("outcome")


@settings(max_examples=150)
@given(SITTINGS, st.sampled_from(UNSURE))
def test_a_refusal_never_rests_on_not_sure(answers: dict[str, Any], question: Question) -> None:
    unsure = answers | {question.id: "unsure"}
    if outcome(unsure) == "do_not_share" and answers["advice"] != "hold_back":  # an adviser's no is no doubt
        definite = [option for option in question.option_ids if option != "unsure"]
        assert "do_not_share" in {outcome(answers | {question.id: option}) for option in definite}


@settings(max_examples=150)
@given(SITTINGS)
def test_every_sitting_has_one_outcome(answers: dict[str, Any]) -> None:
    assert outcome(answers) is not None
