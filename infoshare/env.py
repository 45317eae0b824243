"""The only door to the environment: typed, and loud about what is missing and what to do.

Every value may also come from a file named in `<NAME>_FILE` (how Compose and Kubernetes hand over secrets).
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def optional(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file named in NAME_FILE, or `default`."""
    if value := os.environ.get(name):
        return value
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error


def required(name: str, what_to_do: str) -> str:
    """Like `optional`, but refuses to go on without a value. `what_to_do` is a sentence for the person starting us."""
    if value := optional(name):
        return value
    raise ImproperlyConfigured(f"The environment variable {name} is not set. {what_to_do}")


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off and, unless `default`, for nothing at all."""
    value = optional(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: set it to 1 or 0.")


def number(name: str, default: int) -> int:
    value = optional(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """A list, written with commas between its parts."""
    return [word.strip() for word in optional(name, default).split(",") if word.strip()]
