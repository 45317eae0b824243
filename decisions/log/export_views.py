"""Taking records out of the log: exactly what the filters show, with a reason, written down. One record as a PDF."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from decisions import selectors, services
from decisions.models import DecisionRecord, Export, RecordRead
from decisions.services import disposing
from decisions.visibility import open_to
from infoshare.accounts.requests import SignedInRequest, get_or_post, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import clock_words
from infoshare.ledger import bundles, proofs

from . import counting, exports, paper
from .columns import COLUMNS
from .export_forms import LISTS, ExportForm
from .filters import narrowed
from .reader import reader

ON_A_PAGE = 50
Format = Export.Format


@get_or_post
def export(request: SignedInRequest) -> HttpResponseBase:
    membership = membership_for(request, Permission.EXPORT_RECORDS)
    sent = request.POST if request.method == "POST" else None
    filters = narrowed(membership, QueryDict((sent or request.GET).get("query", "").lstrip("?")))
    # Only what is there now: so what is noted as taken out is what goes into the file.
    records = filters.filtered().filter(recorded_at__lte=timezone.now())
    form, count = ExportForm(sent, initial={"query": filters.query()}), records.count()
    if sent and form.is_valid():
        words = [chip.words for chip in filters.chips()]
        form.check_size(count)
        if not form.errors:
            services.note_export(by=membership, records=records, filters=words, **form.noted)
            return _file(records, form.cleaned_data["format"])
    context = {
        "form": form,
        "count": counting.words(count),
        "formats": [(each.value, f"{counting.words(count)} as {each.label}") for each in LISTS],
        "chips": filters.chips(),
        "query": filters.query(),
        "columns": ("Column", "What it holds"),
        "table_rows": [(column.name, column.about) for column in COLUMNS],
    }
    return render(request, "log/export.html", context)


def _file(records: QuerySet[DecisionRecord], format: Format) -> HttpResponseBase:
    name = f"records.{format}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    if format == Format.CSV:
        lines = exports.as_csv(records)
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=disposition)
    if format == Format.JSON:
        return StreamingHttpResponse(exports.as_json(records), content_type="application/json", headers=disposition)
    return FileResponse(exports.as_xlsx(records), as_attachment=True, filename=name)


@require_safe
def past(request: SignedInRequest) -> HttpResponse:
    """In pages. A record that is closed to the person is named nowhere; one that has been disposed of stays listed."""
    membership = membership_for(request, Permission.EXPORT_RECORDS)
    found = open_to(Export.objects.within(membership.organisation), membership, "reference")
    page = Paginator(found.select_related("by"), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        (
            clock_words(each.at),
            each.by.name,
            f"{counting.words(each.records)} as {each.get_format_display()}",
            each.reference or " · ".join(each.filters) or "All records",
            each.reason,
        )
        for each in page
    ]
    context = {
        "columns": ("When", "Who", "What", "Which", "Why"),
        "table_rows": rows,
        "newer": f"?page={page.number - 1}" if page.has_previous() else "",
        "older": f"?page={page.number + 1}" if page.has_next() else "",
    }
    return render(request, "log/exports.html", context)


@require_safe
def pdf(request: SignedInRequest, reference: str) -> HttpResponse:
    membership = reader(request)
    record = selectors.record_for(membership, reference)
    services.note_paper(by=membership, record=record, how=RecordRead.How.PDF)
    headers = {"Content-Disposition": f'attachment; filename="record-{reference}.pdf"'}
    return HttpResponse(paper.pdf(record), content_type="application/pdf", headers=headers)


@require_safe
def bundle(request: SignedInRequest, reference: str) -> HttpResponse:
    """The record with all that it takes to check it without us."""
    membership = reader(request)
    record = selectors.record_for(membership, reference)
    try:
        packed = bundles.bundle(disposing.documents(record), {"record.pdf": paper.pdf(record)})
    except proofs.NotYet:
        messages.warning(request, "This record is getting its place in the log. Try again in a minute.")
        return redirect("log:record", reference)
    services.note_paper(by=membership, record=record, how=RecordRead.How.BUNDLE)
    headers = {"Content-Disposition": f'attachment; filename="record-{reference}.zip"'}
    return HttpResponse(packed, content_type="application/zip", headers=headers)
