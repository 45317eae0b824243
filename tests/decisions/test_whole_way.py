"""From start to receipt: how many pages a published case takes, and how much there is to read at each question."""

from collections import defaultdict

import pytest

from decisions import cases, editions
from decisions.guide import drafts
from infoshare.accounts.models import Membership
from infoshare.days import london_today
from tests.people import signed_in

from .walking import url
from .whole_way import Beside, WholeWay, adopt_profile

pytestmark = pytest.mark.django_db
EDITION = editions.get("2026-09")
LONGEST = "LA-02"  # the published case with the most questions


def test_the_longest_case_takes_no_more_than_26_pages(alice: Membership) -> None:
    """All 22 with their median: make bench NAME=cases."""
    most = max((cases.sit(case) for case in cases.published()), key=lambda sitting: len(sitting.asked))
    assert most.case.id == LONGEST
    names = [page.name for page in WholeWay(alice, most.case).go()]
    assert names[0] == "start"
    assert names[-1] == "recorded"
    assert len(names) <= 26


def cases_for(questions: set[str]) -> dict[str, list[str]]:
    """Case → the questions to look at with its answers, so that each is looked at once."""
    found = defaultdict(list)
    for case in (*cases.published(), *cases.own()):
        its = {given.question for given in case.answers} & questions
        questions = questions - its
        if its:
            found[case.id] = sorted(its)
    assert not questions, f"no case asks {questions}"
    return found


def test_no_question_has_more_than_60_words_besides_its_options(alice: Membership) -> None:
    wordy = {}
    looking = cases_for({question.id for question in EDITION.questions if not question.profile})
    for case in (case for case in (*cases.published(), *cases.own()) if case.id in looking):
        adopt_profile(alice.organisation, case)
        draft = drafts.start(by=alice, case_reference="", day=london_today())
        draft.answers = {given.question: given.answer for given in case.answers}
        draft.save()
        client = signed_in(alice)
        for question in looking[case.id]:
            html = client.get(url(draft, question)).content.decode()
            assert 'name="answer"' in html
            wordy[question] = len(Beside(html).words)
    assert {question: words for question, words in wordy.items() if words > 60} == {}
