"""What the decisions app stores: drafts, and the records that they become."""

from .drafts import Draft, HeldAnswer
from .records import Amendment, DecisionRecord, RecordRead

__all__ = ["Amendment", "DecisionRecord", "Draft", "HeldAnswer", "RecordRead"]
