"""The page of the evidence pack: what it will hold, a period, a reason, a button. Made as it is sent, kept nowhere."""

from datetime import date
from typing import Any

from django.http import QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from decisions import services
from decisions.log import counting
from decisions.log.charts import Year
from decisions.log.filters import FilterForm, boxes_of, narrowed
from decisions.models import Export
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import day_words, london_today
from infoshare.ledger import anchors, checking
from infoshare.ledger.models import Checkpoint

from . import files, of_the_seal
from .forms import PackForm
from .packs import Pack


@get_or_post
def page(request: SignedInRequest) -> HttpResponseBase:
    membership = membership_for(request, Permission.EXPORT_RECORDS)
    sent = request.POST if request.method == "POST" else None
    asked = QueryDict((sent or request.GET).get("query", "").lstrip("?"))
    filters, checkpoint = narrowed(membership, _without_period(asked)), anchors.newest()
    period = _period(narrowed(membership, asked))
    form = PackForm(sent, initial={"query": filters.query(), **period})
    if form.is_bound and form.is_valid() and checkpoint is not None:
        pack = _pack(membership, filters, form.cleaned_data, checkpoint)
        form.check_size(pack.count)
        if pack.with_text and not of_the_seal.is_settled(pack):
            form.say_wait()
        if not form.errors:
            return _sent(pack)
    told = _told(filters, period)
    return render(request, "evidence/pack.html", {"form": form, "has_checkpoint": checkpoint is not None, **told})


def _without_period(asked: QueryDict) -> QueryDict:
    """The filters of the log but for its days: those are the period."""
    kept = asked.copy()
    for box in (*boxes_of("since"), *boxes_of("until")):
        kept.pop(box, None)
    return kept


def _period(asked: FilterForm) -> dict[str, date]:
    """The days of the log's filter, else the year that ends today."""
    days = {name: day for name, day in asked.chosen.items() if name in ("since", "until")}
    today = london_today()
    return {"since": Year.of(today, 0).first, "until": today, **days}


def _pack(by: Membership, filters: FilterForm, wanted: dict[str, Any], checkpoint: Checkpoint) -> Pack:
    at, since, until = timezone.now(), wanted["since"], wanted["until"]
    # Only what is there now: so what is noted as taken out is what goes into the file.
    records = filters.between(since, until).filter(recorded_at__lte=at).order_by("-recorded_at", "-reference")
    return Pack(
        by=by,
        at=at,
        since=since,
        until=until,
        records=records,
        count=records.order_by().count(),
        checkpoint=checkpoint,
        filters=[chip.words for chip in filters.chips()],
        reason=wanted["reason"],
        with_text=wanted["with_text"],
    )


def _sent(pack: Pack) -> HttpResponseBase:
    """Written down before the first byte leaves."""
    text = ["With what the records say"] if pack.with_text else []
    services.note_export(
        by=pack.by,
        format=Export.Format.PACK,
        records=pack.of_records,
        filters=[f"Recorded {pack.period}", *pack.filters, *text],
        reason=pack.reason,
    )
    name = f"evidence-{pack.since.isoformat()}-to-{pack.until.isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(files.streamed(pack), content_type="application/zip", headers=headers)


def _told(filters: FilterForm, period: dict[str, date]) -> dict[str, Any]:
    """What the page says of the pack it would make."""
    return {
        "chips": filters.chips(),
        "query": filters.query(),
        "count": counting.words(filters.between(**period).count()),
        "since": day_words(period["since"]),
        "until": day_words(period["until"]),
        "columns": ("File", "What it is"),
        "table_rows": [(file.name, file.about) for file in files.FILES],
        "text_file": files.TEXT,
        "verified": checking.last_run(),
    }
