"""Every write to a draft. Two tabs are merged answer by answer; where they differ, the person chooses.

No permission checks: callers pass a draft they fetched through selectors.draft_for.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from decisions import editions
from decisions.engine import ask
from decisions.engine.ruleset import Question
from decisions.models import Draft
from infoshare.accounts.models import Membership

from . import law_changes
from .law_changes import Changes
from .profile import profile_answers

NOTHING = None
# Why an answer stands in the draft's history.
CHANGED, NOT_ASKED = "changed", "not asked"


class Conflict(Exception):
    """Another tab or device saved a different answer to the same question in the meantime."""

    def __init__(self, saved: Any) -> None:
        super().__init__("saved differently elsewhere")
        self.saved = saved


def fingerprint(answer: Any) -> str:
    """What a page carries to say which saved answer it was showing, without carrying the answer itself."""
    return hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()[:16]


def start(*, by: Membership, case_reference: str, day: date) -> Draft:
    return Draft.objects.create(  # type: ignore[misc]  # details is a property
        organisation=by.organisation,
        team=by.team,
        author=by.user,
        edition=editions.current(on=day).edition,
        details={"case_reference": case_reference, law_changes.LAW_DAY: law_changes.law_day(day)},
    )


def copy(*, by: Membership, case_reference: str, answers: dict[str, Any], day: date) -> tuple[Draft, int]:
    """A new draft with those of the answers that today's edition still asks for, and how many it does not."""
    draft = start(by=by, case_reference=case_reference, day=day)
    kept, _ = _replay(draft, answers, day)

    def change(fresh: Draft) -> None:
        fresh.answers = kept

    _save(draft, change)
    return draft, len(answers) - len(kept)


def go_on_from(draft: Draft) -> Draft:
    """A new draft with the same answers and no decision yet, for when this one has become an interim record."""
    return Draft.objects.create(  # type: ignore[misc]  # answers and details are properties
        organisation=draft.organisation,
        team=draft.team,
        author=draft.author,
        edition=draft.edition,
        answers=dict(draft.answers),
        details={page: kept for page, kept in draft.details.items() if page not in ("decision", "typed")},
    )


def save_answer(draft: Draft, question: Question, answer: Any, *, seen: str, day: date) -> list[str]:
    """Save one answer; `seen` is the fingerprint of the one the page showed. Returns ids of answers set aside.

    Raises Conflict when someone saved another answer to this question since, AnswerError when it is not offered.
    """
    answer = ask.check_answer(question, answer)
    set_aside: list[str] = []

    def change(fresh: Draft) -> None:
        refuse_conflict(fresh.answers.get(question.id), answer, seen)
        set_aside[:] = _answer(fresh, question.id, answer, day)

    _save(draft, change)
    return set_aside


def would_set_aside(draft: Draft, question: Question, answer: Any, day: date) -> list[str]:
    """The ids of the answers that would no longer apply. Saves nothing."""
    return _replay(draft, {**draft.answers, question.id: answer}, day)[1]


def save_details(draft: Draft, page: str, details: Any, *, seen: str) -> None:
    """Save what a page that is not a question asks. Raises Conflict as save_answer does."""

    def change(fresh: Draft) -> None:
        refuse_conflict(fresh.details.get(page), details, seen)
        fresh.details[page] = details

    _save(draft, change)


def save_typed(draft: Draft, page: str, fields: dict[str, list[str]], *, seen: str) -> None:
    """Keep what is being typed on a page until the page itself is saved, which makes its fingerprint another."""

    def change(fresh: Draft) -> None:
        fresh.details.setdefault("typed", {})[page] = {"fields": fields, "seen": seen}

    _save(draft, change)


def add_advice(draft: Draft, entry: dict[str, Any]) -> None:
    """A reply to what was asked about the draft; comes from the adviser, not from the author's page."""

    def change(fresh: Draft) -> None:
        fresh.details["advice"] = [*fresh.details.get("advice", []), entry]

    _save(draft, change)


def save_part(draft: Draft, page: str, part: str, details: Any, *, seen: str) -> None:
    """Save one part of what a page keeps, such as one person's, beside the others. May raise Conflict."""

    def change(fresh: Draft) -> None:
        saved = fresh.details.get(page) or {}
        refuse_conflict(saved.get(part), details, seen)
        fresh.details[page] = {**saved, part: details}

    _save(draft, change)


