"""The values that page components are made of. Views build these; templates/components/ draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

TagColour = Literal["", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"]
Kind = Literal["share", "share-care", "ask", "advice", "no"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary list. `about` finishes the link's words for a screen reader: "Change (about)"."""

    key: str
    value: object
    url: str = ""
    action: str = "Change"
    about: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell that is a link, or a number to be set to the right. `hint` stands in a line below, `tag` after."""

    text: object
    url: str = ""
    numeric: bool = False
    hint: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a task list."""

    text: str
    status: str
    url: str = ""
    hint: str = ""
    colour: TagColour = ""


Cells = Sequence[object]  # one row of a table: plain values or Cell

# What a recommendation panel of each kind is called; said in words so that colour is never alone.
KIND_WORDS: dict[str, str] = {
    "share": "Share",
    "share-care": "Share with care",
    "ask": "Ask first",
    "advice": "Get advice first",
    "no": "Do not share",
}
