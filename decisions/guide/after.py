"""The pages between the person's decision and the last look, in order. NOT what they ask: that is each page's own.

A page that does not apply is neither shown nor recorded, even if it was filled in before the decision changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from decisions.models import Draft
from decisions.outcomes import SHARES

from . import refusal, telling

Test = Callable[[Draft], bool]


@dataclass(frozen=True)
class Step:
    """`page` is the URL's name, `title` what the task list calls it, `key` where its answers stand in the details."""

    page: str
    title: str
    key: str
    applies: Test
    complete: Test = lambda draft: True
    recorded: bool = True  # False: a later page's answers say it again

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


def _every_recipient_has_an_address(draft: Draft) -> bool:
    recipients = draft.details["recipients"]
    return bool(recipients) and all(recipient["address"] for recipient in recipients)


def _every_item_is_marked(draft: Draft) -> bool:
    return _items(draft) <= set(draft.details["marks"])


def _every_cell_is_decided(draft: Draft) -> bool:
    cells = draft.details["sharing"].get("cells", {})
    recipients = {recipient["id"] for recipient in draft.details.get("recipients", ())}
    return all(recipients <= set(cells.get(item, ())) for item in _items(draft))


STEPS = (
    Step("guide:items", "What you might share", "items", shares, lambda draft: bool(_items(draft)), recorded=False),
    Step("guide:marks", "What could lead to someone", "marks", shares, _every_item_is_marked, recorded=False),
    Step(
        "guide:recipients",
        "Who will receive it",
        "recipients",
        shares,
        _every_recipient_has_an_address,
        recorded=False,
    ),
    Step("guide:sharing", "Who gets what", "sharing", shares, _every_cell_is_decided, recorded=False),
    Step("guide:impact", "What sharing could do", "impact", shares, recorded=False),
    Step("guide:telling", "Whom you tell", telling.KEY, telling.applies, telling.complete),
    Step("guide:refusal", "Your answer to them", refusal.KEY, refusal.applies, refusal.complete),
)


def steps(draft: Draft) -> list[Step]:
    """The pages that this decision needs."""
    return [step for step in STEPS if step.applies(draft)]


def first_open(draft: Draft) -> Step | None:
    return next((step for step in steps(draft) if not step.done(draft)), None)


def answers(draft: Draft) -> dict[str, Any]:
    """What the record keeps of them; None for a page that does not apply."""
    return {step.key: draft.details[step.key] if step.applies(draft) else None for step in STEPS if step.recorded}
