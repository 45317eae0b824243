"""The first page after signing in: what waits for the person, the most pressing first, and what they can begin."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from infoshare.accounts.context import first_place
from infoshare.accounts.requests import SignedInRequest
from infoshare.accounts.roles import Permission

from . import selectors
from .desk import lines
from .models import ESCALATES

RECENT = 5
TASKS = 10


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    membership = request.membership
    if membership is None or not membership.may(Permission.DECIDE):
        return redirect(first_place(membership))
    tasks = selectors.tasks_of(membership)
    records = selectors.records_for(membership).filter(author=membership.user).select_related("document__key")
    drafts = {draft.pk: draft for draft in selectors.drafts_of(membership)}
    clocks = list(tasks.filter(kind__in=ESCALATES))
    context = {
        "clocks": lines.lines(clocks),
        "drafts": [lines.draft_line(draft) for draft in drafts.values()],
        "tasks": lines.lines(tasks.exclude(kind__in=ESCALATES)[:TASKS]),
        "tasks_number": tasks.count(),
        "advice": [
            lines.asked_line(each, drafts[each.draft_id]) for each in selectors.advice_open(membership) if each.draft_id
        ],
        "records": [lines.record_line(record) for record in records[:RECENT]],
        "records_number": records.count(),
    }
    return render(request, "decisions/home.html", context)
