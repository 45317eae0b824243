"""How long everything is kept that is not a record: what kinds there are, and the periods we ship.

The door to keeping.yaml. Not what an organisation made of it (models/keeping.py), and not the deleting (services).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import yaml
from django.db import models

from infoshare.days import LONDON

from .schedule import in_years

FILE = Path(__file__).with_name("keeping.yaml")
# How long before it goes the author of a draft is told.
DAYS_OF_WARNING = 14


class Kept(models.TextChoices):
    DRAFT = "draft", "Drafts"
    PRACTICE = "practice", "Practice cases"
    NOTICE = "notice", "Notices"
    LETTER = "letter", "E-mails that went out"
    EXPORT = "export", "Notes of who took records out"
    READ = "read", "Notes of who read a record"
    TYPED = "typed", "What was sent after a sign-in had ended"
    SESSION = "session", "Sign-ins"


@dataclass(frozen=True)
class Usual:
    """What we ship for one kind. `least` and `most` are the bounds in days; `counts_from` is in words."""

    kind: Kept
    days: int
    least: int
    most: int
    counts_from: str
    mandate: str
    verification: str
    held: bool = False
    fixed: str = ""


@cache
def usual() -> dict[Kept, Usual]:
    rules = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    told = [Usual(kind=Kept(rule.pop("kind")), counts_from=rule.pop("from"), **rule) for rule in rules]
    return {each.kind: each for each in told}


def in_days(days: int) -> str:
    """Whole years as years: "90 days", "6 years"."""
    return in_years(days // 365) if days and days % 365 == 0 else f"{days} days"


def cut(as_of: date, days: int) -> datetime:
    """What is older than this has had its days on `as_of`: London's midnight, so that nothing goes early."""
    day = date.fromordinal(max(as_of.toordinal() - days, 1))  # a calendar has a first day
    return datetime.combine(day, time.min, LONDON)
