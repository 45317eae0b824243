"""What can be done before the questions end: whom the guide lets somebody ring, and whom not yet."""

from collections.abc import Iterator, Mapping

import pytest
from django.test import Client

from decisions import editions
from decisions.cases import Case, own, published
from decisions.guide.advice import Advice
from decisions.guide.papers import recommendation_content
from decisions.guide.sitting import Sitting
from decisions.models import Draft
from infoshare.accounts.models import Membership
from infoshare.days import london_today
from tests.people import signed_in

from .walking import REFUSE, SHARE, answer, answer_for, next_question, start, url

ALL = {case.id: case for case in (*published(), *own())}
# Whom the page says they can tell at once, and why it says so of nobody.
AT_ONCE = {
    "REV-01": "social care",
    "MDU-03": "the police",
    "LA-02": "whoever runs that meeting or board",
    "worry-about-the-lead": "your own lead",
    "husband-works-there-and-children": "",  # works there and may be the danger
    "caller-says-police-unchecked": "",
    "unchecked-caller-serious": "",
    "neighbours-ask-about-an-offender": "",  # what must stay out is asked later
    "probation-and-employer": "",
    "nobody-chosen-child-harmed": "",  # nobody chosen
    "whole-file-wanted": "",  # part of it only
    "family-court-findings-club-advised": "",
    "bulk-serious": "",
}


def as_it_goes(case: Case) -> Iterator[Sitting]:
    """After each answer but the last."""
    ruleset, given = editions.get(case.edition), {each.question: each.answer for each in case.answers}
    sitting = Sitting(ruleset, case.day, {}, case.organisation)
    while question := sitting.next_question:
        said = answer_for(question, given)
        sitting = Sitting(
            ruleset, case.day, {**sitting.given, question.id: [] if said == ["none"] else said}, case.organisation
        )
        if sitting.next_question:
            yield sitting


@pytest.mark.parametrize(("case", "whom"), AT_ONCE.items())
def test_whom_they_can_tell_before_the_questions_end(case: str, whom: str) -> None:
    said = [Advice(sitting).whom_now for sitting in as_it_goes(ALL[case])]
    assert said[-1] == whom
    assert set(said) <= {"", whom}


@pytest.mark.parametrize("case", ALL.values(), ids=lambda case: case.id)
def test_nobody_is_rung_who_may_be_close_to_the_danger_or_must_not_get_part_of_it(case: Case) -> None:
    for sitting in as_it_goes(case):
        if Advice(sitting).whom_now:
            assert sitting.judgement.fact("recipient_risky") is False, sitting.given
            assert sitting.judgement.fact("not_a_service") is False, sitting.given
            assert sitting.outcome not in ("share_limited", "anonymise", "do_not_share"), sitting.given


def test_where_names_stay_out_the_line_above_the_questions_says_so() -> None:
    case = ALL["REV-01"]
    asked = {"request": "requested", "recipient_link": "no", "which_law": "plain", "less": "names_off"}
    given = {each.question: each.answer for each in case.answers} | asked
    advice = Advice(Sitting(editions.get(case.edition), case.day, given, case.organisation))
    assert advice.act_now == "Share it without showing who it is about, today."
    assert advice.whom_now == ""


@pytest.mark.parametrize("recipient", ["meeting", "own_lead", "health"])
def test_whom_a_duty_names_is_told_whoever_was_chosen(recipient: str) -> None:
    case = ALL["fgm-told-teacher"]
    given = {each.question: each.answer for each in case.answers} | {"recipient": recipient}
    advice = Advice(Sitting(editions.get(case.edition), case.day, given, case.organisation))
    assert advice.whom_now == "the police"
    assert advice.tell_now.endswith("on a number that you found yourself.")


def test_on_paper_too_it_says_that_questions_are_left_and_which_reasons_are_not_sure() -> None:
    *_, sitting = (each for each in as_it_goes(ALL["adult-with-partner-at-risk"]) if "pressure" not in each.given)
    text = str(recommendation_content(Advice(sitting)))
    assert "Questions are left." in text
    assert "At least one of these is why" in text


def go_until(client: Client, draft: Draft, last: str, given: Mapping[str, object]) -> str:
    """Where the answer to `last` leads."""
    while question := next_question(client, draft):
        response = answer(
            client, draft, question, answer_for(editions.current(london_today()).question(question), given)
        )
        if question == last:
            return str(response.headers["Location"])
    raise AssertionError(f"{last} was not asked")


@pytest.mark.django_db
def test_whoever_may_be_the_danger_is_not_told_where_the_questions_are_still_open(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    go_until(client, draft, "recipient_link", REFUSE)
    page = client.get(url(draft, "recommendation")).content.decode()
    assert "Do not share it" in page
    assert "Go on with the questions" in page
    assert "now what they need" not in page


@pytest.mark.django_db
def test_another_recipient_is_shown_again_and_the_same_one_is_not(alice: Membership) -> None:
    client = signed_in(alice)
    draft = start(client)
    assert go_until(client, draft, "contents", SHARE) == url(draft, "recommendation")
    assert answer(client, draft, "contents", ["health"]).headers["Location"] == url(draft, "quality")
    assert answer(client, draft, "recipient", "police").headers["Location"] == url(draft, "recommendation")
    page = client.get(url(draft, "recommendation")).content.decode()
    assert "Tell the police now what they need" in page
    assert answer(client, draft, "harm_subject", "no_harm").headers["Location"] != url(draft, "recommendation")
    assert "now what they need" not in client.get(url(draft, "recommendation"), follow=True).content.decode()
