"""Refuses to start where a released edition is no longer the one that was proved. NOT the proof itself."""

from typing import Any

from django.core.checks import CheckMessage, Error

from decisions.engine.loading import RuleSetErrors
from decisions.engine.loading import load as load_ruleset
from decisions.management.files import RELEASED, RULESETS
from decisions.releases import released


def released_editions_are_proved(**_: Any) -> list[CheckMessage]:
    """A release is only made of a proved edition, so the same content is proved."""
    found: list[CheckMessage] = []
    for release in released(RELEASED):
        path = RULESETS / "sharing" / f"{release.edition}.yaml"
        try:
            same = load_ruleset(path).content_hash == release.content
        except (OSError, RuleSetErrors):
            same = False
        if not same:
            what = f"The released edition {release.edition} is missing or has changed since it was proved."
            found.append(
                Error(what, hint=f"Restore {path.name}, or release the change as a new edition.", id="decisions.E001")
            )
    return found
