"""Rows about records that are due, held or waiting, and about one record: why it is here, why it is due."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from infoshare.days import clock_words
from infoshare.govuk.components import Cell, Cells, Row
from retention.models import ScheduleItem, State, TriggerEntry
from retention.schedule import Sum, Trigger, in_words, sums

from .reviews import times

LISTED = ("Record", "Kind", "Recorded", "Age", "Why")
DUE = ("Record", "Kind", "Due, and why")


def due(items: Iterable[ScheduleItem]) -> list[Cells]:
    return [
        (
            Cell(item.record_id, url=reverse("retention:record", args=[item.record_id])),
            item.get_category_display(),
            why(item),
        )
        for item in items
    ]


def listed(items: Iterable[ScheduleItem], today: date) -> list[Cells]:
    return [
        (
            Cell(item.record_id, url=reverse("retention:record", args=[item.record_id])),
            item.get_category_display(),
            in_words(item.recorded_on),
            age(item.recorded_on, today),
            why(item) + (f"; kept longer {times(item.renewals).lower()} before" if item.renewals else ""),
        )
        for item in items
    ]


def age(since: date, today: date) -> str:
    days = (today - since).days
    if days >= 730:
        return f"{days // 365} years"
    return "1 day" if days == 1 else f"{days} days"


def why(item: ScheduleItem) -> str:
    """The sum that won, or the day until which a review kept it."""
    version = item.rule_version
    won = next(iter(sums([version.as_rule] if version else [], item.category, item.dates)), None)
    if item.kept_until and item.kept_until == item.due_on and (won is None or won.due_on != item.due_on):
        return f"kept after a review until {in_words(item.kept_until)}"
    return won.in_words if won else "not worked out yet"


def here(item: ScheduleItem, held: bool) -> str:
    """Why the record is still here, in one sentence."""
    if item.state == State.DISPOSED:
        return "It is not: it has been disposed of."
    if held:
        return "A hold covers it. Nothing under a hold is destroyed, whatever the rules say."
    if item.state == State.ANSWERED:
        return "It has been reviewed. What was answered is carried out only if a second person agrees."
    if item.state == State.APPROVED:
        return "Two people have agreed on what happens to it. It is carried out when its cooling-off days are over."
    if item.due_on is None:
        return "No day can be worked out yet, because nobody has entered the date that its rule counts from."
    if item.state == State.DUE:
        return f"It has been due since {in_words(item.due_on)}. Only a person’s review can end its time here."
    return f"It is kept until {in_words(item.due_on)}. Then a person reviews it."


def sum_lines(found: list[Sum]) -> list[str]:
    """The winner first, the losers after it."""
    return [f"{each.rule.name}: {each.in_words}" for each in found]


def dates(item: ScheduleItem, may_enter: bool) -> list[Row]:
    rows = [Row("Recorded", in_words(item.recorded_on))]
    for trigger in Trigger:
        if trigger is not Trigger.DECISION_DATE:
            day = item.dates[trigger]
            url = reverse("retention:date", args=[item.record_id, trigger.value]) if may_enter else ""
            known = in_words(day) if day else "Not known"
            rows.append(Row(trigger.event.capitalize(), known, url=url, action="Change" if day else "Enter"))
    return rows


def entries(found: Iterable[TriggerEntry]) -> list[str]:
    """Who entered which date when; a correction with its reason."""
    return [
        f"{Trigger(each.trigger).event.capitalize()}: {in_words(each.day) if each.day else 'taken away'}, "
        f"{each.entered_by.name}, {clock_words(each.entered_at)}" + (f". {each.reason}" if each.reason else "")
        for each in found
    ]
