"""The one error of this package: a sentence that says what to do, shown without a traceback."""

import errno
from pathlib import Path


class CannotRunError(Exception):
    """Something outside the program is in the way; the message is one sentence for the person at the keyboard."""


def no_space(where: Path) -> CannotRunError:
    """The sentence for a full disk."""
    return CannotRunError(f"There is not enough free disk space under {where}: free about 1 GB and start again.")


def from_os_error(error: OSError) -> CannotRunError:
    """What the operating system refused, in one sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT) and error.filename:
        return no_space(Path(error.filename))
    where = f" {error.filename}" if error.filename else ""
    return CannotRunError(f"The operating system refused{where} ({error.strerror}): make it possible and start again.")
