"""What retention stores: rules, due dates, reviews, holds, sweeps. Fields and constraints only; writes are services."""

from .calendars import CalendarKey
from .holds import Hold, Lifting, Scope
from .keeping import KeptChange
from .reviews import Answer, ReviewTask
from .rules import Action, RetentionRule, RuleProposal, RuleVersion, Verification
from .schedules import ScheduleItem, State, TriggerEntry, Unscheduled
from .settings import RetentionSettings
from .sweeps import SweepRun

__all__ = [
    "Action",
    "Answer",
    "CalendarKey",
    "Hold",
    "KeptChange",
    "Lifting",
    "RetentionRule",
    "RetentionSettings",
    "ReviewTask",
    "RuleProposal",
    "RuleVersion",
    "ScheduleItem",
    "Scope",
    "State",
    "SweepRun",
    "TriggerEntry",
    "Unscheduled",
    "Verification",
]
