"""The servers' passwords and ports, in a file only their user can read. Kept for as long as the data are."""

import json
import os
import secrets
import socket
from dataclasses import asdict, dataclass, field
from pathlib import Path

from infoshare.embedded.account import Account
from infoshare.embedded.errors import CannotRunError


def _password() -> str:
    return secrets.token_hex(16)


@dataclass
class Keys:
    """What one needs to log in. A port of 0 has not been chosen yet."""

    superuser: str = field(default_factory=_password)
    owner: str = field(default_factory=_password)
    web: str = field(default_factory=_password)
    worker: str = field(default_factory=_password)
    valkey: str = field(default_factory=_password)
    postgresql_port: int = 0
    valkey_port: int = 0


def load(directory: Path, account: Account) -> Keys:
    """The keys of this directory, made at the first start."""
    path = directory / "keys.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        keys = Keys(**found)
        if asdict(keys) != found:  # made before one of the roles was
            save(keys, directory, account)
        return keys
    except FileNotFoundError:
        if any(directory.glob("postgresql-*")):
            raise CannotRunError(
                f"{path}, which holds the passwords, is missing: put it back, or delete {directory} to start afresh."
            ) from None
    except (ValueError, TypeError):
        raise CannotRunError(f"{path} is damaged: put it back, or delete {directory} to start afresh.") from None
    keys = Keys()
    save(keys, directory, account)
    return keys


def save(keys: Keys, directory: Path, account: Account) -> None:
    """Whole or not at all."""
    write_private(directory / "keys.json", json.dumps(asdict(keys)), account)


def write_private(path: Path, text: str, account: Account) -> None:
    """A file with mode 0600 from its first moment, in place of whatever stood there."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    account.own(new)
    new.replace(path)


def free_port(wished: int) -> int:
    """The port of last time if nobody has taken it, else any free one."""
    for port in (wished, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise CannotRunError("No port is free on 127.0.0.1: close some programs and start again.")
