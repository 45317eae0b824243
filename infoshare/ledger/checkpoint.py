"""Signed checkpoints in the form of C2SP tlog-checkpoint and signed-note: how large the log is, its root, who says so.

Pure. A note may bear several signature lines; one by a key that we know is enough.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
DASH = "\u2014 "


class NotACheckpoint(Exception):
    """Not in the form of a checkpoint, or not signed by anyone we know."""


@dataclass(frozen=True)
class Checkpoint:
    """`origin` names the log."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def public_bytes(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes_raw()


def key_id(name: str, key: Ed25519PublicKey) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_bytes(key)).digest()[:4]


def verifier(name: str, key: Ed25519PublicKey) -> str:
    """The public key as signed-note writes it: name+id+key."""
    coded = base64.b64encode(ED25519 + public_bytes(key)).decode()
    return f"{name}+{key_id(name, key).hex()}+{coded}"


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    signature = key_id(checkpoint.origin, key.public_key()) + key.sign(checkpoint.body.encode())
    return f"{checkpoint.body}\n{DASH}{checkpoint.origin} {base64.b64encode(signature).decode()}\n"


def read(note: str) -> Checkpoint:
    """What a note says, whoever signed it."""
    try:
        origin, size, root, *_ = note.split("\n\n")[0].split("\n")
        found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    except (ValueError, binascii.Error):
        raise NotACheckpoint("This is not in the form of a checkpoint.") from None
    if len(found.root) != 32 or str(found.size) != size or found.size < 0 or not found.origin:
        raise NotACheckpoint("This is not in the form of a checkpoint.")
    return found


def verify(note: str, keys: Iterable[Ed25519PublicKey]) -> Checkpoint:
    """What a note says, provided that one of `keys` signed it."""
    found = read(note)
    text, _, signatures = note.partition("\n\n")
    known = {key_id(found.origin, key): key for key in keys}
    for line in signatures.splitlines():
        name, _, coded = line.removeprefix(DASH).rpartition(" ")
        if line.startswith(DASH) and name == found.origin and _signed(text + "\n", coded, known):
            return found
    raise NotACheckpoint("No key that we know has signed this checkpoint.")


def _signed(text: str, coded: str, known: dict[bytes, Ed25519PublicKey]) -> bool:
    try:
        signature = base64.b64decode(coded, validate=True)
        known[signature[:4]].verify(signature[4:], text.encode())
    except (binascii.Error, KeyError, InvalidSignature):
        return False
    return True


def notes_in(text: str) -> list[str]:
    """The checkpoints of a file to which one after the other was appended, whatever stands between them."""
    lines, found = text.splitlines(), []
    for place, line in enumerate(lines):
        if line.startswith(DASH) and place >= 4 and not lines[place - 1]:
            signatures = [line]
            for more in lines[place + 1 :]:
                if not more.startswith(DASH):
                    break
                signatures.append(more)
            found.append("\n".join([*lines[place - 4 : place], *signatures, ""]))
    return found
