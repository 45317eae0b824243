"""The pages between the person's decision and the last look, in order. NOT what they ask: that is each page's own.

A page that does not apply is neither shown nor recorded, even if it was filled in before the decision changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from decisions.models import Draft
from decisions.outcomes import SHARES

from . import refusal, telling
from .sharing import marking

Test = Callable[[Draft], bool]


@dataclass(frozen=True)
class Step:
    """`page` is the URL's name, `title` what the task list calls it, `key` where its answers stand in the details."""

    page: str
    title: str
    key: str
    applies: Test
    complete: Test = lambda draft: True
    recorded: Callable[[Draft], Any] | None = None  # None: the record says it in other words (contents.py)

    def done(self, draft: Draft) -> bool:
        return self.key in draft.details and self.complete(draft)


def decided(draft: Draft) -> str:
    """The outcome that the person decided on, or nothing while there is no decision."""
    outcome: str = draft.details.get("decision", {}).get("decided", "")
    return outcome


def shares(draft: Draft) -> bool:
    return decided(draft) in SHARES


def _items(draft: Draft) -> set[str]:
    return {item["id"] for item in draft.details.get("items", ())}


def _something_goes_to_somebody(draft: Draft) -> bool:
    recipients = draft.details.get("recipients", [])
    return bool(_items(draft) and recipients) and all(recipient["address"] for recipient in recipients)


def _marks_matter(draft: Draft) -> bool:
    return shares(draft) and marking.matter(draft)


def _every_item_is_marked(draft: Draft) -> bool:
    return _items(draft) <= set(draft.details["marks"])


def _every_cell_is_decided(draft: Draft) -> bool:
    """And what harm it could do is said."""
    cells = draft.details["sharing"].get("cells", {})
    recipients = {recipient["id"] for recipient in draft.details.get("recipients", ())}
    return "impact" in draft.details and all(recipients <= set(cells.get(item, ())) for item in _items(draft))


def _refusal(draft: Draft) -> Any:
    return draft.details[refusal.KEY]


STEPS = (
    Step("guide:items", "What you might share, and with whom", "items", shares, _something_goes_to_somebody),
    Step("guide:marks", "What could lead to someone", "marks", _marks_matter, _every_item_is_marked),
    Step("guide:sharing", "Who gets what", "sharing", shares, _every_cell_is_decided),
    Step("guide:telling", "Whom you tell", telling.KEY, telling.applies, telling.complete, telling.recorded),
    Step("guide:refusal", "Your answer to them", refusal.KEY, refusal.applies, refusal.complete, _refusal),
)


def steps(draft: Draft) -> list[Step]:
    """The pages that this decision needs."""
    return [step for step in STEPS if step.applies(draft)]


def first_open(draft: Draft) -> Step | None:
    return next((step for step in steps(draft) if not step.done(draft)), None)


def answers(draft: Draft) -> dict[str, Any]:
    """What the record keeps of them; None for a page that does not apply."""
    return {step.key: step.recorded(draft) if step.applies(draft) else None for step in STEPS if step.recorded}
