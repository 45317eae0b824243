"""The pages between the person's decision and the last look, in order. NOT what they ask: that is each page's own.

A page that does not apply is neither shown nor recorded, even if it was filled in before the decision changed.
"""

from collections.abc import Callable
from dataclasses import dataclass

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

    def done(self, draft: Draft) -> bool:
        return self.key in draft.details and self.complete(draft)


def decided(draft: Draft) -> str:
    """The outcome that the person decided on, or nothing while there is no decision."""
    outcome: str = draft.details.get("decision", {}).get("decided", "")
    return outcome


STEPS = (
    Step("guide:sharing", "What you share, and with whom", "sharing", lambda draft: decided(draft) in SHARES),
    Step("guide:telling", "Whom you tell", telling.KEY, telling.applies, telling.complete),
    Step("guide:refusal", "Your answer to them", refusal.KEY, refusal.applies, refusal.complete),
)


def steps(draft: Draft) -> list[Step]:
    """The pages that this decision needs."""
    return [step for step in STEPS if step.applies(draft)]


def first_open(draft: Draft) -> Step | None:
    return next((step for step in steps(draft) if not step.done(draft)), None)


def answers(draft: Draft) -> dict[str, object]:
    """What the record keeps of them; None for a page that does not apply."""
    return {step.key: draft.details[step.key] if step.applies(draft) else None for step in STEPS}
