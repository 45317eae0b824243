"""The lists behind the desk's numbers, and the forecast by month."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from infoshare.accounts.requests import SignedInRequest
from infoshare.govuk.components import Cell
from retention import counting, selectors
from retention.tables import records as tables

from .desk import edge, next_page
from .who import reviewer


@require_safe
def records(request: SignedInRequest, name: str) -> HttpResponse:
    by = reviewer(request)
    listing = counting.LISTS.get(name)
    if listing is None:
        raise Http404
    after = edge(request.GET.get("after", ""))
    items, more = counting.page(by.organisation, listing, after)
    last = items[-1] if items else None
    context = {
        "listing": listing,
        "columns": tables.LISTED,
        "items": tables.listed(items, selectors.today()),
        "first": "?" if after else "",
        "next": next_page(getattr(last, listing.day), last.record_id) if last and more else "",
    }
    return render(request, "retention/list.html", context)


@require_safe
def forecast(request: SignedInRequest) -> HttpResponse:
    by = reviewer(request)
    months = counting.forecast(by.organisation, selectors.today())
    context = {
        "bars": [(f"{month:%b}", number) for month, number in months],
        "columns": ("Month", "Records that fall due"),
        "rows": [(_month(month), Cell(f"{number:,}", numeric=True)) for month, number in months],
        "total": sum(number for _, number in months),
    }
    return render(request, "retention/forecast.html", context)


def _month(first: date) -> str:
    return f"{first:%B %Y}"
