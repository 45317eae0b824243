"""Hypothesis walks the guide: answers, changes, goes back, reloads, uses a second tab, lets the sign-in expire.

Whatever it does: no error of ours, no lost answer, and the page reached is the engine's.
"""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decisions.engine import ask
from decisions.engine.ruleset import Question
from decisions.guide import drafts
from decisions.guide.sitting import Sitting
from decisions.models import Draft
from infoshare.accounts.models import Membership
from infoshare.days import london_today
from tests.people import signed_in

from .walking import seen, start, url

pytestmark = pytest.mark.django_db
PAGES = ("", "check/", "overview/", "history/", "recommendation/", "decision/", "record/")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("answer", "answer", "answer", "change", "back", "reload", "second tab", "expired")),
        st.integers(0, 11),
    ),
    min_size=8,
    max_size=30,
)


class Walk:
    """One person at one draft, and what the draft should hold."""

    def __init__(self, person: Membership) -> None:
        self.person = person
        self.client = signed_in(person)
        self.draft = start(self.client)
        self.expected: dict[str, Any] = {}

    def sitting(self) -> Sitting:
        return Sitting.of(Draft.objects.get(pk=self.draft.pk), london_today())

    def pick(self, number: int) -> Question | None:
        """An answered question, else the next one."""
        answered = self.sitting().answered
        return answered[number % len(answered)].question if answered else self.sitting().next_question

    def post(self, client: Client, question: Question, form: dict[str, Any], mark: str) -> Any:
        return client.post(url(self.draft, question.id), {**form, "seen": mark, "confirmed": "yes"})

    def expect(self, question: Question, value: Any) -> None:
        sitting = self.sitting()
        kept, _ = ask.replay(sitting.ruleset, {**self.expected, question.id: value, **sitting.known}, sitting.day)
        self.expected = {name: given for name, given in kept.items() if name not in sitting.known}

    def answer(self, number: int) -> None:
        self.give(self.sitting().next_question, number)

    def change(self, number: int) -> None:
        self.give(self.pick(number), number)

    def give(self, question: Question | None, number: int) -> None:
        if question is None:
            return
        form, value = an_answer(question, number)
        response = self.post(self.client, question, form, seen(self.client, self.draft, question.id))
        assert response.status_code == 302
        self.expect(question, value)

    def back(self, number: int) -> None:
        if question := self.pick(number):
            assert self.client.get(url(self.draft, question.id)).status_code == 200

    def reload(self, number: int) -> None:
        path = f"/guide/{self.draft.pk}/{PAGES[number % len(PAGES)]}"
        assert self.client.get(path, follow=True).status_code == 200

    def second_tab(self, number: int) -> None:
        """A tab that does not know the saved answer is asked which one to keep, and changes nothing."""
        answered = self.sitting().answered
        if not answered:
            return
        question = answered[number % len(answered)].question
        form, value = an_answer(question, number)
        response = self.post(self.client, question, form, drafts.fingerprint(None))
        same = value == self.expected[question.id]
        assert response.status_code == (302 if same else 409)

    def expired(self, number: int) -> None:
        """What is posted signed out is there after signing in, and saved by posting again."""
        question = self.sitting().next_question
        if question is None:
            return
        page = self.client.get(url(self.draft, question.id)).content.decode()
        token = page.split('name="holder" value="')[1].split('"')[0]
        form, value = an_answer(question, number)
        self.client.logout()
        response = self.post(self.client, question, {**form, "holder": token}, drafts.fingerprint(None))
        assert response.status_code == 302
        cookies = self.client.cookies
        self.client = signed_in(self.person)
        self.client.cookies["held"] = cookies["held"].value
        assert "Nothing you typed was lost" in self.client.get(url(self.draft, question.id)).content.decode()
        self.post(self.client, question, form, drafts.fingerprint(None))
        self.expect(question, value)

    def check(self) -> None:
        draft = Draft.objects.get(pk=self.draft.pk)
        assert draft.answers == self.expected
        following = self.sitting().next_question
        place = self.client.get(f"/guide/{draft.pk}/").headers["Location"]
        assert place == url(draft, following.id if following else "recommendation")


def an_answer(question: Question, number: int) -> tuple[dict[str, Any], Any]:
    """(what a form sends, what is saved)."""
    if question.kind == "checkboxes":
        chosen = [o for i, o in enumerate(question.option_ids) if number >> i & 1 and o != "unsure"]
        return {"answer": chosen or ["none"]}, ask.check_answer(question, chosen)
    if question.kind == "text":
        return {"answer": f"Words {number}"}, f"Words {number}"
    option = question.option_ids[number % len(question.option_ids)]
    return {"answer": option}, option


DEEDS = {
    "answer": Walk.answer,
    "change": Walk.change,
    "back": Walk.back,
    "reload": Walk.reload,
    "second tab": Walk.second_tab,
    "expired": Walk.expired,
}


def walk(person: Membership, steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        walker = Walk(person)
        for deed, number in steps:
            DEEDS[deed](walker, number)
            walker.check()
        transaction.set_rollback(True)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_error_no_lost_answer_and_the_engines_page(alice: Membership, steps: list[tuple[str, int]]) -> None:
    walk(alice, steps)


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_same_for_longer(alice: Membership, steps: list[tuple[str, int]]) -> None:
    walk(alice, steps)
