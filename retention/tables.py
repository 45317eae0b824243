"""Rows of the tables on retention's pages, in words. Nothing here reads the database or says what a record contains."""

from collections.abc import Iterable

from django.urls import reverse

from infoshare.days import clock_words
from infoshare.govuk.components import Cell, Cells, Row

from .models import RuleVersion, ScheduleItem, SweepRun, Trigger
from .schedule import in_words
from .selectors import COUNT_LIMIT
from .simulation import Effect

DUE = ("Record", "Decision", "Due, and why")
RUNS = ("Started", "For the day", "By", "New", "Moved", "Taken back", "Flagged", "Finished")
RULES = ("Rule", "Period", "Set")
EFFECTS = ("Rule", "Flagged as due", "Given a due date", "Due date moved", "Taken back")
VERSIONS = ("Version", "Period", "Made", "By", "Reason")


def count_in_words(count: int) -> str:
    return f"{COUNT_LIMIT:,}+" if count > COUNT_LIMIT else f"{count:,}"


def period(version: RuleVersion) -> str:
    return in_years(version.years)


def in_years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"


def due(items: Iterable[ScheduleItem]) -> list[Cells]:
    return [(item.record_id, item.record.get_decided_display(), item.sum_in_words) for item in items]


def runs(found: Iterable[SweepRun]) -> list[Cells]:
    return [
        (
            clock_words(run.started_at),
            in_words(run.as_of),
            run.started_by.name if run.started_by else "Nightly",
            *(
                Cell(f"{count:,}", numeric=True)
                for count in (run.scheduled, run.recomputed, run.withdrawn, run.flagged)
            ),
            "Yes" if run.finished_at else "No",
        )
        for run in found
    ]


def rules(found: Iterable[RuleVersion]) -> list[Cells]:
    return [
        (Cell(version.name, url=reverse("retention:rule", args=[version.rule_id])), period(version), maker(version))
        for version in found
    ]


def versions(found: Iterable[RuleVersion]) -> list[Cells]:
    return [
        (f"Version {each.version}", period(each), clock_words(each.made_at), maker(each), each.reason or "–")
        for each in found
    ]


def effects(found: Iterable[Effect]) -> list[Cells]:
    return [
        (
            each.rule,
            *(Cell(f"{n:,}", numeric=True) for n in (each.flagged, each.scheduled, each.changed, each.withdrawn)),
        )
        for each in found
    ]


def rule(version: RuleVersion) -> list[Row]:
    return [
        Row("Period", f"{period(version)} from the day a decision is {Trigger(version.trigger).label}"),
        Row("At the end", version.get_action_display()),
        Row("Mandate", version.mandate),
        Row("How sure", version.get_verification_display()),
        Row("Version", f"{version.version}, {maker(version)}, {clock_words(version.made_at)}"),
    ]


def proposal(version: RuleVersion, years: int, mandate: str, reason: str) -> list[Row]:
    """What would follow `version`."""
    before = f" instead of {period(version)}" if years != version.years else ", as before"
    return [Row("Period", in_years(years) + before), Row("Mandate", mandate), Row("Reason", reason)]


def maker(version: RuleVersion) -> str:
    return version.made_by.name if version.made_by else "shipped with infoshare"
