"""From what the guide says has to follow, the steps that would otherwise be forgotten become tasks with a day.

What to do now is on the receipt. NOT what the person promised for a day of their own: promises.py.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from decisions.engine.ruleset import SetItem
from decisions.guide.sitting import Sitting
from decisions.models import DecisionRecord, FollowUpTask
from decisions.outcomes import SHARES, Outcome
from infoshare.accounts.models import Membership, User
from infoshare.accounts.roles import Permission
from infoshare.accounts.selectors import people_who_may
from infoshare.days import end_of_day, working_days_later

from .follow_ups import open_task

Kind = FollowUpTask.Kind


class Follows(NamedTuple):
    """Which task an item of the rule set's `tasks` becomes, and after which decisions."""

    kind: str
    after: frozenset[Outcome]


FOLLOWS = {
    "confirm_receipt": Follows(Kind.CONFIRM_RECEIPT, SHARES),
    "advice_today": Follows(Kind.TAKE_ADVICE, SHARES),
    "senior_view": Follows(Kind.SENIOR_VIEW, SHARES | {Outcome.DO_NOT_SHARE}),
    "policy_document": Follows(Kind.POLICY_DOCUMENT, SHARES),
    "find_condition": Follows(Kind.NAME_CONDITION, SHARES),
}


def open_what_follows(record: DecisionRecord, sitting: Sitting, decided: str, by: Membership, at: datetime) -> None:
    """Part of recording; each once for a record."""
    for item in _items(sitting):
        follows = FOLLOWS[item.id]
        if Outcome(decided) in follows.after and not _covered(follows.kind, by):
            _open(record, follows.kind, f"{item.text}.", _due(item.tags.get("due", ""), at), _owner(item, by), by)


def _items(sitting: Sitting) -> Iterator[SetItem]:
    for item_set in sitting.ruleset.sets:
        if item_set.id == "tasks":
            members = sitting.judgement.members(item_set.id)
            yield from (item for item in item_set.items if item.id in members and item.id in FOLLOWS)


def _covered(kind: str, by: Membership) -> bool:
    """There is one policy document: while somebody sees to it, no second task."""
    same = FollowUpTask.objects.within(by.organisation).filter(kind=kind, closed_at=None)
    return kind == Kind.POLICY_DOCUMENT and same.exists()


def _due(tag: str, at: datetime) -> datetime:
    return end_of_day(at) if tag == "today" else working_days_later(at, 1)


def _owner(item: SetItem, by: Membership) -> User:
    """The IG lead where the step is theirs and there is one; else whoever recorded."""
    lead = people_who_may(Permission.ADVISE, by.organisation).first() if item.tags.get("who") == "ig_lead" else None
    return lead or by.user


def _open(record: DecisionRecord, kind: str, words: str, due: datetime, owner: User, by: Membership) -> None:
    key, others = f"{kind}:{record.pk}", owner != by.user
    open_task(record=record, draft=None, owner=owner, kind=kind, words=words, due_at=due, key=key, tell=others)