def save_parts(draft: Draft, page: str, parts: dict[str, Any], *, seen: str) -> None:
    """Save several parts at once; `seen` is the fingerprint of those of them that the page showed (parts_of)."""

    def change(fresh: Draft) -> None:
        refuse_conflict(parts_of(fresh, page, parts) or NOTHING, parts, seen)
        fresh.details[page] = {**(fresh.details.get(page) or {}), **parts}

    _save(draft, change)


def parts_of(draft: Draft, page: str, parts: Iterable[str]) -> dict[str, Any]:
    """What is saved of these parts so far."""
    saved = draft.details.get(page) or {}
    return {part: saved[part] for part in parts if part in saved}


def change_details(draft: Draft, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what several pages ask, or one part of a page's answer; `change` is called again if somebody else wrote.

    It may raise Conflict by way of refuse_conflict.
    """
    _save(draft, lambda fresh: change(fresh.details))


def move_to_today(draft: Draft, day: date) -> Changes | None:
    """Bring a draft to the edition and law in force on `day`; says what changed, None if nothing did."""
    changes = law_changes.since(draft, day)
    if changes is None:
        return None

    def change(fresh: Draft) -> None:
        fresh.edition = editions.current(on=day).edition
        changes.dropped = _keep_what_applies(fresh, fresh.answers, day)
        fresh.details[law_changes.LAW_DAY] = law_changes.law_day(day)

    _save(draft, change)
    return changes


def keep(draft: Draft) -> None:
    """As if it had been saved just now, so that its time begins anew. No other tab notices."""
    Draft.objects.filter(pk=draft.pk).update(saved_at=timezone.now(), goes_on=None)


def delete(draft: Draft) -> None:
    Draft.objects.filter(pk=draft.pk).delete()


def refuse_conflict(saved: Any, new: Any, seen: str) -> None:
    if saved not in (NOTHING, new) and fingerprint(saved) != seen:
        raise Conflict(saved)


def _answer(draft: Draft, question_id: str, answer: Any, day: date) -> list[str]:
    before = draft.answers.get(question_id, answer)
    if before != answer:
        _remember(draft, question_id, before, CHANGED)
    return _keep_what_applies(draft, {**draft.answers, question_id: answer}, day)


def _keep_what_applies(draft: Draft, answers: dict[str, Any], day: date) -> list[str]:
    """Keep the answers to questions still asked; the others go to the draft's history."""
    kept, dropped = _replay(draft, answers, day)
    draft.answers = kept
    for question_id in dropped:
        _remember(draft, question_id, answers[question_id], NOT_ASKED)
    return dropped


def _replay(draft: Draft, answers: dict[str, Any], day: date) -> tuple[dict[str, Any], list[str]]:
    """(the answers that still apply, the ids of those that do not); what the profile answers is in neither."""
    ruleset = editions.current(on=day)
    known = profile_answers(ruleset, draft.organisation, day)
    kept, dropped = ask.replay(ruleset, {**answers, **known}, day)
    return {q: a for q, a in kept.items() if q not in known}, [q for q in dropped if q in answers]


def _remember(draft: Draft, question_id: str, answer: Any, why: str) -> None:
    past = {"question": question_id, "answer": answer, "why": why, "at": timezone.now().isoformat()}
    draft.details.setdefault("history", []).append(past)


def _save(draft: Draft, change: Callable[[Draft], None]) -> None:
    """Change and write, if nobody else wrote since it was read; else once more, while nobody else can."""
    change(draft)
    if _write(draft):
        return
    with transaction.atomic():
        held = Draft._base_manager.select_for_update()
        draft.refresh_from_db(fields=["sealed", "edition", "version"], from_queryset=held)
        change(draft)
        _write(draft)


def _write(draft: Draft) -> bool:
    """Was it still as it was read?"""
    written = Draft.objects.filter(pk=draft.pk, version=draft.version).update(
        sealed=draft.shut(),
        edition=draft.edition,
        version=draft.version + 1,
        saved_at=timezone.now(),
        goes_on=None,
    )
    draft.version += written
    return bool(written)
