"""Rows about rules, their versions and the changes proposed to them."""

from collections.abc import Iterable

from django.urls import reverse

from infoshare.days import clock_words
from infoshare.govuk.components import Cell, Cells, Row
from retention.categories import Category
from retention.models import RuleProposal, RuleVersion
from retention.schedule import Trigger, in_years

RULES = ("Rule", "Keeps", "Period", "In use", "Set by")
VERSIONS = ("Version", "Period", "In use", "Made", "By", "Reason")


def rules(found: Iterable[RuleVersion]) -> list[Cells]:
    return [
        (
            Cell(version.name, url=reverse("retention:rule", args=[version.rule_id])),
            keeps(version),
            period(version),
            "Yes" if version.adopted else "No",
            maker(version),
        )
        for version in found
    ]


def versions(found: Iterable[RuleVersion]) -> list[Cells]:
    return [
        (
            f"Version {each.version}",
            in_years(each.years),
            "Yes" if each.adopted else "No",
            clock_words(each.made_at),
            maker(each),
            each.reason or "–",
        )
        for each in found
    ]


def rule(version: RuleVersion) -> list[Row]:
    return [
        Row("In use", "Yes" if version.adopted else "No. It keeps nothing until your organisation adopts it"),
        Row("Keeps", keeps(version)),
        Row("Period", period(version)),
        Row("At the end", version.get_action_display()),
        Row("Mandate", version.mandate),
        Row("How sure", version.get_verification_display()),
        Row("Version", f"{version.version}, {maker(version)}, {clock_words(version.made_at)}"),
    ]


def proposal(version: RuleVersion, years: int, adopted: bool, mandate: str, reason: str) -> list[Row]:
    """What would follow `version`."""
    before = ", as before" if years == version.years else f" instead of {in_years(version.years)}"
    used = "Yes" if adopted else "No"
    if adopted != version.adopted:
        used += ", from now on" if adopted else ", no longer"
    return [
        Row("In use", used),
        Row("Period", in_years(years) + before),
        Row("Mandate", mandate),
        Row("Reason", reason),
    ]


def proposed(version: RuleVersion, change: RuleProposal) -> list[Row]:
    rows = proposal(version, change.years, change.adopted, change.mandate, change.reason)
    return [*rows, Row("Asked for", f"{change.asked_by.name}, {clock_words(change.asked_at)}")]


def period(version: RuleVersion) -> str:
    return f"{in_years(version.years)} from {Trigger(version.trigger).words}"


def keeps(version: RuleVersion) -> str:
    if not version.categories:
        return "Every record"
    return "; ".join(str(Category(each).label) for each in version.categories)


def maker(version: RuleVersion) -> str:
    if not version.made_by:
        return "infoshare, as shipped"
    return f"{version.made_by.name}, approved by {version.approved_by}" if version.approved_by else version.made_by.name
