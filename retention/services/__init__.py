"""Every deed of retention. Permissions are checked again here, and who asked never decides."""

from .dates import enter_date
from .holds import ask_to_lift, decide_lifting, place_hold
from .rules import RuleChangedMeanwhile, adopt_defaults, decide_proposal, propose_rule
from .setting import change_settings
from .sweeps import DAYS_WITHOUT_A_PERSON, SweepRefused, sweep
from .two_people import AlreadyDecided

__all__ = [
    "DAYS_WITHOUT_A_PERSON",
    "AlreadyDecided",
    "RuleChangedMeanwhile",
    "SweepRefused",
    "adopt_defaults",
    "ask_to_lift",
    "change_settings",
    "decide_lifting",
    "decide_proposal",
    "enter_date",
    "place_hold",
    "propose_rule",
    "sweep",
]
