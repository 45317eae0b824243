"""What the decisions app stores: drafts, the records that they become, and the directory of partners."""

from .drafts import Draft, DraftKey, HeldAnswer
from .partners import Partner, PartnerEvent
from .records import Amendment, DecisionRecord, RecordRead
from .views import SavedView
from .visibility import LogSettings, Recusal, Restriction, VisibilityChange

__all__ = [
    "Amendment",
    "DecisionRecord",
    "Draft",
    "DraftKey",
    "HeldAnswer",
    "LogSettings",
    "Partner",
    "PartnerEvent",
    "RecordRead",
    "Recusal",
    "Restriction",
    "SavedView",
    "VisibilityChange",
]
