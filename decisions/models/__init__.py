"""What the decisions app stores: drafts, and the records that they become."""

from .drafts import Draft, HeldAnswer
from .records import Amendment, DecisionRecord, RecordRead
from .views import SavedView
from .visibility import LogSettings, Recusal, Restriction, VisibilityChange

__all__ = [
    "Amendment",
    "DecisionRecord",
    "Draft",
    "HeldAnswer",
    "LogSettings",
    "RecordRead",
    "Recusal",
    "Restriction",
    "SavedView",
    "VisibilityChange",
]
