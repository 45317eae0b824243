"""Where the servers' data live: under var/, or, where their user cannot get there, in a directory of its own.

Root may clone below a directory closed to others, such as root's home; PostgreSQL refuses to run as root.
"""

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from infoshare.embedded.account import Account, account_for, owner_of
from infoshare.embedded.errors import CannotRunError, no_space

CLONE = Path(__file__).resolve().parents[2]
OUTSIDE = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - ours by name, mode and owner, all checked below
ROOM_NEEDED = 300_000_000  # bytes: an empty cluster, its write-ahead log, copies of the programs


@dataclass(frozen=True)
class Home:
    """The servers' directory and the user they run as. `outside` is True when it is not under var/."""

    path: Path
    account: Account
    outside: bool


def home_for(name: str, clone: Path = CLONE) -> Home:
    """The directory `name` for the servers of this clone, made if need be."""
    account = account_for(clone)
    var = clone / "var"
    _make(var, None)
    owner_of(clone).own(var)
    inside = account.reaches(var)
    base = var if inside else _outside(clone, account)
    home = Home(base / name, account, outside=not inside)
    _make(home.path, account)
    if shutil.disk_usage(home.path).free < ROOM_NEEDED:
        raise no_space(home.path)
    return home


def _outside(clone: Path, account: Account) -> Path:
    readable = re.sub(r"[^A-Za-z0-9]+", "-", clone.name).strip("-") or "clone"
    name = f"infoshare-{readable}-{hashlib.sha256(os.fsencode(clone)).hexdigest()[:10]}"
    for parent in OUTSIDE:
        if (parent / name).is_dir() or os.access(parent, os.W_OK):
            _make(parent / name, account)
            return parent / name
    raise CannotRunError(f"The user that runs PostgreSQL can reach neither {clone} nor /var/lib: clone it elsewhere.")


def _make(path: Path, account: Account | None) -> None:
    """A directory; for a server's own user, closed to everybody else, and refused if it is not that user's."""
    try:
        path.mkdir(mode=0o700 if account else 0o755)
    except FileExistsError:
        pass
    else:
        if account:
            account.own(path)
    about = path.lstat()
    if account and (path.is_symlink() or about.st_uid not in (account.uid, os.geteuid())):
        raise CannotRunError(f"{path} belongs to another user: delete it, or run as that user.")
    if account:
        account.own(path)
        path.chmod(0o700)
