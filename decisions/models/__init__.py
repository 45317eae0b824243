"""What the decisions app stores: drafts, the records that they become, what has to follow, and the directory."""

from .advice import AdviceRequest, RecordAdviser
from .confirmations import Confirmation
from .drafts import Draft, HeldAnswer
from .exports import Export
from .partners import Partner, PartnerEvent
from .practice import PracticeSitting
from .recipients import RecordRecipient
from .records import Amendment, DecisionRecord, RecordRead
from .reviews import LEADS_TURN, WEIGHT, Mark, Review, ReviewAnswer, ReviewItem
from .tasks import ESCALATES, Clocks, FollowUpTask
from .tokens import SearchToken
from .views import SavedView
from .visibility import LogSettings, Recusal, Restriction, VisibilityChange

__all__ = [
    "ESCALATES",
    "LEADS_TURN",
    "WEIGHT",
    "AdviceRequest",
    "Amendment",
    "Clocks",
    "Confirmation",
    "DecisionRecord",
    "Draft",
    "Export",
    "FollowUpTask",
    "HeldAnswer",
    "LogSettings",
    "Mark",
    "Partner",
    "PartnerEvent",
    "PracticeSitting",
    "RecordAdviser",
    "RecordRead",
    "RecordRecipient",
    "Recusal",
    "Restriction",
    "Review",
    "ReviewAnswer",
    "ReviewItem",
    "SavedView",
    "SearchToken",
    "VisibilityChange",
]
