"""Practice sittings: begun, answered, compared with the model answers. Never a draft, never a record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from decisions import cases, editions
from decisions.cases import Case
from decisions.engine import ask
from decisions.engine.ruleset import Question
from decisions.guide.sitting import Sitting
from decisions.guide.wording import answer_words
from decisions.models import PracticeSitting
from infoshare.accounts.models import Membership

from . import library


def of(by: Membership) -> QuerySet[PracticeSitting]:
    """The person's own, within the organisation acted for."""
    found: QuerySet[PracticeSitting] = PracticeSitting.objects.within(by.organisation).filter(person=by.user)
    return found


def find(by: Membership, sitting_id: UUID) -> PracticeSitting | None:
    return of(by).filter(pk=sitting_id).first()


def start(*, by: Membership, case: Case) -> PracticeSitting:
    """Begin afresh: what was answered to this case before is forgotten."""
    blank = {"answers": {}, "started_at": timezone.now(), "saved_at": timezone.now()}
    begun: PracticeSitting
    begun, _ = PracticeSitting.objects.update_or_create(
        organisation=by.organisation, person=by.user, case=case.id, defaults=blank
    )
    return begun


def answer(practice: PracticeSitting, case: Case, question: Question, value: Any) -> None:
    """Save an answer; answers that no longer apply are dropped."""
    ruleset = editions.get(case.edition)
    kept, _ = ask.replay(ruleset, {**practice.answers, question.id: value, **case.organisation}, case.day)
    practice.answers = {name: given for name, given in kept.items() if name not in case.organisation}
    practice.saved_at = timezone.now()
    practice.save(update_fields=["answers", "saved_at"])


def sitting(practice: PracticeSitting, case: Case) -> Sitting:
    """The answers before the edition and the law of the case's day, as its organisation."""
    known = dict(case.organisation)
    return Sitting(ruleset=editions.get(case.edition), day=case.day, given=dict(practice.answers), known=known)


@dataclass(frozen=True)
class Compared:
    """One question: what the person answered and what the model answer is; "" where it was not asked."""

    question: str
    yours: str
    model: str
    why: str

    @property
    def same(self) -> bool:
        return self.yours == self.model


def compare(practice: PracticeSitting, case: Case) -> Iterator[Compared]:
    """Question by question in the rule set's order, those asked of neither left out."""
    model = cases.sit(case)
    prepared = {given.question: given for given in case.answers}
    for question in model.ruleset.questions:
        yours = practice.answers.get(question.id)
        theirs = prepared[question.id] if question.id in model.asked else None
        if question.id in case.organisation or (yours is None and theirs is None):
            continue
        yield Compared(
            question=question.text,
            yours="" if yours is None else answer_words(question, yours),
            model=answer_words(question, ask.check_answer(question, theirs.answer)) if theirs else "",
            why=theirs.quote if theirs else "",
        )


def cases_of(by: Membership) -> dict[str, PracticeSitting]:
    """Case id → the person's sitting of it."""
    return {practice.case: practice for practice in of(by) if library.find(practice.case)}
