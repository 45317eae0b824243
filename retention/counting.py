"""The numbers of the desk, each capped, each with the list that it counts; and the forecast by month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from infoshare.accounts.models import Organisation

from . import periods, selectors, worklists
from .models import ScheduleItem, State
from .schedule import add_whole_years
from .selectors import COUNT_LIMIT

PAGE = 25
MONTHS = 12


def _items(organisation: Organisation) -> QuerySet[ScheduleItem]:
    items: QuerySet[ScheduleItem] = ScheduleItem.objects.within(organisation)
    return items.select_related("rule_version")


@dataclass(frozen=True)
class Listing:
    """A list of records behind a number. `day` names the column that its pages follow."""

    title: str
    help: str
    records: Callable[[Organisation], QuerySet[ScheduleItem]]
    day: str = "due_on"


LISTS = {
    "held": Listing(
        "On hold",
        "Their day has come, but a hold covers them. They are reviewed once the hold is lifted.",
        lambda organisation: _items(organisation).filter(state=State.HELD),
    ),
    "indefinite": Listing(
        "Kept indefinitely",
        "No end is set. Each is reviewed on its day, and kept only if there is still a reason.",
        lambda organisation: _items(organisation).filter(indefinite=True).exclude(state=State.DISPOSED),
    ),
    "undated": Listing(
        "Without a due date",
        "Their rule counts from a date that nobody has entered. Enter it, or ask the author. The oldest come first.",
        lambda organisation: _items(organisation).filter(due_on=None, state=State.WAITING),
        day="recorded_on",
    ),
}


def capped(found: QuerySet[ScheduleItem]) -> int:
    """Stops counting at COUNT_LIMIT + 1."""
    return found[: COUNT_LIMIT + 1].count()


def numbers(organisation: Organisation) -> dict[str, int]:
    return {name: capped(listing.records(organisation)) for name, listing in LISTS.items()}


def second_person(organisation: Organisation) -> tuple[int, int]:
    """How many answers, changes of rules and periods, and liftings wait for a second person; how many cool off."""
    waiting = [
        worklists.waiting(organisation),
        selectors.waiting_proposals(organisation),
        selectors.waiting_liftings(organisation),
        periods.waiting_changes(organisation),
    ]
    cooling = worklists.cooling(organisation)[: COUNT_LIMIT + 1].count()
    return sum(each[: COUNT_LIMIT + 1].count() for each in waiting), cooling


def page(
    organisation: Organisation, listing: Listing, after: tuple[date, str] | None
) -> tuple[list[ScheduleItem], bool]:
    items = listing.records(organisation).order_by(listing.day, "record_id")
    if after is not None:
        day, reference = after
        items = items.filter(**{f"{listing.day}__gte": day}).exclude(**{listing.day: day, "record_id__lte": reference})
    found = list(items[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def forecast(organisation: Organisation, today: date) -> list[tuple[date, int]]:
    """How many records fall due in this month and each of the next, the empty ones included."""
    first = today.replace(day=1)
    until = add_whole_years(first, 1)
    ahead = ScheduleItem.objects.within(organisation).filter(state=State.WAITING, due_on__gte=first, due_on__lt=until)
    found = ahead.annotate(month=TruncMonth("due_on")).values("month").annotate(number=Count("pk"))
    counted = {row["month"]: row["number"] for row in found}
    return [(month, counted.get(month, 0)) for month in _months(first)]


def _months(first: date) -> list[date]:
    places = range(first.month - 1, first.month - 1 + MONTHS)
    return [date(first.year + place // 12, place % 12 + 1, 1) for place in places]
