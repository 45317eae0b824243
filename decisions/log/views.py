"""The log as a list: filters in the address, the ones in use as chips, and views a person keeps of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from decisions import services
from decisions.models import SavedView
from decisions.visibility import settings_of
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest
from infoshare.accounts.roles import Permission

from . import counting, paging
from .filters import narrowed
from .forms import CaseForm, SaveViewForm, TextSearchForm
from .reader import reader
from .rows import COLUMNS, lines


@require_safe
def log(request: SignedInRequest) -> HttpResponse:
    membership = reader(request)
    return render(request, "log/list.html", _list(membership, request.GET, SaveViewForm()))


def _list(membership: Membership, query: QueryDict, save_form: SaveViewForm) -> dict[str, Any]:
    form = narrowed(membership, query)
    found = form.filtered()
    page = paging.page(found.select_related("document__key", "author"), query)
    count = counting.capped(found) if page.newer or page.older else counting.words(len(page.records))
    return {
        "form": form,
        "save_form": save_form,
        "case_form": CaseForm(),
        "text_form": TextSearchForm(initial={"query": form.query()}),
        "chips": form.chips(),
        "query": form.query(),
        "views": SavedView.objects.within(membership.organisation).filter(person=membership.user),
        "page": page,
        "columns": COLUMNS,
        "table_rows": lines(page.records),
        "caption": f"{count}, newest first" if page.records else "",
        "may_export": membership.may(Permission.EXPORT_RECORDS),
        "export_words": f"Export {count}",
        "may_chart": membership.may(Permission.REVIEW_RECORDS),
        "title": _title(membership),
    }


def _title(membership: Membership) -> str:
    """Whose records these are."""
    if membership.may(Permission.READ_ALL_RECORDS):
        return "Decision log"
    team = membership.team_id and settings_of(membership.organisation).team_reads
    return "My team’s records" if team else "My records"


@require_POST
def save_view(request: SignedInRequest) -> HttpResponse:
    """The filters come as a query string and are read anew, so nothing but filters is ever kept."""
    membership = reader(request)
    form, query = SaveViewForm(request.POST), QueryDict(request.POST.get("query", "").lstrip("?"))
    kept = narrowed(membership, query).query()
    if not form.is_valid() or not kept:
        return render(request, "log/list.html", _list(membership, query, form), status=422)
    view = services.save_view(by=membership, name=form.cleaned_data["name"], query=kept)
    messages.success(request, f"Saved as ‘{view.name}’.")
    return redirect(reverse("log:list") + kept)


@require_POST
def delete_view(request: SignedInRequest, view_id: int) -> HttpResponse:
    services.delete_view(by=reader(request), pk=view_id)
    messages.success(request, "The saved view is deleted. The records are as they were.")
    return redirect("log:list")
