"""Addresses of the log with filters set, so that a number opens the records it counts. The filters: filters.py."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

Query = Mapping[str, object]


def found(query: Query) -> str:
    """The list of what these filters show."""
    return f"{reverse('log:list')}?{urlencode(query)}"


def between(first: date, last: date) -> dict[str, object]:
    """The filter of two days, both of them in it."""
    return {f"{name}_{part}": getattr(day, part) for name, day in (("since", first), ("until", last)) for part in PARTS}


PARTS = ("day", "month", "year")


def month(first: date) -> dict[str, object]:
    return between(first, end_of_month(first))


def end_of_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
