"""The periods in force for what is not a record, within one organisation; and whose time is over. Reads only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from decisions import tokens
from decisions.guide import held as typed
from decisions.models import Draft
from decisions.services import forgetting
from infoshare.accounts import sessions
from infoshare.accounts.models import Organisation
from infoshare.ledger import crypto
from infoshare.notices import selectors as notices
from infoshare.outbox import selectors as outbox

from .categories import category_of
from .covering import covered
from .keeping import DAYS_OF_WARNING, Kept, Usual, cut, usual
from .models import Hold, KeptChange, Scope
from .models.asked import AskedState
from .selectors import COUNT_LIMIT

# Kind → what of it is older than a moment. Sign-ins, and what was typed while signed out, belong to no organisation.
OLD: dict[Kept, Callable[[Organisation, datetime], QuerySet[Any]]] = {
    Kept.DRAFT: forgetting.idle_drafts,
    Kept.PRACTICE: forgetting.practice_before,
    Kept.NOTICE: notices.made_before,
    Kept.LETTER: lambda organisation, before: outbox.posted_before(organisation.pk, before),
    Kept.EXPORT: forgetting.exports_before,
    Kept.READ: forgetting.reads_before,
    Kept.TYPED: lambda organisation, before: typed.too_old(),
    Kept.SESSION: lambda organisation, before: sessions.ended(),
}


@dataclass(frozen=True)
class Period:
    """How long one kind is kept. `change` is what the organisation made of it, None for what we ship."""

    usual: Usual
    change: KeptChange | None

    @property
    def days(self) -> int:
        return self.change.days if self.change else self.usual.days

    @property
    def mandate(self) -> str:
        return self.change.mandate if self.change else self.usual.mandate


def periods(organisation: Organisation) -> dict[Kept, Period]:
    agreed = changes(organisation).filter(state=AskedState.APPROVED).order_by("kind", "-pk").distinct("kind")
    newest = {each.kind: each for each in agreed.select_related("asked_by", "decided_by")}
    return {kind: Period(rule, newest.get(kind)) for kind, rule in usual().items()}


def changes(organisation: Organisation) -> QuerySet[KeptChange]:
    found: QuerySet[KeptChange] = KeptChange.objects.within(organisation).select_related("asked_by", "decided_by")
    return found


def waiting_changes(organisation: Organisation) -> QuerySet[KeptChange]:
    return changes(organisation).filter(state=AskedState.WAITING)


def in_force(organisation: Organisation) -> list[Hold]:
    found: QuerySet[Hold] = Hold.objects.within(organisation).filter(lifted_at=None)
    return list(found.select_related("organisation"))


def over(organisation: Organisation, kind: Kept, before: datetime, holds: list[Hold]) -> QuerySet[Any]:
    """What of a kind is older than `before` and may go: holds keep what they reach. Drafts are asked one by one."""
    found = OLD[kind](organisation, before)
    if usual()[kind].held and any(hold.scope == Scope.ORGANISATION for hold in holds):
        return found.none()
    column = {Kept.READ: "record", Kept.EXPORT: "reference"}.get(kind)
    for hold in holds if column else ():
        reach = Q(**{f"{column}__in": covered(hold).order_by().values("record")})
        if hold.scope == Scope.RECORD:
            reach |= Q(**{str(column): hold.record_id})
        # An export of many records may hold any of them: while a hold is in force its note stays.
        found = found.exclude(reach | Q(reference="") if kind is Kept.EXPORT else reach)
    return found


def is_held(draft: Draft, holds: list[Hold]) -> bool:
    """Does a hold reach this draft? One that cannot be opened is kept while there is any that might."""
    reaching = [hold for hold in holds if hold.scope in (Scope.ORGANISATION, Scope.CASE, Scope.CATEGORY)]
    if not reaching:
        return False
    try:
        case, answers = draft.details.get("case_reference", ""), draft.answers
    except crypto.CannotOpen:
        return True
    token = tokens.token(draft.organisation, tokens.Field.CASE_REFERENCE, case) if case.strip() else None
    kind = category_of(draft.organisation.kind, answers)
    return any(_reaches(hold, token, kind) for hold in reaching)


def _reaches(hold: Hold, case: bytes | None, category: str) -> bool:
    if hold.scope == Scope.CASE:
        return case is not None and hold.case_index is not None and bytes(hold.case_index) == case
    return hold.scope == Scope.ORGANISATION or hold.category == category


def counted(organisation: Organisation, kind: Kept, days: int, as_of: date) -> int:
    """How many would go by this period on `as_of`, a draft's warning aside; stops counting at COUNT_LIMIT + 1."""
    holds = in_force(organisation)
    found = over(organisation, kind, cut(as_of, days), holds)[: COUNT_LIMIT + 1]
    return sum(not is_held(draft, holds) for draft in found) if kind is Kept.DRAFT else found.count()


def to_warn_of(organisation: Organisation, as_of: date, days: int) -> QuerySet[Draft]:
    """Drafts whose time is nearly over and whose author does not know it."""
    return forgetting.idle_drafts(organisation, cut(as_of, days - DAYS_OF_WARNING)).filter(goes_on=None)


def would_go(organisation: Organisation, as_of: date) -> dict[Kept, int]:
    """What a sweep on that day would delete, by kind. Sign-ins are the whole site's, and so not shown."""
    found = periods(organisation)
    return {kind: counted(organisation, kind, found[kind].days, as_of) for kind in found if not usual()[kind].fixed}
