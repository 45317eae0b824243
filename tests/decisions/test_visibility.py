"""Who may know of a record: roles, teams, named readers, recusal; and that what is closed is in no number either."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from decisions import permissions, selectors, services
from decisions.models import DecisionRecord, Recusal, Restriction, VisibilityChange
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from tests.people import People, add, signed_in

from .test_exports import rows
from .test_log import listed
from .test_reviews import queue
from .test_searching import find_case, search
from .walking import recorded

pytestmark = pytest.mark.django_db
Close = Callable[[DecisionRecord, People, Membership], None]


@pytest.fixture
def ingrid(people: People) -> Membership:
    """A second IG lead of the school."""
    return add("ingrid", people.school, Role.IG_LEAD)


def restrict(record: DecisionRecord, people: People, _: Membership) -> None:
    services.restrict(record=record, by=people.irene, readers=[people.irene], reason="Staff")


def recuse(record: DecisionRecord, people: People, person: Membership) -> None:
    services.recuse(record=record, by=people.irene, person=person.user, reason="Her nephew")


@pytest.mark.parametrize("close", [restrict, recuse])
def test_what_is_closed_is_in_no_list_and_no_number(close: Close, people: People, ingrid: Membership) -> None:
    record = recorded(people.alice)
    assert listed(ingrid) == [record.reference]
    close(record, people, ingrid)
    assert selectors.records_for(ingrid).count() == 0
    assert [*listed(ingrid), *rows(ingrid), *queue(ingrid), *find_case(ingrid, "4471")] == []
    assert "Nothing is recorded yet" in signed_in(ingrid).get("/log/").content.decode()
    assert "Searched 0 of 0 records" in search(ingrid, "hungry")
    for page in ("", "add/", "confirm/", "review/", "pdf/", "who/", "step-back/", "recorded/"):
        assert signed_in(ingrid).get(f"/log/{record.reference}/{page}").status_code == 404, page
    assert listed(people.irene) == listed(people.alice) == [record.reference]


@pytest.mark.parametrize("close", [restrict, recuse])
def test_the_rule_is_one_for_rows_and_for_lists(close: Close, people: People, ingrid: Membership) -> None:
    services.set_log(by=people.irene, team_reads=True, sample_percent=0)
    record = recorded(people.alice)
    everybody = (people.alice, people.bob, people.irene, people.rita, people.sam, people.olga, people.oscar, ingrid)
    for closed in (False, True):
        if closed:
            close(record, people, people.bob)
        for person in everybody:
            assert permissions.may_know_of(person, record) == (record in selectors.records_for(person)), person


def test_named_readers_read_on_and_the_restriction_can_be_lifted(people: People, ingrid: Membership) -> None:
    services.set_log(by=people.irene, team_reads=True, sample_percent=0)
    record = recorded(people.alice)
    services.restrict(record=record, by=people.irene, readers=[people.irene, ingrid], reason="Staff")
    assert listed(ingrid) == [record.reference]
    assert listed(people.bob) == []  # the author's team
    services.lift(record=record, by=ingrid, reason="Over")
    assert listed(people.bob) == [record.reference]


def test_someone_who_may_lift_it_always_remains(people: People) -> None:
    record = recorded(people.alice)
    with pytest.raises(services.NobodyWouldRead):
        services.restrict(record=record, by=people.irene, readers=[people.bob, people.oscar], reason="x")
    assert not Restriction.objects.exists()


def test_the_author_is_never_shut_out_and_never_decides_who_reads(people: People) -> None:
    both = add("pat", people.school, Role.PRACTITIONER, Role.IG_LEAD)
    record = recorded(both)
    for by in (people.irene, both):
        with pytest.raises(PermissionDenied):
            services.recuse(record=record, by=by, person=both.user, reason="x")
    for by in (both, people.oscar, people.alice):
        with pytest.raises(PermissionDenied):
            services.restrict(record=record, by=by, readers=[by], reason="x")
    services.restrict(record=record, by=people.irene, readers=[people.irene], reason="x")
    assert record in selectors.records_for(both)


def test_a_lead_restricts_and_lifts_on_the_page_and_it_says_who_and_why(people: People, ingrid: Membership) -> None:
    record, client = recorded(people.alice), signed_in(people.irene)
    url = f"/log/{record.reference}/who/"
    assert "Enter why" in client.post(url, {"deed": "restrict"}).content.decode()
    assert "Choose who" in client.post(url, {"deed": "recuse", "reason": "x"}).content.decode()
    data = {"deed": "restrict", "readers": [str(people.bob.pk)], "reason": "A colleague is named"}
    asked = client.post(url, data).content.decode()
    assert "Restrict this record to named readers?" in asked
    assert "You also named Bob Example, but their role or team does not let them read it." in asked
    assert "Ingrid" not in asked
    assert not Restriction.objects.exists()
    assert not VisibilityChange.objects.exists()
    page = client.post(url, data | {"step": "save"}, follow=True).content.decode()
    for words in ("Only these people: Alice Example, Bob Example, Irene Example.", "A colleague is named"):
        assert words in page
    assert "Restricted" in client.get(f"/log/{record.reference}/").content.decode()
    client.post(url, {"deed": "lift", "reason": "Over"})
    assert listed(ingrid) == [record.reference]
    assert [change.kind for change in VisibilityChange.objects.all()] == ["restricted", "lifted"]


def test_somebody_steps_back_and_is_let_back(people: People, ingrid: Membership) -> None:
    record = recorded(people.alice)
    client = signed_in(ingrid)
    client.post(f"/log/{record.reference}/step-back/", {"reason": "I know the family"})
    assert client.get(f"/log/{record.reference}/").status_code == 404
    lead, who = signed_in(people.irene), f"/log/{record.reference}/who/"
    data = {"deed": "return", "back": str(people.alice.pk), "reason": "They have moved away"}
    assert "Select a valid choice" in lead.post(who, data).content.decode()  # nobody keeps her from it
    lead.post(who, {**data, "back": str(ingrid.pk)})
    assert client.get(f"/log/{record.reference}/").status_code == 200


def test_a_refusal_says_why_and_what_would_change_it(people: People) -> None:
    answer = signed_in(people.alice).get(f"/log/{recorded(people.alice).reference}/who/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Only an information-governance lead who did not make this record can say who may read it." in page
    assert "ask your organisation’s system administrator" in page


def test_a_person_of_another_organisation_is_no_choice(people: People) -> None:
    record = recorded(people.alice)
    data = {"deed": "restrict", "readers": [str(people.oscar.pk)], "reason": "x"}
    page = signed_in(people.irene).post(f"/log/{record.reference}/who/", data).content.decode()
    assert "Error" in page
    assert not Restriction.objects.exists()


def test_the_last_lead_is_not_kept_from_a_record_whoever_asks(people: People) -> None:
    """Nobody could ever open it again: not by the page, not by stepping back, not in the service itself."""
    record, client = recorded(people.alice), signed_in(people.irene)
    data = {"deed": "recuse", "person": str(people.irene.pk), "reason": "x", "step": "save"}
    assert "First ask" in client.post(f"/log/{record.reference}/who/", data).content.decode()
    assert "You cannot step back yet" in client.get(f"/log/{record.reference}/step-back/").content.decode()
    assert "First ask" in client.post(f"/log/{record.reference}/step-back/", {"reason": "x"}).content.decode()
    with pytest.raises(services.NobodyWouldRead):
        services.recuse(record=record, by=people.irene, person=people.irene.user, reason="x")
    assert not Recusal.objects.exists()
    assert not VisibilityChange.objects.exists()
    assert listed(people.irene) == [record.reference]


def test_a_lead_who_was_kept_out_is_no_reader_to_restrict_to(people: People, ingrid: Membership) -> None:
    record = recorded(people.alice)
    services.recuse(record=record, by=people.irene, person=ingrid.user, reason="Her nephew")
    with pytest.raises(services.NobodyWouldRead):
        services.restrict(record=record, by=people.irene, readers=[ingrid], reason="x")
    with pytest.raises(services.NobodyWouldRead):
        services.recuse(record=record, by=people.irene, person=people.irene.user, reason="x")
    assert listed(people.irene) == [record.reference]


def test_before_one_person_is_kept_out_it_says_who_still_reads(people: People, ingrid: Membership) -> None:
    record, client = recorded(people.alice), signed_in(people.irene)
    url, data = f"/log/{record.reference}/who/", {"deed": "recuse", "person": str(ingrid.pk), "reason": "x"}
    page = client.post(url, data).content.decode()
    assert "Keep Ingrid Example from this record?" in page
    assert "Irene Example, information-governance lead" in page
    assert "You will not see this record any more" not in page
    assert listed(ingrid) == [record.reference]
    client.post(url, data | {"step": "save"})
    assert listed(ingrid) == []


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_keep_out_each_other_at_once_leave_one(people: People, ingrid: Membership) -> None:
    record = recorded(people.alice)

    def keep_out(by: Membership, person: Membership) -> None:
        try:
            services.recuse(record=record, by=by, person=person.user, reason="x")
        except (services.NobodyWouldRead, PermissionDenied):
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(keep_out, (people.irene, ingrid), (ingrid, people.irene)))
    assert len(listed(people.irene) + listed(ingrid)) == 1


def test_the_log_marks_what_is_restricted_and_tells_rows_apart(people: People) -> None:
    record, client = recorded(people.alice), signed_in(people.irene)
    page = client.get("/log/").content.decode()
    subject = next(each["words"] for each in record.document.content["answers"] if each["id"] == "subject")
    assert f"Case 4471 · {subject}" in page
    assert ">Restricted</strong>" not in page
    services.restrict(record=record, by=people.irene, readers=[people.irene], reason="x")
    assert ">Restricted</strong>" in client.get("/log/").content.decode()
