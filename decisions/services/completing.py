"""The reasons of an emergency: the ordinary guide, prefilled from the record, becomes an amendment of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from decisions import contents, editions, permissions
from decisions.engine import ask
from decisions.engine.ruleset import RuleSet
from decisions.guide import drafts
from decisions.guide.sharing import told
from decisions.models import Amendment, DecisionRecord, Draft, FollowUpTask
from infoshare.accounts.models import Membership
from infoshare.days import london_today

from .closing import close_all
from .queueing import changed
from .sealing import sealed

# What the emergency page asked → the same in the words of the rule set; the first that was told counts.
RECIPIENT = {
    "childrens_social_care": "social_care",
    "adults_social_care": "social_care",
    "police": "police",
    "ambulance": "emergency",
    "fire": "emergency",
    "hospital": "health",
}


def start_completing(*, record: DecisionRecord, by: Membership) -> Draft:
    """The draft for the reasons: the one begun already, else a new one. Its author's alone, like any draft."""
    permissions.check_may_decide(by)
    with transaction.atomic():
        task = FollowUpTask.objects.within(by.organisation).select_for_update(of=("self",)).get(record=record, **OPEN)
        if task.owner_id != by.user_id:
            raise PermissionDenied("Only the person who recorded the emergency can complete its reasons.")
        if task.draft is None:
            task.draft = _prefilled(record.document.content, by)
            task.save(update_fields=["draft"])
    draft: Draft = task.draft
    return draft


OPEN: Mapping[str, Any] = {"kind": FollowUpTask.Kind.COMPLETE_REASONS, "closed_at": None}


def _prefilled(content: dict[str, Any], by: Membership) -> Draft:
    day = london_today()
    draft = drafts.start(by=by, case_reference=content["case_reference"], day=day)
    known = answers(editions.current(on=day), content["emergency"])
    for question_id, answer in known.items():
        question = editions.current(on=day).question(question_id)
        drafts.save_answer(draft, question, answer, seen="", day=day)
    drafts.change_details(draft, lambda details: details.update(told.details(content["emergency"])))
    return draft


def answers(ruleset: RuleSet, told: Mapping[str, Any]) -> dict[str, Any]:
    """What is known from the emergency page, as far as this rule set asks it in these words."""
    known = {"danger_now": "yes"}
    options = [RECIPIENT[recipient] for recipient in RECIPIENT if recipient in told.get("recipients", [])]
    if options:
        known["recipient"] = options[0]
    found = {}
    for question in ruleset.questions:
        if question.id in known and known[question.id] in question.option_ids:
            found[question.id] = ask.check_answer(question, known[question.id])
    return found


def task_of(draft: Draft) -> FollowUpTask | None:
    """The task of completing reasons that this draft is for, if it is for one."""
    found: FollowUpTask | None = draft.tasks.filter(kind=OPEN["kind"]).select_related("record").first()
    return found


def complete(task: FollowUpTask, draft: Draft, content: dict[str, Any], by: Membership, at: datetime) -> DecisionRecord:
    """The amendment, and an end to the clock. `text` is what the record page shows of it first."""
    record = task.record
    assert record is not None
    head = contents.head(reference=record.reference, by=by, at=at)
    document = {**head, **content, "kind": "reasons", "text": content["decision"]["reasons"]}
    amendment = Amendment(
        record=record,
        organisation=by.organisation,
        author=by.user,
        added_at=at,
        completes_reasons=True,
        idempotency_key=draft.pk,
    )
    changed(record)
    sealed(amendment, document)
    close_all(FollowUpTask.objects.filter(pk=task.pk), by)
    return record
