"""The editions, and one of them page by page. Reads only: a rule set is changed in its file, released by a command."""

from functools import lru_cache

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions import editions
from decisions.engine.draw import Page, draw
from decisions.engine.prove import Report, prove
from decisions.engine.ruleset import RuleSet
from decisions.guide.law import CONFIRMED, STATUS_WORDS
from decisions.sourcing import uses
from infoshare.accounts.requests import SignedInRequest, membership_for
from infoshare.accounts.roles import Permission
from infoshare.days import london_today
from infoshare.govuk.components import Cell, Row

UNCONFIRMED_COLUMNS = ("Source", "How far it was checked", "Questions and rules that rest on it")
COLUMNS = ("Edition", "In force", "Questions", "Used for decisions recorded today")


@lru_cache(maxsize=8)
def _report(edition: str) -> Report:
    return prove(editions.get(edition))


@lru_cache(maxsize=8)
def _pages(edition: str) -> tuple[Page, ...]:
    return draw(editions.get(edition), _report(edition))


def _force(ruleset: RuleSet) -> str:
    start, until = ruleset.effective.start, ruleset.effective.until
    words = f"from {start.day} {start:%B %Y}" if start else "always"
    return f"{words} to {until.day} {until:%B %Y}" if until else words


def _unconfirmed(ruleset: RuleSet) -> list[tuple[object, ...]]:
    """Each source that nobody has read in full: how far it was checked, and what rests on it."""
    resting = uses(ruleset)
    doubtful = [source for source in ruleset.sources.values() if source.status != CONFIRMED]
    return [
        (source.title, STATUS_WORDS[source.status].capitalize(), Cell(len(resting[source.id]), numeric=True))
        for source in doubtful
    ]


def _edition(name: str) -> RuleSet:
    try:
        return editions.get(name)
    except editions.UnknownEdition:
        raise Http404("There is no such edition.") from None


@require_safe
def rules(request: SignedInRequest) -> HttpResponse:
    membership_for(request, Permission.READ_RULES)
    today = editions.current(on=london_today()).edition
    lines = [
        (
            Cell(name, reverse("rules:edition", args=[name])),
            _force(editions.get(name)),
            Cell(len(editions.get(name).questions), numeric=True),
            "Yes" if name == today else "No",
        )
        for name in reversed(editions.names())
    ]
    return render(request, "rules/list.html", {"columns": COLUMNS, "lines": lines})


@require_safe
def edition(request: SignedInRequest, name: str) -> HttpResponse:
    membership_for(request, Permission.READ_RULES)
    ruleset = _edition(name)
    report = _report(name)
    proof = [
        Row(
            "Obligations proved: things that must hold for every set of answers",
            f"{report.proved} of {len(report.obligations)}",
        ),
        Row("Different sets of answers that they hold for", f"{report.sittings:,}"),
        Row("Fingerprint of the file (its SHA-256 hash)", ruleset.content_hash),
    ]
    context = {
        "ruleset": ruleset,
        "force": _force(ruleset),
        "proof": proof,
        "pages": [(page, reverse("rules:page", args=[name, page.id])) for page in _pages(name)],
        "report": report,
        "unconfirmed_columns": UNCONFIRMED_COLUMNS,
        "unconfirmed": _unconfirmed(ruleset),
    }
    return render(request, "rules/edition.html", context)


@require_safe
def page(request: SignedInRequest, name: str, page_id: str) -> HttpResponse:
    membership_for(request, Permission.READ_RULES)
    ruleset = _edition(name)
    found = next((page for page in _pages(name) if page.id == page_id), None)
    if found is None:
        raise Http404("This edition has no such page.")
    legend = {CONFIRMED: "checked on the published source", **STATUS_WORDS} if page_id == "sources" else {}
    return render(request, "rules/page.html", {"ruleset": ruleset, "page": found, "legend": legend})
