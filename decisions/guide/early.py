"""Whom somebody can tell before the questions end, and in which words. NOT what to do: the rule set says that.

Only a service whose work it is to protect people, and only where nobody doubts that it is really them. Others may be
close to the danger, or must not get part of it: the questions left show that.
"""

from collections.abc import Mapping
from typing import Any

from decisions.recipients import SERVICES

SURE = {"social_care", "police"}  # whoever rang and was not checked: these are reached on a number of one's own
MAY_HEAR_COURT = {*SURE, "own_lead"}  # today, of what a family court heard
PAPERS = {"order", "serve"}  # a court says what goes, and it goes on paper


def whom(answers: Mapping[str, Any], recipient: str) -> str:
    """As a part of a sentence, "the police"; empty where they must not be told yet. `recipient`: in such words."""
    kind, link = answers.get("recipient"), answers.get("recipient_link", "no")
    if kind not in SERVICES or answers.get("request") in PAPERS or (link != "no" and kind not in SURE):
        return ""
    return f"whoever runs {recipient}" if kind == "meeting" else recipient


def words(whom: str, answers: Mapping[str, Any]) -> str:
    """`answers`: those that chose them; none where a duty names them."""
    said = [f"Tell {whom} now what they need, in person or on a number that you found yourself."]
    kind = answers.get("recipient")
    if kind == "own_lead":
        said.append("Not if the worry is about them.")
    if kind in SERVICES - MAY_HEAR_COURT and "came_from" not in answers:
        said.append("Leave out what comes from a family court.")
    return " ".join(said)
