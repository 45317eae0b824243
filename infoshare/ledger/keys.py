"""The ledger's keys, read from the environment or from files, never from the database.

A deployment without them does not start. `make run` and the tests get keys of their own under var/ledger-keys.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from infoshare import env

from .crypto import KEY_BYTES

KEKS, MAC, BLIND_INDEX, SIGNING = "LEDGER_KEKS", "LEDGER_MAC_KEY", "LEDGER_BLIND_INDEX_KEY", "LEDGER_SIGNING_KEY"
OLD_SIGNERS = "LEDGER_OLD_PUBLIC_KEYS"
WHAT_TO_DO = "docker/make-secrets makes one; docs/keys.md says how to keep it."


@dataclass(frozen=True)
class Ring:
    """`keks` wrap data keys, by their names; `newest` is the one for what is sealed from now on."""

    keks: Mapping[str, bytes]
    newest: str
    mac: bytes
    blind_index: bytes


@cache
def ring() -> Ring:
    """What web and worker both need. Raises ImproperlyConfigured, naming the variable."""
    keks = dict(_named_key(word) for word in _value(KEKS).replace(",", " ").split())
    if not keks:
        raise ImproperlyConfigured(f"{KEKS} holds no key. {WHAT_TO_DO}")
    return Ring(keks, list(keks)[-1], _key(MAC, _value(MAC)), _key(BLIND_INDEX, _value(BLIND_INDEX)))


def kek(name: str) -> bytes:
    """The key-encryption key of this name; one added since we started is found in its file."""
    if name not in ring().keks:
        ring.cache_clear()
    try:
        return ring().keks[name]
    except KeyError:
        raise ImproperlyConfigured(f"{KEKS} holds no key named {name}, which something is wrapped by.") from None


@cache
def signing_key() -> Ed25519PrivateKey:
    """The worker's alone: web can neither extend the log nor sign one of its own making."""
    return Ed25519PrivateKey.from_private_bytes(_key(SIGNING, _value(SIGNING)))


def trusted_signers() -> list[Ed25519PublicKey]:
    """Whose signature on a checkpoint counts: today's signing key, and those it replaced."""
    old = [Ed25519PublicKey.from_public_bytes(_key(OLD_SIGNERS, word)) for word in env.words(OLD_SIGNERS)]
    return [signing_key().public_key(), *old]


def kek_file() -> Path | None:
    """The file that holds the key-encryption keys, if they come from one."""
    if named := os.environ.get(f"{KEKS}_FILE"):
        return Path(named)
    return None if os.environ.get(KEKS) or not settings.EMBEDDED else _development_file(KEKS)


def _value(name: str) -> str:
    if settings.EMBEDDED and not env.optional(name):
        return _development_file(name).read_text(encoding="utf-8")
    return env.required(name, WHAT_TO_DO)


def _named_key(word: str) -> tuple[str, bytes]:
    name, _, digits = word.partition(":")
    if not name or len(name) > 20:
        raise ImproperlyConfigured(f"{KEKS} must be written as name:key, the name of at most 20 characters.")
    return name, _key(KEKS, digits)


def _key(name: str, digits: str) -> bytes:
    """Never quotes what was given: it is a secret even when it is wrong."""
    try:
        key = bytes.fromhex(digits)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} must be {2 * KEY_BYTES} hexadecimal digits. {WHAT_TO_DO}")
    return key


def _development_file(name: str) -> Path:
    """Made once, whoever comes first; belongs to the clone's owner and is closed to everybody else."""
    folder: Path = settings.VAR_DIR / "ledger-keys"
    path = folder / name.lower()
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = folder / f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(("dev-1:" if name == KEKS else "") + secrets.token_hex(KEY_BYTES))
        if os.geteuid() == 0:
            owner = settings.BASE_DIR.stat()
            for mine in (folder, new):
                os.chown(mine, owner.st_uid, owner.st_gid)
        try:
            os.link(new, path)
        except FileExistsError:
            pass  # another process was first
        finally:
            new.unlink()
    return path
