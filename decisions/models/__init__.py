"""What the decisions app stores: drafts, the records that they become, and the directory of partners."""

from .drafts import Draft, DraftKey, HeldAnswer
from .partners import Partner, PartnerEvent
from .records import Amendment, DecisionRecord, RecordRead
from .reviews import LEADS_TURN, WEIGHT, Mark, Review, ReviewAnswer, ReviewItem
from .tokens import SearchToken
from .views import SavedView
from .visibility import LogSettings, Recusal, Restriction, VisibilityChange

__all__ = [
    "LEADS_TURN",
    "WEIGHT",
    "Amendment",
    "DecisionRecord",
    "Draft",
    "DraftKey",
    "HeldAnswer",
    "LogSettings",
    "Mark",
    "Partner",
    "PartnerEvent",
    "RecordRead",
    "Recusal",
    "Restriction",
    "Review",
    "ReviewAnswer",
    "ReviewItem",
    "SavedView",
    "SearchToken",
    "VisibilityChange",
]
