"""What came to a record after it was made, as a page or a paper tells it. NOT the record itself: that is reading.py."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from decisions import corrections, selectors
from decisions.models import Amendment, Confirmation, DecisionRecord, Review
from decisions.recipients import Channel
from decisions.redline import Piece, redline
from infoshare.days import LONDON, clock_words, day_words, london_date

SORTS = {"late": "Came to light later", "missing": "Was missing", "correction": "Correction", "": "Added"}


@dataclass(frozen=True)
class Entry:
    """One later entry. `pieces` are the words of a correction, changed and unchanged."""

    at: datetime
    who: str
    title: str
    text: str
    why: str = ""
    known_on: date | None = None
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Knowledge:
    """One line of "what we knew, when"."""

    day: date
    added_at: datetime
    what: str
    who: str


class Later:
    """Everything added to a record up to the end of `day`, or until now."""

    def __init__(self, record: DecisionRecord, day: date | None = None) -> None:
        self.record, self.day = record, day
        self.content: dict[str, Any] = record.document.content
        self.amendments: list[Amendment] = list(self._until(selectors.amendments_of(record), "added_at"))
        self.confirmations: list[Confirmation] = list(self._until(selectors.confirmations_of(record), "added_at"))
        self.reviews: list[Review] = list(self._until(selectors.reviews_of(record), "reviewed_at"))

    def _until(self, rows: Any, column: str) -> Any:
        if self.day is None:
            return rows
        midnight = datetime.combine(self.day + timedelta(days=1), time.min, LONDON)
        return rows.filter(**{f"{column}__lt": midnight})

    @property
    def entries(self) -> list[Entry]:
        return [self._entry(number, amendment) for number, amendment in enumerate(self.amendments)]

    def _entry(self, number: int, amendment: Amendment) -> Entry:
        said = amendment.document.content
        part, known = said.get("part", ""), said.get("known_on", "")
        title = SORTS.get(said.get("sort", ""), SORTS[""])
        earlier = [each.document.content for each in self.amendments[:number]]
        before = corrections.newest(self.content, earlier, part) if part else ""
        return Entry(
            at=amendment.added_at,
            who=said["by"]["name"],
            title=f"{title}: {corrections.PARTS.get(part, part)}" if part else title,
            text=said["text"],
            why=said.get("why", ""),
            known_on=date.fromisoformat(known) if known else None,
            pieces=redline(before, said["text"]) if part else [],
        )

    @property
    def knowledge(self) -> list[Knowledge]:
        """In the order in which it was known, not in which it was written down."""
        record = self.record
        made = Knowledge(london_date(record.recorded_at), record.recorded_at, "Recorded", self.content["by"]["name"])
        known = [
            Knowledge(entry.known_on or london_date(entry.at), entry.at, entry.title, entry.who)
            for entry in self.entries
        ]
        told = [
            Knowledge(each.happened_on, each.added_at, each.get_kind_display(), each.document.content["by"]["name"])
            for each in self.confirmations
        ]
        return sorted([made, *known, *told], key=lambda line: (line.day, line.added_at))

    @property
    def knowledge_rows(self) -> list[tuple[str, str, str, str]]:
        return [(day_words(line.day), line.what, line.who, clock_words(line.added_at)) for line in self.knowledge]

    @property
    def sent(self) -> bool:
        """Has anybody confirmed that anything was sent, or that it arrived?"""
        return any(each.kind in (Confirmation.Kind.SENT, Confirmation.Kind.RECEIVED) for each in self.confirmations)

    @property
    def confirmation_rows(self) -> list[tuple[str, ...]]:
        return [
            (
                each.get_kind_display(),
                day_words(each.happened_on),
                each.document.content["whom"],
                dict(Channel.choices).get(each.document.content["how"], each.document.content["how"]),
                each.document.content["note"],
                each.document.content["by"]["name"],
            )
            for each in self.confirmations
        ]
