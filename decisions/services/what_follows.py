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
    """Which task an item of the rule set's `tasks` becomes, and after which decisions.

    The item's own words are for whoever decides; `for_lead` tells the IG lead what falls to them.
    """

    kind: str
    after: frozenset[Outcome]
    for_lead: str = ""


FOLLOWS = {
    "confirm_receipt": Follows(Kind.CONFIRM_RECEIPT, SHARES),
    "advice_today": Follows(Kind.TAKE_ADVICE, SHARES),
    "senior_view": Follows(Kind.SENIOR_VIEW, SHARES | {Outcome.DO_NOT_SHARE}),
    "policy_document": Follows(
        Kind.POLICY_DOCUMENT,
        SHARES,
        "Sensitive information is being shared, and your organisation has no policy document for that in force. "
        "Write or renew it, and ask your system administrator to enter it in the legal profile.",
    ),
    "find_condition": Follows(
        Kind.NAME_CONDITION,
        SHARES,
        "No condition in the law fits the answers about sensitive information. Name one, or say what has to change.",
    ),
}


def open_what_follows(record: DecisionRecord, sitting: Sitting, decided: str, by: Membership, at: datetime) -> None:
    """Part of recording; each once for a record."""
    for item in _items(sitting):
        follows = FOLLOWS[item.id]
        if Outcome(decided) in follows.after and not _covered(follows.kind, by):
            owner = _owner(item, by)
            words = follows.for_lead if follows.for_lead and owner != by.user else f"{item.text}."
            _open(record, follows.kind, words, _due(item.tags.get("due", ""), at), owner, by)


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
