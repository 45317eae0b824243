"""The door to defaults.yaml: the retention rules that each organisation starts with. Not where rules in force live."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("defaults.yaml")


@dataclass(frozen=True)
class Default:
    code: str
    name: str
    trigger: str
    years: int
    action: str
    verification: str
    mandate: str
    adopted: bool = False
    categories: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


@cache
def shipped() -> tuple[Default, ...]:
    return tuple(Default(**rule) for rule in yaml.safe_load(FILE.read_text(encoding="utf-8")))


def offered_to(kind: str) -> list[Default]:
    """The rules that an organisation of this kind starts with."""
    return [default for default in shipped() if not default.kinds or kind in default.kinds]
