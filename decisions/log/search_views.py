"""Finding a case by its reference, and records by what was written. What is typed here is sent, never in an address."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from decisions import selectors, services, tokens
from decisions.models import RecordRead
from infoshare.accounts.requests import SignedInRequest, get_or_post

from . import counting, searching
from .filters import narrowed
from .forms import CaseForm, TextSearchForm
from .reader import reader
from .rows import COLUMNS, lines


@require_POST
def find_case(request: SignedInRequest) -> HttpResponse:
    """To a record by our reference, else to the log of one case: by a token that nobody can read the case from."""
    membership = reader(request)
    form = CaseForm(request.POST)
    if not form.is_valid():
        return redirect("log:list")
    typed = form.cleaned_data["case_reference"]
    record = selectors.records_for(membership).filter(reference=typed.upper()).first()
    if record:
        return redirect("log:record", record.reference)
    case = tokens.token(membership.organisation, tokens.Field.CASE_REFERENCE, typed)
    return redirect(f"{reverse('log:list')}?case={case.hex()}")


@get_or_post
def search(request: SignedInRequest) -> HttpResponse:
    membership = reader(request)
    sent = request.POST if request.method == "POST" else None
    form = TextSearchForm(sent)
    filters = narrowed(membership, QueryDict(request.POST.get("query", "").lstrip("?")))
    context = {"form": form, "chips": filters.chips(), "query": filters.query(), "columns": COLUMNS}
    if sent and form.is_valid():
        records, before = filters.filtered(), form.cleaned_data["searched"] or 0
        found = searching.scan(records, form.cleaned_data["text"], form.cleaned_data["after"])
        shown = records.filter(pk__in=[record.pk for record in found.records])
        services.note_reads(records=shown, by=membership, how=RecordRead.How.SEARCH)
        searched = before + found.searched
        text = form.cleaned_data["text"]
        context |= {
            "form": TextSearchForm(initial={"text": text, "query": filters.query()}),  # another search begins anew
            "found": found,
            "text": text,
            "searched": searched,
            "progress": f"Searched {searched:,} of {counting.words(records.count())}.",
            "table_rows": lines(found.records),
        }
    return render(request, "log/search.html", context)
