"""What to do, in order: what this case asks for first, what stands on every share last. Also read back from records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What turns on nothing but these conditions is the same on every share, as is what the rule set tags `every: share`.
STANDING = frozenset({"always", "sharing", "sharing_identity", "ordinary_route", "not emergency"})
DUE = {
    "today": "today",
    "before_sending": "before you send it",
    "with_sharing": "when you share",
    "working_day": "by the end of the next working day",
}
SHOWN = 4  # warnings at once; nobody reads past them
AT_ONCE = ("", "today", "by_harm", "before_sending", "with_sharing")
SETS = ("duties", "tasks")
DAY_SET = "look_again"  # the rule set's step to set a day to look again


@dataclass(frozen=True)
class Item:
    """One member of a set: something to do, to mind or to leave out. `standing`: it is so on every share."""

    text: str
    because: str
    sources: list[str]
    due: str = ""
    who: str = ""
    standing: bool = False
    id: str = ""  # in the rule set; records of before kept none

    @property
    def words(self) -> str:
        """With when, where that is known."""
        return (
            f"{self.text}, {DUE[self.due]}"
            if self.due in DUE and not self.text.lower().endswith("today")
            else self.text
        )


@dataclass(frozen=True)
class ToDo:
    """`now`: what this case asks for, the first thing first. `later`: what follows. `always`: on every share."""

    now: list[Item]
    later: list[Item]
    always: list[Item]


@dataclass(frozen=True)
class TakeCare:
    """`first`: the few warnings that matter most now. `more`: its others. `always`: much the same on every share."""

    first: list[Item]
    more: list[Item]
    always: list[Item]


def take_care(warnings: list[Item]) -> TakeCare:
    """In the rule set's order, which puts first what matters most. None is left out."""
    own = [item for item in warnings if not item.standing]
    return TakeCare(own[:SHOWN], own[SHOWN:], [item for item in warnings if item.standing])


def to_do(sets: Mapping[str, list[Item]]) -> ToDo:
    items = [item for name in SETS for item in sets.get(name, [])]
    own = [item for item in items if not item.standing]
    now = [item for item in own if item.due in AT_ONCE and not item.who]
    later = [item for item in own if item not in now]
    return ToDo(now or later, later if now else [], [item for item in items if item.standing])


def recorded_sets(content: Mapping[str, Any]) -> dict[str, list[Item]] | None:
    """What a sealed record was told to do, to mind and to leave out; None for one not made with the guide."""
    recommendation = content.get("recommendation")
    if recommendation is None:
        return None
    return {name: [Item(**item) for item in items] for name, items in recommendation["sets"].items()}


def recorded(content: Mapping[str, Any]) -> ToDo | None:
    """The same from a sealed record, but for what it has done itself; None for one not made with the guide."""
    sets = recorded_sets(content)
    if sets is None:
        return None
    done = DAY_SET if _has_a_day(content) else ""
    return to_do({name: [item for item in items if not done or item.id != done] for name, items in sets.items()})


def _has_a_day(content: Mapping[str, Any]) -> bool:
    """Is there a day to look at it again, of a refusal or of somebody who is not told or told later?"""
    told = (content.get("telling") or {}).values()
    return bool(content.get("refusal")) or any(each["status"] in ("not_told", "to_be_told") for each in told)
