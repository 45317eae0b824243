"""A log entry's bytes, its seals and its leaf. Pure.

An entry says that something happened to a document, never what the document says.
"""

import hashlib
import hmac
from typing import Any
from uuid import UUID

from .merkle import leaf_hash

KIND_BYTES = 16


class Seals:
    """HMACs with the log's key; the key is set up once, since a log has many entries."""

    def __init__(self, key: bytes) -> None:
        self._keyed = hmac.new(key, digestmod=hashlib.sha256)

    def entry(self, body: bytes) -> bytes:
        """Only who holds the key could have written this entry."""
        return self._over(b"entry" + body)

    def position(self, index: int, leaf: bytes) -> bytes:
        """Only who holds the key could have put this entry in this place."""
        return self._over(b"pos" + index.to_bytes(8, "big") + leaf)[:16]

    def _over(self, text: bytes) -> bytes:
        keyed: Any = self._keyed.copy()
        keyed.update(text)
        digest: bytes = keyed.digest()
        return digest


def body(uid: UUID, organisation: int, kind: str, document: UUID, at: int, commitment: bytes) -> bytes:
    """97 bytes, each part at a fixed place; `at` in microseconds since 1970."""
    words = kind.encode().ljust(KIND_BYTES, b"\0")
    numbers = organisation.to_bytes(8, "big")
    return b"\x01" + uid.bytes + numbers + words + document.bytes + at.to_bytes(8, "big", signed=True) + commitment


def leaf(body: bytes, mac: bytes) -> bytes:
    return leaf_hash(body + mac)
