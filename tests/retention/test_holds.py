"""Holds: what they cover, that nothing covered is flagged, and that two people lift them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from infoshare.accounts.models import Membership, Organisation
from retention import covering, selectors, services
from retention.models import Hold, ScheduleItem, Scope
from tests.people import People, signed_in

from .records import decision_log, recorded, reviews, second, states, years_ago

pytestmark = pytest.mark.django_db


def place(by: Membership, scope: Scope, **what: Any) -> Hold:
    told: dict[str, Any] = {
        "mandate": "Letter of an inquiry",
        "reason": "Asked for",
        "review_on": selectors.today() + timedelta(days=90),
    }
    return services.place_hold(organisation=by.organisation, by=by, scope=scope, **told, **what)


def lift(hold: Hold, by: Membership) -> None:
    lifting = services.ask_to_lift(hold=hold, by=by, reason="The inquiry has ended")
    services.decide_lifting(lifting=lifting, by=second(by.organisation), approve=True)


def sweep(organisation: Organisation) -> None:
    services.sweep(organisation=organisation, as_of=selectors.today(), chunk=2)


def scopes(organisation: Organisation, reference: str) -> list[tuple[Scope, dict[str, Any]]]:
    return [
        (Scope.RECORD, {"record_id": reference}),
        (Scope.RULE, {"rule": decision_log(organisation)}),
        (Scope.CATEGORY, {"category": "pupil"}),
        (Scope.ORGANISATION, {}),
    ]


@pytest.mark.parametrize("number", range(4))
def test_each_scope_holds_and_lets_go(school: Organisation, alice: Membership, rita: Membership, number: int) -> None:
    (record,) = recorded(alice, years_ago(7), subject="child")
    (other,) = recorded(alice, years_ago(5))
    scope, what = scopes(school, record.pk)[number]
    hold = place(rita, scope, **what)
    sweep(school)
    assert states()[record.pk][0] == "held"
    assert states()[other.pk][0] == "waiting"
    assert not list(reviews())
    assert record.pk in {item.record_id for item in covering.covered(hold)}
    assert list(covering.holds_on(ScheduleItem.objects.get(pk=record.pk))) == [hold]
    lift(hold, rita)
    sweep(school)
    assert states()[record.pk][0] == "due"
    assert len(list(reviews())) == 1


def test_what_is_due_already_is_held_and_its_review_taken_back(
    school: Organisation, alice: Membership, rita: Membership
) -> None:
    records = recorded(alice, years_ago(7), number=5)
    sweep(school)
    hold = place(rita, Scope.RECORD, record_id=records[2].pk)
    sweep(school)
    assert [state for state, *_ in states().values()].count("held") == 1
    assert list(reviews()).count((records[2].pk, 1, "withdrawn")) == 1
    lift(hold, rita)
    sweep(school)
    assert (records[2].pk, 2, "open") in set(reviews())


def test_two_holds_on_one_record(school: Organisation, alice: Membership, rita: Membership) -> None:
    (record,) = recorded(alice, years_ago(7))
    first, _ = place(rita, Scope.RECORD, record_id=record.pk), place(rita, Scope.ORGANISATION)
    sweep(school)
    lift(first, rita)
    sweep(school)
    assert states()[record.pk][0] == "held"


def test_covers_records_still_to_come(school: Organisation, alice: Membership, rita: Membership) -> None:
    place(rita, Scope.ORGANISATION)
    recorded(alice, years_ago(7))
    sweep(school)
    assert {state for state, *_ in states().values()} == {"held"}


def test_not_another_organisations(people: People) -> None:
    place(people.rita, Scope.ORGANISATION)
    recorded(people.olga, years_ago(7))
    sweep(people.council)
    assert {state for state, *_ in states().values()} == {"due"}


def test_nobody_lifts_alone(school: Organisation, rita: Membership, irene: Membership) -> None:
    hold = place(rita, Scope.ORGANISATION)
    lifting = services.ask_to_lift(hold=hold, by=rita, reason="Over")
    with pytest.raises(PermissionDenied, match="Another person has to"):
        services.decide_lifting(lifting=lifting, by=rita, approve=True)
    services.decide_lifting(lifting=lifting, by=irene, approve=False, because="It goes on")
    hold.refresh_from_db()
    assert hold.in_force


def test_only_a_records_administrator_places(people: People) -> None:
    for person in (people.alice, people.irene):
        with pytest.raises(PermissionDenied):
            place(person, Scope.ORGANISATION)


def test_the_pages(school: Organisation, people: People) -> None:
    (record,) = recorded(people.alice, years_ago(7))
    sweep(school)
    browser, url = signed_in(people.rita), reverse("retention:place_hold")
    ahead = selectors.today() + timedelta(days=90)
    day = {"review_on_day": ahead.day, "review_on_month": ahead.month, "review_on_year": ahead.year}
    told: dict[str, Any] = {
        "scope": "record",
        "record": record.pk.lower(),
        "mandate": "A claim",
        "reason": "Needed in court",
        **day,
    }
    assert (
        "Check the reference: there is no record with it" in browser.post(url, {**told, "record": "X"}).content.decode()
    )
    assert "Choose a rule" in browser.post(url, {**told, "scope": "rule"}).content.decode()
    never = browser.post(url, {**told, "review_on_year": "9999"}).content.decode()
    assert "Enter a day within the next 10 years" in never
    preview = browser.post(url, {**told, "step": "preview"}).content.decode()
    assert "1 record" in preview
    assert record.pk in preview
    assert not Hold.objects.exists()
    placed = browser.post(url, {**told, "step": "save"}, follow=True).content.decode()
    assert "The hold is in force" in placed
    hold = Hold.objects.get()
    why = browser.get(reverse("retention:record", args=[record.pk])).content.decode()
    assert "A hold covers it" in why
    browser.post(reverse("retention:lift_hold", args=[hold.pk]), {"reason": "Settled"})
    again = browser.post(reverse("retention:lift_hold", args=[hold.pk]), {"reason": "Settled"}).content.decode()
    assert "already asked" in again
    decide = reverse("retention:decide_lifting", args=[hold.liftings.get().pk])
    assert "Another person" in browser.get(decide).content.decode()
    lifted = signed_in(people.irene).post(decide, {"decision": "yes"}, follow=True).content.decode()
    assert "The hold is lifted" in lifted
    assert "Lifted" in browser.get(reverse("retention:holds")).content.decode()
