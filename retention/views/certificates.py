"""Certificates of disposal: the list, one of them, and its PDF. They name no person but by their account."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest
from infoshare.ledger.models import Certificate
from infoshare.typeset import pdf
from retention import certificates
from retention.tables import certificates as tables

from .who import reviewer


@require_safe
def listing(request: SignedInRequest) -> HttpResponse:
    by = reviewer(request)
    before = request.GET.get("before", "")
    found, more = certificates.page(by.organisation, before)
    context = {
        "columns": tables.CERTIFICATES,
        "certificates": tables.listed(found),
        "first": "?" if before else "",
        "next": f"?before={found[-1].made_at.isoformat().replace('+', '%2B')}" if more else "",
    }
    return render(request, "retention/certificates.html", context)


def _certificate(by: Membership, document: UUID) -> Certificate:
    found = certificates.one(by.organisation, document)
    if found is None:
        raise Http404
    return found


@require_safe
def certificate(request: SignedInRequest, document: UUID) -> HttpResponse:
    found = _certificate(reviewer(request), document)
    rows = tables.rows(found, certificates.names(found))
    return render(request, "retention/certificate.html", {"certificate": found, "rows": rows})


@require_safe
def paper(request: SignedInRequest, document: UUID) -> HttpResponse:
    by = reviewer(request)
    found = _certificate(by, document)
    facts = [[row.key, str(row.value)] for row in tables.rows(found, certificates.names(found))]
    content = {
        "title": "Certificate of disposal",
        "caption": by.organisation.name,
        "footer": f"Record {found.content['records'][0]}.",
        "parts": [{"facts": facts}],
    }
    response = HttpResponse(pdf("report", content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{found.content["records"][0]}.pdf"'
    return response
