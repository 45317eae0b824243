"""Rows of the tables on retention's pages, in words. Nothing here reads the database or says what a record contains."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from infoshare.govuk.components import Cell, Cells, Row

from .models import RuleVersion, ScheduleItem, SweepRun, Trigger
from .schedule import in_words
from .selectors import COUNT_LIMIT
from .simulation import Effect

DUE = ("Record", "Decision", "Due", "Why")
RUNS = ("Started", "Looked at", "By", "New", "Moved", "Taken back", "Flagged", "Finished")
RULES = ("Rule", "Period", "Set")
EFFECTS = ("Rule", "Flagged as due", "Given a due date", "Due date moved", "Taken back")
VERSIONS = ("Version", "Period", "Made", "By", "Reason")


def count_in_words(count: int) -> str:
    return f"{COUNT_LIMIT:,}+" if count > COUNT_LIMIT else f"{count:,}"


def period(version: RuleVersion) -> str:
    return f"{version.years} {'year' if version.years == 1 else 'years'}"


def due(items: Iterable[ScheduleItem]) -> list[Cells]:
    return [
        (item.record_id, item.record.get_decided_display(), in_words(item.due_on), item.sum_in_words) for item in items
    ]


def runs(found: Iterable[SweepRun]) -> list[Cells]:
    return [
        (
            moment(run.started_at),
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
        (version.version, period(version), moment(version.made_at), maker(version), version.reason or "–")
        for version in found
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
        Row("Version", f"{version.version}, {maker(version)}, {moment(version.made_at)}"),
    ]


def maker(version: RuleVersion) -> str:
    return version.made_by.name if version.made_by else "shipped with infoshare"


def moment(when: datetime) -> str:
    """A London day and time, such as "4 May 2026, 2:05 am"."""
    local = timezone.localtime(when)
    return f"{in_words(local.date())}, {local:%-I:%M} {local:%p}".replace("AM", "am").replace("PM", "pm")
