"""The only door to rulesets/: which editions there are, and which one judges a day."""

from datetime import date
from functools import cache
from pathlib import Path

from decisions.engine.loading import load
from decisions.engine.ruleset import RuleSet

FOLDER = Path(__file__).parent / "rulesets" / "sharing"


class UnknownEdition(LookupError):
    """There is no such edition (any more)."""


@cache
def get(edition: str) -> RuleSet:
    """Raises UnknownEdition; a file that is there but wrong raises the loader's errors."""
    path = FOLDER / f"{edition}.yaml"
    if edition not in names():
        raise UnknownEdition(edition)
    return load(path)


@cache
def names() -> tuple[str, ...]:
    """Every edition, oldest first."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def current(on: date) -> RuleSet:
    """The edition in force on a day: the newest whose days hold it, else the newest of all, never an old one."""
    editions = [get(name) for name in names()]
    return next((e for e in reversed(editions) if e.effective.on(on)), editions[-1])
