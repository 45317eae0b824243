"""The charts' page: a year at a time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import london_today

from .charts import HIDDEN, Year, charts

FURTHEST = 99  # years back


@require_safe
def page(request: SignedInRequest) -> HttpResponse:
    lead = membership_for(request, Permission.REVIEW_RECORDS)
    back = years_back(request)
    year = Year.of(london_today(), back)
    context = {
        "charts": charts(lead, year),
        "since": f"{year.months[0]:%B %Y}",
        "until": f"{year.months[-1]:%B %Y}",
        "newer": f"?back={back - 1}" if back else "",
        "older": f"?back={back + 1}" if back < FURTHEST else "",
        "hidden": HIDDEN.lower(),
    }
    return render(request, "log/charts.html", context)


def years_back(request: SignedInRequest) -> int:
    """As the address has it; a hand-made value is this year."""
    asked = request.GET.get("back", "")
    return min(int(asked), FURTHEST) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
