"""The page of alike cases that were decided differently: a year at a time, by team or by month."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import london_today

from . import drift, drift_lines
from .chart_views import FURTHEST, years_back
from .charts import FEWEST, HIDDEN, Year

MONTH = "month"


@require_safe
def page(request: SignedInRequest) -> HttpResponse:
    lead = membership_for(request, Permission.REVIEW_RECORDS)
    back, by_month = years_back(request), request.GET.get("by") == MONTH
    year = Year.of(london_today(), back)
    found = drift.of(lead, year, by_month=by_month)
    context = {
        "found": found,
        "differences": [
            {
                "pattern": each.pattern,
                "suggested": drift_lines.label(each.pattern.recommended),
                "sentence": drift_lines.sentence(each, by_month=by_month),
                "chart": drift_lines.chart(each, by_month=by_month),
            }
            for each in found.shown
        ],
        "bars": drift_lines.BARS,
        "by_month": by_month,
        "by_team_url": _address(back, by_month=False),
        "by_month_url": _address(back, by_month=True),
        "since": f"{year.months[0]:%B %Y}",
        "until": f"{year.months[-1]:%B %Y}",
        "newer": _address(back - 1, by_month=by_month) if back else "",
        "older": _address(back + 1, by_month=by_month) if back < FURTHEST else "",
        "fewest": FEWEST,
        "hidden": HIDDEN.lower(),
    }
    return render(request, "log/drift.html", context)


def _address(back: int, *, by_month: bool) -> str:
    return "?" + urlencode({"back": back} | ({"by": MONTH} if by_month else {}))
