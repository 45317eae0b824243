"""The desk of who keeps the records: what is due, what waits, the sweep and its simulation."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from decisions.references import WRITTEN
from infoshare.accounts.requests import SignedInRequest
from infoshare.accounts.roles import Permission
from retention import counting, periods, selectors, services, simulation
from retention.forms.rules import SimulationForm
from retention.schedule import in_words
from retention.tables import keeping as others
from retention.tables import records as record_tables
from retention.tables import sweeps as tables
from retention.tables import tiles

from .who import administrator, reviewer


@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    membership = reviewer(request)
    organisation = membership.organisation
    services.adopt_defaults(organisation)
    after = edge(request.GET.get("after", ""))
    items, more = selectors.due_page(organisation, after)
    today, last = selectors.today(), selectors.last_swept(organisation)
    context = {
        "counts": selectors.due_counts(organisation, today),
        "numbers": tiles.numbers(counting.numbers(organisation), counting.second_person(organisation)),
        "due": record_tables.due(items),
        "due_columns": record_tables.DUE,
        "first": "?" if after else "",
        "next": next_page(items[-1].due_on, items[-1].record_id) if more else "",
        "last": last,
        "today": today,
        "stalled": last is not None and today - last > timedelta(days=services.DAYS_WITHOUT_A_PERSON),
        "runs": tables.runs(selectors.runs(organisation)),
        "run_columns": tables.RUNS,
        "may_set": membership.may(Permission.SET_RETENTION),
    }
    return render(request, "retention/desk.html", context)


def next_page(day: date | None, reference: str) -> str:
    return "?" + urlencode({"after": f"{day}~{reference}"})


def edge(text: str) -> tuple[date, str] | None:
    """The (due day, reference) that a page follows. None for a hand-made value: then the first page is shown."""
    day, _, reference = text.partition("~")
    try:
        due_on = date.fromisoformat(day)
    except ValueError:
        return None
    return (due_on, reference) if WRITTEN.fullmatch(reference) else None


@require_POST
def run(request: SignedInRequest) -> HttpResponse:
    """Run the sweep now. The person who presses the button has looked at the date, so a long gap does not stop it."""
    membership = administrator(request)
    started = services.start_in_background(organisation=membership.organisation, by=membership)
    messages.success(request, "The sweep has been started. You need not wait for it.")
    return redirect("retention:sweep_run", started.pk)


@require_safe
def sweep_run(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far a sweep has come."""
    by = reviewer(request)
    found = selectors.sweep_run(by.organisation, pk)
    if found is None:
        raise Http404
    left = 0 if found.finished_at else selectors.left_to_do(by.organisation, found.as_of)
    context = {"run": found, "columns": tables.RUNS, "rows": tables.runs([found]), "left": left}
    context |= {"gone": others.gone(found), "gone_columns": others.GONE}
    return render(request, "retention/run.html", context)


@require_safe
def simulate(request: SignedInRequest) -> HttpResponse:
    organisation = reviewer(request).organisation
    day: date | None = selectors.today()
    form = SimulationForm(request.GET or None, initial={"as_of": day})
    if form.is_bound:
        day = form.cleaned_data["as_of"] if form.is_valid() else None
    effects = simulation.simulate(organisation, day) if day else []
    context = {
        "form": form,
        "day": in_words(day) if day else "",
        "effects": tables.effects(effects),
        "columns": tables.EFFECTS,
        "flagged": sum(effect.flagged for effect in effects),
        "others": others.would_go(periods.would_go(organisation, day)) if day else [],
        "others_columns": others.WOULD_GO,
    }
    return render(request, "retention/simulate.html", context)
