"""Checks of a record's quality: what a reader will miss, and where it can be added. They advise and block nothing."""

from dataclasses import dataclass
from typing import Any

from . import tokens
from .models import DecisionRecord, SearchToken
from .outcomes import SHARES, Outcome

SHORT = 25  # letters
Content = dict[str, Any]


@dataclass(frozen=True)
class Remark:
    """`part` is the text to correct, "" where something new has to be added."""

    words: str
    part: str = ""


def remarks(record: DecisionRecord, content: Content) -> list[Remark]:
    if record.route == DecisionRecord.Route.EMERGENCY:
        return []
    reasons = content["decision"]["reasons"]
    found = [
        Remark("The reasons are very short. Say what you saw and why it mattered.", "decision.reasons")
        if len(reasons.strip()) < SHORT
        else None,
        Remark("The same reasons stand in other records. Say what was different here.", "decision.reasons")
        if used_before(record, reasons)
        else None,
        *_of_refusal(record, content),
        Remark("It was shared without agreement. The reasons do not say why nobody was asked, or what they said.")
        if _silent_on_agreement(record, reasons)
        else None,
    ]
    return [remark for remark in found if remark]


def _of_refusal(record: DecisionRecord, content: Content) -> list[Remark | None]:
    """Where the record keeps a refusal apart, what it lacks; older records only have their reasons."""
    if record.decided != Outcome.DO_NOT_SHARE:
        return []
    refusal = content.get("refusal") or {}
    return [
        None if refusal.get("discussed") else Remark("It does not say whether this was talked over with who asked."),
        None if refusal.get("look_again_on") else Remark("It does not say when the decision is looked at again."),
    ]


def used_before(record: DecisionRecord, reasons: str) -> bool:
    """Whether another record of the organisation has these reasons, word for word."""
    if not reasons.strip():
        return False
    token = tokens.token(record.organisation, tokens.Field.REASONS, reasons)
    same = SearchToken.objects.within(record.organisation).filter(field=tokens.Field.REASONS, token=token)
    return bool(same.exclude(record=record).exists())


MENTIONS = ("agree", "consent", "ask", "told", "tell", "refus", "safe to", "permission")


def _silent_on_agreement(record: DecisionRecord, reasons: str) -> bool:
    without = record.decided in SHARES - {Outcome.SHARE_WITH_CONSENT, Outcome.ANONYMISE}
    asked_for = record.agreement in ("refused", "do_not_ask")
    return without and asked_for and not any(word in reasons.casefold() for word in MENTIONS)
