"""What changed between two texts, word by word: for showing a correction beside what it corrects. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "new"]
WORD = re.compile(r"\S+\s*|\s+")  # with the space after it, or every space would be something that stayed
LONG = 4_000  # words; beyond it the search for what stayed the same would take seconds


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


def redline(before: str, after: str) -> list[Piece]:
    """In reading order; the same and the gone together are `before`, the same and the new are `after`."""
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) + len(new) > LONG:
        return [piece for piece in (Piece("gone", before), Piece("new", after)) if piece.text]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [piece for piece in (Piece("gone", "".join(old[a:b])), Piece("new", "".join(new[c:d]))) if piece.text]
    return pieces
