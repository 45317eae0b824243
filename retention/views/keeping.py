"""How long is kept what is not a record: one kind with its history, a change asked for, and its approval."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from infoshare.accounts.requests import SignedInRequest, get_or_post
from infoshare.accounts.roles import Permission
from retention import periods, selectors, services
from retention.forms.deciding import DecideForm
from retention.forms.keeping import PeriodForm
from retention.keeping import Kept, usual
from retention.tables import keeping as tables

from .who import administrator, reviewer


def _kind(text: str) -> Kept:
    if text not in Kept.values:
        raise Http404
    return Kept(text)


@require_safe
def kept(request: SignedInRequest, kind: str) -> HttpResponse:
    by, which = reviewer(request), _kind(kind)
    changes = periods.changes(by.organisation).filter(kind=which)
    context = {
        "kind": which,
        "rows": tables.rows(which, periods.periods(by.organisation)[which]),
        "waiting": periods.waiting_changes(by.organisation).filter(kind=which).first(),
        "may_change": by.may(Permission.SET_RETENTION) and not usual()[which].fixed,
        "columns": tables.CHANGES,
        "changes": tables.changes(changes),
    }
    return render(request, "retention/kept.html", context)


@get_or_post
def change(request: SignedInRequest, kind: str) -> HttpResponse:
    """Asks only: a second person decides."""
    by, which = administrator(request), _kind(kind)
    if usual()[which].fixed:
        raise Http404
    now = periods.periods(by.organisation)[which]
    form = PeriodForm(request.POST or None, kind=which, initial={"days": now.days, "mandate": now.mandate})
    if form.is_valid():
        services.propose_period(organisation=by.organisation, by=by, kind=which, **form.cleaned_data)
        messages.success(request, "The change waits for a second person. The period stays as it is until they agree.")
        return redirect("retention:kept", kind)
    return render(request, "retention/change_kept.html", {"form": form, "kind": which})


@get_or_post
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person sees what would go, as of now, and decides."""
    by = reviewer(request)
    asked = periods.changes(by.organisation).filter(pk=pk).first()
    if asked is None:
        raise Http404
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            services.decide_period(change=asked, by=by, approve=form.agrees, because=form.cleaned_data["because"])
        except services.AlreadyDecided:
            form.add_error(None, "This has been decided already.")
        else:
            messages.success(request, "The period is changed." if form.agrees else "The period stays as it is.")
            return redirect("retention:kept", asked.kind)
    kind = Kept(asked.kind)
    context = {
        "form": form,
        "kind": kind,
        "rows": tables.proposed(asked, periods.periods(by.organisation)[kind]),
        "would_go": periods.counted(by.organisation, kind, asked.days, selectors.today()),
        "why_not": services.why_not(asked, by),
        "waiting": asked.is_waiting,
    }
    return render(request, "retention/decide_kept.html", context)
