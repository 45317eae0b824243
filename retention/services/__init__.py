"""Every deed of retention. Permissions are checked again here, and who asked never decides."""

from .dates import enter_date
from .disposals import cancel_overtaken, carry_out, to_carry_out
from .holds import ask_to_lift, decide_lifting, place_hold
from .keeping import check_bounds, decide_period, propose_period
from .replaying import replay_disposals
from .reviews import (
    answer_many,
    answer_review,
    approve_many,
    decide_answer,
    object_to,
    take_review,
)
from .rules import RuleChangedMeanwhile, adopt_defaults, decide_proposal, propose_rule
from .setting import change_settings
from .sweeps import DAYS_WITHOUT_A_PERSON, SweepRefused, carry_on, start_in_background, sweep
from .transfers import note_receipt, take_bundle
from .two_people import AlreadyDecided, why_not

__all__ = [
    "DAYS_WITHOUT_A_PERSON",
    "AlreadyDecided",
    "RuleChangedMeanwhile",
    "SweepRefused",
    "adopt_defaults",
    "answer_many",
    "answer_review",
    "approve_many",
    "ask_to_lift",
    "cancel_overtaken",
    "carry_on",
    "carry_out",
    "change_settings",
    "check_bounds",
    "decide_answer",
    "decide_lifting",
    "decide_period",
    "decide_proposal",
    "enter_date",
    "note_receipt",
    "object_to",
    "place_hold",
    "propose_period",
    "propose_rule",
    "replay_disposals",
    "start_in_background",
    "sweep",
    "take_bundle",
    "take_review",
    "to_carry_out",
    "why_not",
]
