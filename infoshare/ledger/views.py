"""The IG lead's page about the log's seal: what the last verification found, and the newest checkpoint to keep.

A log may hold several organisations: of a finding about another one nobody is told more than that it is there.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST, require_safe

from infoshare.accounts.models import Membership, Organisation
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import clock_words
from infoshare.govuk.components import Cell, Row

from . import anchors, checking, sequencing
from .models import Certificate, LogEntry, Verification

COLUMNS = ("What was found", "Where")


def _lead(request: SignedInRequest) -> Membership:
    return membership_for(request, Permission.REVIEW_RECORDS)


@require_safe
def page(request: SignedInRequest) -> HttpResponse:
    lead = _lead(request)
    last = checking.last_run()
    context = {
        "last": last,
        "rows": _rows(last),
        "columns": COLUMNS,
        "findings": _lines(last, lead.organisation) if last else [],
        "running": checking.running(),
        "checkpoint": anchors.newest(),
        "late": sequencing.oldest_wait() > sequencing.LONGEST_WAIT,
    }
    return render(request, "ledger/seal.html", context)


def _rows(last: Verification | None) -> list[Row]:
    if last is None or last.finished_at is None:
        return []
    what = "The whole log" if last.whole else "What was new, and a part of the rest"
    return [
        Row("When", clock_words(last.finished_at)),
        Row("What was read", f"{what}: {last.entries:,} entries, {last.documents:,} sealed documents"),
        Row("Entries in the log", f"{last.size:,}"),
    ]


def _lines(last: Verification, organisation: Organisation) -> list[tuple[str, Cell]]:
    named = [UUID(finding["document"]) for finding in last.findings if finding["document"]]
    own = {
        str(each)
        for each in LogEntry.objects.within(organisation).filter(document__in=named).values_list("document", flat=True)
    }
    own |= {
        str(each)
        for each in Certificate.objects.within(organisation).filter(document__in=named).values_list("pk", flat=True)
    }
    return [(finding["words"], _where(finding, own)) for finding in last.findings]


def _where(finding: dict[str, Any], own: set[str]) -> Cell:
    if finding["document"] and finding["document"] not in own:
        return Cell("In another organisation’s records")
    reference = finding["record"] if finding["document"] else ""
    record = f"record {reference}" if reference else ""
    place = f"place {finding['place']:,} in the log" if finding["place"] is not None else ""
    document = f"document {finding['document']}" if finding["document"] else ""
    where = ", ".join(part for part in (record, place, document) if part) or "the log as a whole"
    return Cell(where[0].upper() + where[1:], _address(reference))


def _address(reference: str) -> str:
    """Of the record, unless its very reference was altered."""
    try:
        return reverse("log:record", args=[reference])
    except NoReverseMatch:
        return ""


@require_POST
def verify(request: SignedInRequest) -> HttpResponse:
    lead = _lead(request)
    if checking.running() is None:
        checking.ask(by=lead.user)
    messages.success(request, "The whole log is being read. Come back in a few minutes to see what was found.")
    return redirect("seal:page")


@require_safe
def newest_checkpoint(request: SignedInRequest) -> HttpResponse:
    """As a file, to be kept elsewhere."""
    _lead(request)
    last = anchors.newest()
    if last is None:
        raise Http404("The log has no checkpoint yet.")
    response = HttpResponse(f"{last.note}\n{last.signer}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="checkpoint-{last.size}.txt"'
    return response
