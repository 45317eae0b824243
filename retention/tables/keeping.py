"""Rows about what is not a record: how long it is kept, who said so, and what a sweep would delete or has deleted."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from infoshare.days import clock_words
from infoshare.govuk.components import Cell, Cells, Row
from retention.keeping import DAYS_OF_WARNING, Kept, in_days, usual
from retention.models import KeptChange, SweepRun, Verification
from retention.periods import Period

from .sweeps import count_in_words

OTHERS = ("What", "Kept for", "Counted from", "Set by")
CHANGES = ("Period", "Asked for", "Decided", "Reason")
WOULD_GO = ("What", "Would be deleted")
GONE = ("What", "How many")


def others(found: Mapping[Kept, Period]) -> list[Cells]:
    return [
        (
            Cell(kind.label, url=reverse("retention:kept", args=[kind.value])),
            kept_for(period),
            period.usual.counts_from,
            maker(period),
        )
        for kind, period in found.items()
    ]


def kept_for(period: Period) -> str:
    return period.usual.fixed or in_days(period.days)


def maker(period: Period) -> str:
    if period.change is None:
        return "infoshare, as shipped"
    return f"{period.change.asked_by.name}, approved by {period.change.decided_by}"


def rows(kind: Kept, period: Period) -> list[Row]:
    told = [
        Row("Kept for", f"{kept_for(period)}, counted from {period.usual.counts_from}"),
        Row("Mandate", period.mandate),
        Row("How sure", Verification(period.usual.verification if not period.change else "own").label),
        Row("Set by", maker(period)),
    ]
    if period.usual.fixed:
        return told
    bounds = f"From {in_days(period.usual.least)} to {in_days(period.usual.most)}"
    stopped = "A hold on the whole organisation" if period.usual.held else "Nothing"
    if kind is Kept.DRAFT:
        stopped = "A hold that covers it; a task or advice that waits for it"
        told.append(Row("Before it goes", f"Its author is told {DAYS_OF_WARNING} days before, and can keep it"))
    elif kind in (Kept.READ, Kept.EXPORT):
        stopped = "A hold on the record or on the whole organisation"
    return [*told, Row("You may set", bounds), Row("What stops it going", stopped)]


def proposed(change: KeptChange, before: Period) -> list[Row]:
    same = change.days == before.days
    return [
        Row("Kept for", in_days(change.days) + (", as before" if same else f" instead of {kept_for(before)}")),
        Row("Mandate", change.mandate),
        Row("Reason", change.reason),
        Row("Asked for", f"{change.asked_by.name}, {clock_words(change.asked_at)}"),
    ]


def changes(found: Iterable[KeptChange]) -> list[Cells]:
    return [
        (
            in_days(each.days),
            f"{each.asked_by.name}, {clock_words(each.asked_at)}",
            str(each.get_state_display()) + (f", {each.decided_by.name}" if each.decided_by else ""),
            each.reason + (f" Not approved: {each.ended_because}" if each.ended_because and each.decided_by else ""),
        )
        for each in found
    ]


def would_go(found: Mapping[Kept, int]) -> list[Cells]:
    return [(kind.label, Cell(count_in_words(number), numeric=True)) for kind, number in found.items()]


def gone(run: SweepRun) -> list[Cells]:
    told: list[Cells] = [
        (kind.label, Cell(f"{run.gone[kind.value]:,}", numeric=True)) for kind in usual() if run.gone.get(kind.value)
    ]
    if run.warned:
        told.append(("Authors told that a draft will go", Cell(f"{run.warned:,}", numeric=True)))
    return told
