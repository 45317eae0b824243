"""Which rule-set files a command works on, and where releases and covering sittings lie. NOT the editions' door."""

from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import CommandError

from decisions.engine.loading import RuleSetErrors, load
from decisions.engine.ruleset import RuleSet

RULESETS = Path(__file__).resolve().parent.parent / "rulesets"
RELEASED = RULESETS / "released.yaml"
COVERING = RULESETS / "covering"


def every_edition(names: Sequence[str] = ()) -> list[RuleSet]:
    """Those named, or all editions of `sharing`; a file that is wrong ends the command with all its errors."""
    return [read(name) for name in names or sorted(map(str, (RULESETS / "sharing").glob("*.yaml")))]


def read(name: str | Path) -> RuleSet:
    """`name` is a file, or one of our editions, such as 2026-09."""
    edition = RULESETS / "sharing" / f"{name}.yaml"
    path = edition if edition.exists() else Path(name)
    try:
        return load(path)
    except RuleSetErrors as errors:
        raise CommandError(str(errors)) from errors
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
