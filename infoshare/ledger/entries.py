"""A log entry's bytes, its seals and its leaf. Pure.

An entry says that something happened to a document, never what the document says.
"""

import hashlib
from uuid import UUID

from .merkle import leaf_hash

KIND_BYTES = 16


class Seals:
    """HMAC-SHA256 with the log's key; set up once and copied, since a log has many entries."""

    def __init__(self, key: bytes) -> None:
        padded = key.ljust(64, b"\0")
        inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
        self._entry, self._position = inner.copy(), inner.copy()
        self._entry.update(b"entry")
        self._position.update(b"pos")
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def entry(self, body: bytes) -> bytes:
        """Only who holds the key could have written this entry."""
        inner, outer = self._entry.copy(), self._outer.copy()
        inner.update(body)
        outer.update(inner.digest())
        return outer.digest()

    def position(self, index: int, leaf: bytes) -> bytes:
        """Only who holds the key could have put this entry in this place."""
        inner, outer = self._position.copy(), self._outer.copy()
        inner.update(index.to_bytes(8, "big") + leaf)
        outer.update(inner.digest())
        return outer.digest()[:16]


def body(uid: UUID, organisation: int, kind: str, document: UUID, at: int, commitment: bytes) -> bytes:
    """97 bytes, each part at a fixed place; `at` in microseconds since 1970."""
    words = kind.encode().ljust(KIND_BYTES, b"\0")
    numbers = organisation.to_bytes(8, "big")
    return b"\x01" + uid.bytes + numbers + words + document.bytes + at.to_bytes(8, "big", signed=True) + commitment


def leaf(body: bytes, mac: bytes) -> bytes:
    return leaf_hash(body + mac)
