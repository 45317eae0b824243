"""How a text is sealed and how anyone can check it: AES-256-GCM, one key per text, and a commitment that needs no key.

Pure: no database, no clock, no environment. The formulas are docs/seal.md's; every width is fixed and every hash has a
first byte of its own, so that nothing can be read as something else.
"""

import hashlib
import hmac
import json
import os
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
KIND_BYTES = 32
NO_FACTS = bytes(33)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class CannotOpen(Exception):
    """Not what was sealed, or not with this key."""


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def microseconds(at: datetime) -> int:
    """Since 1970, exactly: what the database keeps of a time."""
    return (at - EPOCH) // timedelta(microseconds=1)


def canonical(content: dict[str, Any]) -> bytes:
    """The one way to write `content` down, so that its hash can be worked out again by anyone."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def header(document: UUID, organisation: int, at: int, kind: str, facts: bytes) -> bytes:
    """What stands beside the ciphertext in the open: 98 bytes. `facts` is from facts.py."""
    words = kind.encode().ljust(KIND_BYTES, b"\0")
    return (
        b"\x01" + document.bytes + organisation.to_bytes(8, "big") + at.to_bytes(8, "big", signed=True) + words + facts
    )


def encrypt(key: bytes, text: bytes, label: bytes) -> bytes:
    """Nonce and ciphertext. Opens only together with the same `label`."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text, label)


def decrypt(key: bytes, sealed: bytes, label: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], label)
    except InvalidTag:
        raise CannotOpen("The text, its label or its key is not the one that was sealed.") from None


def encrypt_content(key: bytes, content: dict[str, Any], label: bytes) -> bytes:
    return encrypt(key, zlib.compress(canonical(content), 1), label)


def decrypt_content(key: bytes, sealed: bytes, label: bytes) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(decrypt_canonical(key, sealed, label))
    return content


def decrypt_canonical(key: bytes, sealed: bytes, label: bytes) -> bytes:
    """The content as `canonical` wrote it down."""
    return zlib.decompress(decrypt(key, sealed, label))


def wrap(kek: bytes, key: bytes, owner: UUID) -> bytes:
    """A data key as the database may keep it, bound to what it opens: 60 bytes."""
    return encrypt(kek, key, b"data-key/v1" + owner.bytes)


def unwrap(kek: bytes, wrapped: bytes, owner: UUID) -> bytes:
    return decrypt(kek, wrapped, b"data-key/v1" + owner.bytes)


def key_commitment(key: bytes) -> bytes:
    """Ties a ciphertext to one key, which GCM alone does not."""
    return hmac.digest(key, b"key-commitment/v1", "sha256")


def commitment(header: bytes, key_commitment: bytes, ciphertext: bytes) -> bytes:
    """What the log keeps of a document: checkable without any key, and telling nothing once the key is gone."""
    return hashlib.sha256(b"\x10" + header + key_commitment + ciphertext).digest()


def certificate_commitment(certificate: str) -> bytes:
    return hashlib.sha256(b"\x11" + certificate.encode()).digest()


def blind_index(key: bytes, organisation: int, field: str, text: str) -> bytes:
    """Eight bytes by which equal texts of one field and organisation are found, and nothing else is learnt."""
    plain = " ".join(text.split()).casefold()
    label = organisation.to_bytes(8, "big") + field.encode().ljust(KIND_BYTES, b"\0")
    return hmac.digest(key, label + plain.encode(), "sha256")[:8]
