"""The IG lead's page about the log's seal: what the last verification found, and the newest checkpoint to keep."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.ledger import anchors, checking, sequencing

from . import seal_lines

COLUMNS = ("What was found", "Where")


def _lead(request: SignedInRequest) -> Membership:
    return membership_for(request, Permission.REVIEW_RECORDS)


@require_safe
def page(request: SignedInRequest) -> HttpResponse:
    lead = _lead(request)
    last = checking.last_run()
    context = {
        "last": last,
        "rows": seal_lines.rows(last),
        "columns": COLUMNS,
        "findings": seal_lines.findings(last, lead) if last else [],
        "running": checking.running(),
        "checkpoint": anchors.newest(),
        "late": sequencing.oldest_wait() > sequencing.LONGEST_WAIT,
    }
    return render(request, "ledger/seal.html", context)


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
    response = HttpResponse(anchors.file(last), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="checkpoint-{last.size}.txt"'
    return response
