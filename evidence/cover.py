"""The cover note: in plain words what the pack is, what is in it, what is left out and why, and how to check it."""

import textwrap
from collections.abc import Iterator, Sequence

from decisions.log import charts, counting
from infoshare.days import clock_words

from .packs import Pack

WIDTH = 100


def note(pack: Pack, files: Sequence[tuple[str, str]]) -> str:
    """As a text file that opens anywhere; `files` are the names of what is in it, each with what it is."""
    lines: list[str] = [f"Evidence pack of {pack.organisation.name}", pack.period, ""]
    for heading, paragraphs in _parts(pack, files):
        lines += [heading.upper(), ""]
        for paragraph in paragraphs:
            lines += [*textwrap.wrap(paragraph, WIDTH), ""]
    return "\r\n".join(lines)


def _parts(pack: Pack, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    yield "What this is", _what(pack)
    yield "What is in it", [f"{name}: {about}." for name, about in files]
    yield "What is left out, and why", _left_out(pack)
    yield "How to check it", HOW
    yield "Keep it safe", [_safe(pack)]


def _what(pack: Pack) -> list[str]:
    roles = ", ".join(pack.by.role_names).lower()
    only = f" Only these: {'; '.join(pack.filters)}." if pack.filters else ""
    return [
        f"This shows how {pack.organisation.name} decided whether to share information to safeguard people, by which "
        "rules, who checked those decisions and how long they are kept. verification.txt says whether the latest check "
        "of the log found that anything was changed afterwards.",
        f"It is about {counting.words(pack.count)} made from {pack.period}.{only}",
        f"Made by {pack.by.user.name} ({roles}) at {clock_words(pack.at)}. Why it was made: {pack.reason}",
    ]


def _left_out(pack: Pack) -> list[str]:
    text = (
        "What the records say of any case. It was not asked for, and is not needed to show how decisions are made. One "
        "record can be had with its text and seal from its own page."
    )
    name, hidden = pack.by.user.name, charts.HIDDEN.lower()
    return [
        *([] if pack.with_text else [text]),
        f"Records that {name} may not read: those restricted to other readers, and those {name} is kept from because "
        "of a part in the matter. They are in no list and no count, and how many there are is not said.",
        "Drafts, advice asked for and practice: they are not decisions.",
        "Records that were disposed of before this was made. disposals.csv has the certificates of the period.",
        f"In counts.csv the smallest numbers: each is given only as ‘{hidden}’, so that none points to one family.",
    ]


HOW = [
    "python3 check_bundle.py in the folder of these files checks the signature of the checkpoint, and each record "
    "whose text is included. It needs Python 3.9 or newer and nothing else: no network, no account.",
    "It shows the key that signed. To know that this key is the organisation’s, compare it with one from elsewhere: "
    "a checkpoint that was e-mailed on another day has it.",
]


def _safe(pack: Pack) -> str:
    if pack.with_text:
        return (
            "Whoever has this can read the records, and the keys to them are in it. Keep it as you keep case files, "
            "send it only in a secure way, and delete it when it is no longer needed."
        )
    return (
        "It names colleagues and case references, not the people that cases are about. Keep it as you keep case files, "
        "and delete it when it is no longer needed."
    )
