"""Rows about sweeps and what a simulation counted."""

from collections.abc import Iterable

from django.urls import reverse

from infoshare.days import clock_words
from infoshare.govuk.components import Cell, Cells
from retention.models import SweepRun
from retention.schedule import in_words
from retention.selectors import COUNT_LIMIT
from retention.simulation import Effect

RUNS = (
    "Started",
    "For the day",
    "By",
    "Given a due date",
    "Due date moved",
    "No longer due",
    "Flagged as due",
    "On hold",
    "Not records, deleted",
    "Finished",
)
EFFECTS = ("Rule", "Flagged as due", "On hold", "Given a due date", "Due date moved", "No longer due")


def count_in_words(count: int) -> str:
    return f"{COUNT_LIMIT:,}+" if count > COUNT_LIMIT else f"{count:,}"


def _numbers(*counts: int) -> list[Cell]:
    return [Cell(f"{count:,}", numeric=True) for count in counts]


def runs(found: Iterable[SweepRun]) -> list[Cells]:
    return [
        (
            Cell(clock_words(run.started_at), url=reverse("retention:sweep_run", args=[run.pk])),
            in_words(run.as_of),
            run.started_by.name if run.started_by else "Nightly",
            *_numbers(run.scheduled, run.recomputed, run.withdrawn, run.flagged, run.held, sum(run.gone.values())),
            "Yes" if run.finished_at else "No",
        )
        for run in found
    ]


def effects(found: Iterable[Effect]) -> list[Cells]:
    return [
        (each.rule, *_numbers(each.flagged, each.held, each.scheduled, each.changed, each.withdrawn)) for each in found
    ]
