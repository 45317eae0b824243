"""What a decision promised for a later day, as tasks with reminders: telling somebody, looking again."""

from datetime import date
from typing import Any

from decisions.guide import refusal, telling
from decisions.models import DecisionRecord, FollowUpTask
from infoshare.accounts.models import User
from infoshare.days import end_of_work

from .follow_ups import open_task

Kind = FollowUpTask.Kind


def open_promised(record: DecisionRecord, content: dict[str, Any], owner: User) -> None:
    """One task for each promise, in the transaction of the record."""
    found = [(Kind.TELL_PERSON, *one) for one in telling.follow_ups(content["telling"] or {})]
    if content["refusal"]:
        found += [(Kind.LOOK_AGAIN, *one) for one in refusal.follow_ups(content["refusal"])]
    for kind, part, words, day in found:
        due_at = end_of_work(date.fromisoformat(day))
        key = f"{kind}:{record.reference}:{part}"
        open_task(record=record, draft=None, owner=owner, kind=kind, words=words, due_at=due_at, key=key)
