"""Who gets which answer from which address: one row per URL name, in one module here per app.

Add rows to the ROWS of a module in this folder; test_access_matrix.py finds them, and fails for a URL name with no row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.people import People

PERSONAS = ("anonymous", "nina", "alice", "bob", "irene", "rita", "sam", "olga", "oscar")
SIGN_IN = 302  # and it must lead to the sign-in page
FORBIDDEN = 403
Arguments = Callable[[People], Sequence[Any]]


@dataclass(frozen=True)
class Row:
    """What each persona gets from one address. Whom it refuses it must refuse a POST too, unless `posts` is False."""

    name: str
    expected: dict[str, int]
    arguments: Arguments
    method: str = "get"
    posts: bool = True
    data: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def row(
    name: str,
    *,
    otherwise: int = FORBIDDEN,
    arguments: Arguments = lambda people: (),
    method: str = "get",
    posts: bool = True,
    data: dict[str, str] | None = None,
    **expected: int,
) -> Row:
    """Such as `row("log:record", alice=200, irene=200, otherwise=404, arguments=a_record_of_alice)`.

    Unless it says otherwise, somebody who is not signed in is sent to do so, and nina is told whom to ask.
    """
    assert set(expected) <= set(PERSONAS), f"{name}: no such persona in {sorted(expected)}"
    usual = dict.fromkeys(PERSONAS, otherwise) | {"anonymous": SIGN_IN, "nina": FORBIDDEN}
    return Row(name, usual | expected, arguments, method, posts, data or {})
