"""One record: why is it still here, why is it due, and the dates that this counts from. Not what it says."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from decisions.models import DecisionRecord
from infoshare.accounts.models import Membership
from infoshare.accounts.requests import SignedInRequest, get_or_post
from infoshare.accounts.roles import Permission
from retention import covering, permissions, selectors, services, worklists
from retention.forms.dates import TriggerDateForm
from retention.models import ScheduleItem
from retention.schedule import Trigger, sums
from retention.tables import holds as hold_tables
from retention.tables import records as tables
from retention.tables import reviews as review_tables


def _member(request: SignedInRequest) -> Membership:
    if request.membership is None:
        raise Http404
    return request.membership


def _record(by: Membership, reference: str) -> DecisionRecord:
    """A record whose schedule the person may see; any other does not exist for them."""
    record: DecisionRecord | None = DecisionRecord.objects.within(by.organisation).filter(pk=reference).first()
    if record is None or not permissions.may_see_schedule(by, record):
        raise Http404
    return record


@require_safe
def record(request: SignedInRequest, reference: str) -> HttpResponse:
    by = _member(request)
    the_record = _record(by, reference)
    item = selectors.item(by.organisation, reference)
    context = {"reference": reference, "may_review": by.may(Permission.REVIEW_RETENTION)}
    context |= _answers(by, the_record, item) if item else {"item": None}
    return render(request, "retention/record.html", context)


def _answers(by: Membership, the_record: DecisionRecord, item: ScheduleItem) -> dict[str, object]:
    holds = list(covering.holds_on(item))
    review = worklists.open_review(by.organisation, item)
    current = worklists.current_answer(by.organisation, item)
    found = sums([version.as_rule for version in selectors.adopted(by.organisation)], item.category, item.dates)
    return {
        "item": item,
        "why_here": tables.here(item, bool(holds)),
        "why_due": tables.why(item),
        "review": review if by.may(Permission.REVIEW_RETENTION) else None,
        "current": current,
        "answered": review_tables.answered(current) if current else "",
        "countdown": review_tables.countdown(current, timezone.now()) if current and current.not_before else "",
        "winner": tables.sum_lines(found)[0] if found else "",
        "losers": tables.sum_lines(found)[1:],
        "dates": tables.dates(item, permissions.may_enter_dates(by, the_record)),
        "entries": tables.entries(selectors.entries(by.organisation, item.pk)),
        "holds": hold_tables.holds(holds),
        "hold_columns": hold_tables.HOLDS,
    }


@get_or_post
def enter_date(request: SignedInRequest, reference: str, trigger: str) -> HttpResponse:
    by = _member(request)
    the_record = _record(by, reference)
    if trigger not in list(Trigger)[1:]:
        raise Http404
    permissions.check_may_enter_dates(by, the_record)
    item = selectors.item(by.organisation, reference)
    before = item.dates[Trigger(trigger)] if item else None
    form = TriggerDateForm(request.POST or None, trigger=Trigger(trigger), before=before)
    if form.is_valid():
        try:
            services.enter_date(record=the_record, by=by, trigger=Trigger(trigger), **form.cleaned_data)
        except ValidationError as error:
            form.add_error("reason" if "why" in error.message and "reason" in form.fields else "day", error)
        else:
            messages.success(request, "The date is saved and the due date worked out again.")
            return redirect("retention:record", reference)
    return render(request, "retention/date.html", {"form": form, "reference": reference})
