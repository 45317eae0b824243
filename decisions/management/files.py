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
    """The files named, or all editions of `sharing`; a file that is wrong ends the command with all its errors."""
    paths = [Path(name) for name in names] or sorted((RULESETS / "sharing").glob("*.yaml"))
    return [read(path) for path in paths]


def read(path: Path) -> RuleSet:
    try:
        return load(path)
    except RuleSetErrors as errors:
        raise CommandError(str(errors)) from errors
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
