"""Whose rights the servers run with: the caller's, or, for root, those of the clone's owner or of nobody."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from infoshare.embedded.errors import CannotRunError


@dataclass(frozen=True)
class Account:
    """A user to run servers as. `changes` is False when it is the caller."""

    uid: int
    gid: int
    changes: bool

    def _circumstances(self) -> dict[str, Any]:
        """Neither our secrets nor PG… variables are for the servers, and their logs are read for English words."""
        rights = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.changes else {}
        return rights | {"cwd": "/", "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}}

    def start(self, command: Sequence[str | Path], log: int, stdin: int | IO[bytes] | None) -> subprocess.Popen[bytes]:
        """Start a server in a session of its own, so that Ctrl-C in the terminal is not for it."""
        return subprocess.Popen(
            command, stdin=stdin, stdout=log, stderr=log, start_new_session=True, **self._circumstances()
        )

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run to the end; output in one piece."""
        return subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **self._circumstances()
        )

    def reaches(self, path: Path) -> bool:
        """Whether this user can enter the directory or run the program."""
        return self.run(["test", "-x", path]).returncode == 0

    def own(self, path: Path) -> None:
        """Hand what root made to this user."""
        if self.changes:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def owner_of(path: Path) -> Account:
    """Who may read what we leave there; root acts for that user."""
    about = path.stat()
    return Account(about.st_uid, about.st_gid, changes=os.geteuid() == 0)


def account_for(clone: Path) -> Account:
    """The caller; for root, who may not run PostgreSQL, the clone's owner or else nobody."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), changes=False)
    if (owner := owner_of(clone)).uid != 0:
        return owner
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise CannotRunError(
            "PostgreSQL refuses to run as root, and there is no user ‘nobody’: use another user."
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid, changes=True)
