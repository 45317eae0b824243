"""Items × recipients: what each recipient gets of each item, why, and the sum in words. Values only; saves nothing.

What the rule set says of a recipient comes in as Guidance (guidance.py); the defaults follow from it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from decisions.outcomes import Outcome

Details = Mapping[str, Any]


class Choice(models.TextChoices):
    SHARE = "share", "Send it all"
    REDACT = "redact", "Send part"
    WITHHOLD = "withhold", "Do not send"


class Mark(models.TextChoices):
    LOCATION = "location", "Where someone can be found"
    INFORMANT = "informant", "Who told us or asked for help"
    THIRD_PARTY = "third_party", "About someone else"


TAKEN_OUT = {
    Mark.LOCATION.value: "where they can be found",
    Mark.INFORMANT.value: "who told us",
    Mark.THIRD_PARTY.value: "names of others",
}
GOES = frozenset({Choice.SHARE.value, Choice.REDACT.value})


@dataclass(frozen=True)
class Item:
    """One piece of information that might be shared."""

    id: str
    text: str
    marks: frozenset[str] = frozenset()

    @property
    def tags(self) -> list[str]:
        return [mark.label for mark in Mark if mark.value in self.marks]


@dataclass(frozen=True)
class Recipient:
    """Somebody who may receive some of it, with the address as it was when they were chosen."""

    id: str
    name: str  # a role, or a name; empty where it goes to an organisation as such
    organisation: str
    kind: str
    channel: str
    address: str
    link: str = ""  # the answer to the rule set's question "recipient_link" for this recipient
    partner: int | None = None  # the entry of the directory
    verified_on: str = ""
    verified_by: str = ""
    verified_how: str = ""

    @property
    def who(self) -> str:
        return ", ".join(filter(None, (self.name, self.organisation)))

    @property
    def is_open(self) -> bool:
        """Known from an emergency, where nobody asked yet how they were told."""
        return not self.address


@dataclass(frozen=True)
class Guidance:
    """What the rule set says of one recipient. `outcome` is None where it would have to ask more."""

    outcome: str | None
    text: str
    differs: bool = False
    refuses: bool = False  # nothing goes unless a reason is given
    close: bool = False  # they are or may be close to the danger
    minimise: frozenset[str] = frozenset()  # marks that the rule set leaves out for them
    may_need_names: bool = False  # who else is in the home may be what they keep someone safe by


@dataclass(frozen=True)
class Problem:
    """Something to put right, and the field it is about."""

    field: str
    words: str


@dataclass(frozen=True)
class Cell:
    item: Item
    recipient: Recipient
    default: str
    choice: str
    own_reason: str
    reason: str

    @property
    def goes(self) -> bool:
        return self.choice in GOES

    @property
    def overrides(self) -> bool:
        """Does it go although the default was to withhold it?"""
        return self.goes and self.default == Choice.WITHHOLD


def default_for(item: Item, guidance: Guidance) -> Choice:
    """Withhold what could lead the danger to someone; redact what the rule set leaves out; else share."""
    if guidance.refuses or (guidance.close and item.marks):
        return Choice.WITHHOLD
    return Choice.REDACT if item.marks & guidance.minimise else Choice.SHARE


@dataclass(frozen=True)
class Table:
    items: tuple[Item, ...]
    recipients: tuple[Recipient, ...]
    guidance: Mapping[str, Guidance]  # by the recipient's id
    saved: (
        Details  # {"purpose", "rows": {item: {"reason", "without"}}, "cells": {item: {recipient: {"choice", "why"}}}}
    )

    @property
    def names_others(self) -> bool:
        return any(Mark.THIRD_PARTY.value in item.marks for item in self.items)

    @property
    def purpose(self) -> str:
        return str(self.saved.get("purpose", ""))

    def row(self, item: Item) -> Mapping[str, str]:
        found: Mapping[str, str] = self.saved.get("rows", {}).get(item.id, {})
        return found

    def without(self, item: Item) -> str:
        """What is taken out where it is redacted; until somebody says, what its marks suggest."""
        saved = self.row(item).get("without")
        if saved is not None:
            return saved
        redacted = any(default_for(item, said) == Choice.REDACT for said in self.guidance.values())
        return " and ".join(TAKEN_OUT[mark] for mark in sorted(item.marks)) if redacted else ""

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(self._cell(item, recipient) for item in self.items for recipient in self.recipients)

    def _cell(self, item: Item, recipient: Recipient) -> Cell:
        default = default_for(item, self.guidance[recipient.id])
        saved = self._saved(item, recipient)
        reason = saved.get("why") or self.row(item).get("reason") or self.purpose
        return Cell(item, recipient, default, saved.get("choice", default), saved.get("why", ""), reason)

    def _saved(self, item: Item, recipient: Recipient) -> Mapping[str, str]:
        found: Mapping[str, str] = self.saved.get("cells", {}).get(item.id, {}).get(recipient.id, {})
        return found

    def cells_of(self, recipient: Recipient) -> list[Cell]:
        return [cell for cell in self.cells if cell.recipient == recipient]

    def cells_for(self, item: Item) -> list[Cell]:
        return [cell for cell in self.cells if cell.item == item]

    def by_default(self, purpose: str) -> dict[str, Any]:
        """What would be saved if every default stood."""
        rows = {item.id: {"reason": "", "without": self.without(item)} for item in self.items}
        cells: dict[str, Any] = {item.id: {} for item in self.items}
        for cell in self.cells:
            cells[cell.item.id][cell.recipient.id] = {"choice": cell.default, "why": ""}
        return {"purpose": purpose, "rows": rows, "cells": cells}

    @property
    def decided_on_every_cell(self) -> bool:
        return all("choice" in self._saved(cell.item, cell.recipient) for cell in self.cells)

    def problems(self, decided: str) -> list[Problem]:
        """What stands in the way of recording this table with that decision."""
        found = [] if self.purpose else [Problem("purpose", "Enter what they need it for")]
        found += [Problem(why_field(cell), _why(cell)) for cell in self.cells if cell.overrides and not cell.own_reason]
        found += list(self._without())
        if self.cells and not any(cell.goes for cell in self.cells):
            found.append(Problem("", "Nobody gets anything. Share at least one item, or change your decision"))
        elif decided == Outcome.SHARE_LIMITED and all(cell.choice == Choice.SHARE for cell in self.cells):
            words = (
                "You decided to share only part. "
                "Choose ‘Send part’ or ‘Do not send’ for at least one item, or change your decision"
            )
            found.append(Problem("", words))
        return found

    def _without(self) -> Iterator[Problem]:
        for item in self.items:
            redacts = any(cell.choice == Choice.REDACT for cell in self.cells_for(item))
            if redacts and not self.without(item):
                yield Problem(without_field(item), f"Enter what you take out of ‘{item.text}’, such as names")

    def sentence(self, recipient: Recipient) -> str:
        """The sum: "Duty officer, Safeguarding Hub will get 3 items, 1 of them without names."."""
        goes = [cell for cell in self.cells_of(recipient) if cell.goes]
        redacted = [cell.item for cell in goes if cell.choice == Choice.REDACT]
        if not goes:
            return f"{recipient.who} gets nothing."
        count = "1 item" if len(goes) == 1 else f"{len(goes)} items"
        return f"{recipient.who} will get {count}{self._redacted_words(redacted)}."

    def _redacted_words(self, redacted: list[Item]) -> str:
        if not redacted:
            return ""
        without = self.without(redacted[0]) if len(redacted) == 1 else ""
        return f", {len(redacted)} of them " + (f"without {without}" if without else "in part")

    @property
    def summary(self) -> str:
        return " ".join(self.sentence(recipient) for recipient in self.recipients)


def _why(cell: Cell) -> str:
    return f"Say why {cell.recipient.who} must have ‘{cell.item.text}’, or choose ‘Do not send’"


def cell_field(item: Item, recipient: Recipient) -> str:
    return f"cell-{item.id}-{recipient.id}"


def why_field(cell: Cell) -> str:
    return f"why-{cell.item.id}-{cell.recipient.id}"


def without_field(item: Item) -> str:
    return f"without-{item.id}"


def reason_field(item: Item) -> str:
    return f"reason-{item.id}"
