"""Checks of a record's quality: what a reader will miss, and where it can be added. They advise and block nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import corrections, tokens
from .guide.refusal import ASKED
from .models import DecisionRecord, SearchToken
from .outcomes import SHARES, Outcome

SHORT = 25  # letters
Content = dict[str, Any]


@dataclass(frozen=True)
class Remark:
    """`asks` is the same as a question to the author. `part` is the text to correct, "" where something is missing."""

    key: str
    words: str
    asks: str
    part: str = ""


REASONS = "decision.reasons"
SHORT_REASONS = Remark(
    "short",
    "The reasons are very short. Say what you saw and why it mattered.",
    "Your reasons are very short. What did you see, and why did it matter?",
    REASONS,
)
COPIED = Remark(
    "copied",
    "The same reasons stand in other records. Say what was different here.",
    "The same reasons stand in other records. What was different here?",
    REASONS,
)
NO_REPLY = Remark(
    "reply",
    "It does not say what was answered to whoever asked.",
    "What was answered to whoever asked, when and by whom?",
)
NOT_DISCUSSED = Remark(
    "discussed",
    "It does not say whether this was talked over with whoever asked.",
    "Was this talked over with whoever asked? If so, when and with whom; if not, why not?",
)
NO_DAY = Remark(
    "look_again",
    "It does not say when the decision is looked at again.",
    "When will you look at this decision again?",
)
AGREEMENT = Remark(
    "agreement",
    "It was shared without agreement. The reasons do not say why nobody was asked, or what they said.",
    "It was shared without agreement. Why was nobody asked, or what did they say?",
)
ALL = {each.key: each for each in (SHORT_REASONS, COPIED, NO_REPLY, NOT_DISCUSSED, NO_DAY, AGREEMENT)}


def remarks(record: DecisionRecord, content: Content, entries: Sequence[Content] = ()) -> list[Remark]:
    """What still lacks, with the later entries: a corrected text counts as it now reads."""
    if record.route == DecisionRecord.Route.EMERGENCY:
        return []
    reasons = corrections.newest(content, entries, REASONS)
    lacks = {
        SHORT_REASONS: len(reasons.strip()) < SHORT,
        COPIED: used_before(record, reasons),
        **_of_refusal(record, content),
        AGREEMENT: _silent_on_agreement(record, reasons),
    }
    filled = {entry.get(FILLS) for entry in entries}
    return [remark for remark, stands in lacks.items() if stands and remark.key not in filled]


FILLS = "fills"  # of a later entry: the key of the remark it sees to


def _of_refusal(record: DecisionRecord, content: Content) -> dict[Remark, bool]:
    """Where the record keeps a refusal apart, what it lacks; older records only have their reasons."""
    if record.decided != Outcome.DO_NOT_SHARE:
        return {}
    refusal = content.get("refusal") or {}
    answer = refusal.get("answer") or {}
    requested = any(each["id"] == "request" and each["answer"] in ASKED for each in content.get("answers", []))
    return {
        NO_REPLY: requested and not refusal.get("letter"),
        NOT_DISCUSSED: requested and not answer.get("discussed"),
        NO_DAY: not answer.get("look_again_on"),
    }


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
