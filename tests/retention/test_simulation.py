"""A simulation says what the sweep then does, and writes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import InternalError, connection, transaction

from infoshare.accounts.models import Membership, Organisation
from retention import selectors, services, simulation
from retention.models import Scope
from tests.people import signed_in

from .records import changed, decision_log, recorded, states, years_ago
from .test_holds import place

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[Any]]:
    models = apps.get_app_config("retention").get_models()
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def test_says_what_the_sweep_does(school: Organisation, alice: Membership, rita: Membership) -> None:
    recorded(alice, years_ago(9), number=2)
    recorded(alice, years_ago(7), number=3)
    services.sweep(organisation=school, as_of=selectors.today())
    changed(rita, "decision_log", years=8)
    recorded(alice, years_ago(8))
    (effect,) = simulation.simulate(school, selectors.today())
    run = services.sweep(organisation=school, as_of=selectors.today())
    assert (effect.scheduled, effect.changed, effect.withdrawn, effect.flagged) == (1, 5, 3, 1)
    assert (run.scheduled, run.recomputed, run.withdrawn, run.flagged) == (1, 5, 3, 1)


@pytest.mark.parametrize("adopted", [False, True])
def test_looks_ahead_and_writes_nothing(school: Organisation, alice: Membership, adopted: bool) -> None:
    recorded(alice, years_ago(5), number=4)
    if adopted:
        services.sweep(organisation=school, as_of=selectors.today())
    before = everything()
    (effect,) = simulation.simulate(school, selectors.today() + timedelta(days=366))
    assert (effect.rule, effect.flagged) == ("Decisions to share or not to share", 4)
    assert everything() == before
    assert bool(states()) == adopted


def test_cannot_write(school: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "EFFECT", "UPDATE retention_sweeprun SET flagged = 0 RETURNING 1, 1, 1, 1, 1")
    with pytest.raises(InternalError, match="read-only"), transaction.atomic():
        simulation.simulate(school, selectors.today())
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE still_writable ()")


def test_counts_no_other_organisation(council: Organisation, alice: Membership) -> None:
    recorded(alice, years_ago(7))
    (effect,) = simulation.simulate(council, selectors.today())
    assert (effect.scheduled, effect.flagged) == (0, 0)


def test_preview_of_a_new_period(school: Organisation, alice: Membership) -> None:
    recorded(alice, years_ago(3), number=2)
    recorded(alice, years_ago(7))
    services.sweep(organisation=school, as_of=selectors.today())
    version = selectors.adopted(school).get()
    shorter, same, longer = (simulation.preview(version, years, True) for years in (2, 6, 10))
    assert (shorter.changed, shorter.flagged, shorter.withdrawn) == (3, 2, 0)
    assert (same.changed, same.flagged, same.withdrawn) == (0, 0, 0)
    assert (longer.changed, longer.flagged, longer.withdrawn) == (3, 0, 1)


def test_the_preview_tells_what_a_hold_keeps(school: Organisation, alice: Membership, rita: Membership) -> None:
    """Else a change that reaches held records would look as if it reached none."""
    recorded(alice, years_ago(4), number=2)
    services.sweep(organisation=school, as_of=selectors.today())
    place(rita, Scope.ORGANISATION)
    rule = decision_log(school)
    told = {"adopted": "yes", "years": "3", "mandate": "Policy 7", "reason": "Less", "based_on": "1", "step": "preview"}
    page = signed_in(rita).post(f"/retention/rules/{rule.pk}/change/", told).content.decode()
    assert "2 records fall due too, but a hold keeps them." in " ".join(page.split())
