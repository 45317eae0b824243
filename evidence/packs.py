"""What one pack is about: whose, which period, which records, made by whom, why. Fixed before the first byte leaves."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership, Organisation
from infoshare.days import day_words
from infoshare.ledger.models import Checkpoint


@dataclass(frozen=True)
class Pack:
    """`records` are those the maker may know of, `filters` the words of the filters in use besides the period."""

    by: Membership
    at: datetime
    since: date
    until: date
    records: QuerySet[DecisionRecord]
    count: int
    checkpoint: Checkpoint
    filters: list[str] = field(default_factory=list)
    reason: str = ""
    with_text: bool = False

    @property
    def organisation(self) -> Organisation:
        return self.by.organisation

    @property
    def period(self) -> str:
        return f"{day_words(self.since)} to {day_words(self.until)}"

    @cached_property
    def of_records(self) -> Any:
        """The same records without an order, to be counted or to be asked of by sub-select."""
        return self.records.order_by()
