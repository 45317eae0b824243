"""The directory: what counts as verified, who may change it, what its history says, and files brought in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import cast

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from decisions import editions, services
from decisions.models import Partner, PartnerEvent
from decisions.models.partners import Standing, is_stale
from decisions.partners.tables import details_words
from decisions.recipients import Entry, RecipientKind
from infoshare.accounts.models import Membership
from infoshare.days import london_today
from tests.people import signed_in

from .directory import ENTRY, listed


def test_kinds_are_the_answers_to_who_would_receive_it() -> None:
    for name in editions.names():
        assert set(editions.get(name).question("recipient").option_ids) <= set(RecipientKind.values), name


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_a_check_lasts_exactly_a_year(checked: date, days: int) -> None:
    later = date.fromordinal(checked.toordinal() + days)
    anniversary = (checked.year + 1, checked.month, checked.day)
    assert is_stale(checked, later) == ((later.year, later.month, later.day) > anniversary)


@pytest.mark.django_db
def test_a_contact_goes_stale_after_twelve_months(irene: Membership) -> None:
    with time_machine.travel("2026-11-02T09:00:00Z", tick=False):
        contact = listed(irene)
    assert contact.standing(date(2027, 11, 2)) == Standing.VERIFIED
    assert contact.standing(date(2027, 11, 3)) == Standing.STALE
    assert listed(irene, "", role="Team manager").standing(date(2026, 11, 3)) == Standing.UNVERIFIED


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["name", "role", "address"])
def test_a_change_of_who_or_where_is_no_longer_verified(field: str, irene: Membership) -> None:
    contact = listed(irene)
    entry = cast(Entry, dict(ENTRY) | {field: "night@eastmarsh.example"})
    changed = services.change_partner(by=irene, partner=contact, entry=entry)
    assert (changed.verified_on, changed.verified_by, changed.verified_how) == (None, None, "")
    assert "verified" in contact.events.get(kind="changed").details


@pytest.mark.django_db
def test_a_change_of_kind_alone_stays_verified(irene: Membership) -> None:
    contact = listed(irene)
    assert services.change_partner(by=irene, partner=contact, entry={**ENTRY, "kind": "meeting"}).verified_on


@pytest.mark.django_db
def test_every_deed_is_in_the_history(irene: Membership) -> None:
    contact = listed(irene, "")
    contact = services.change_partner(by=irene, partner=contact, entry={**ENTRY, "role": "Front door"})
    contact = services.verify_partner(by=irene, partner=contact, how="Rang them")
    contact = services.retire_partner(by=irene, partner=contact)
    services.restore_partner(by=irene, partner=contact)
    kinds = [event.kind for event in contact.events.all()]
    assert kinds == ["restored", "retired", "verified", "changed", "added"]
    assert contact.events.get(kind="changed").details == {"role": ["Duty social worker", "Front door"]}


def test_a_day_in_the_history_is_said_as_a_person_says_it() -> None:
    event = PartnerEvent(details={"verified": ["2026-10-16", ""]})
    assert details_words(event) == "Verified on: 16 October 2026, now no longer"


@pytest.mark.django_db
def test_nobody_rewrites_the_history(irene: Membership) -> None:
    listed(irene)
    for deed in (PartnerEvent.objects.all().delete, lambda: PartnerEvent.objects.update(details={})):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


@pytest.mark.django_db
def test_verified_without_saying_how_is_refused_by_the_database(irene: Membership) -> None:
    contact = listed(irene)
    with pytest.raises(IntegrityError), transaction.atomic():
        Partner.objects.filter(pk=contact.pk).update(verified_how="")


@pytest.mark.django_db
def test_only_ig_leads_keep_it(alice: Membership, irene: Membership, oscar: Membership) -> None:
    contact = listed(irene)
    with pytest.raises(PermissionDenied):
        services.verify_partner(by=alice, partner=contact, how="Saw it")
    with pytest.raises(Partner.DoesNotExist):
        services.verify_partner(by=oscar, partner=contact, how="Saw it")


@pytest.mark.django_db
def test_whoever_changed_an_older_entry_is_told_and_keeps_what_they_typed(irene: Membership) -> None:
    contact, client = listed(irene), signed_in(irene)
    services.change_partner(by=irene, partner=contact, entry={**ENTRY, "address": "new@eastmarsh.example"})
    shown = contact.version
    typed = {**ENTRY, "address": "mine@eastmarsh.example", "version": str(shown)}
    page = client.post(f"/partners/{contact.pk}/change/", typed).content.decode()
    assert "new@eastmarsh.example" in page
    assert 'value="mine@eastmarsh.example"' in page
    assert client.post(f"/partners/{contact.pk}/change/", {**typed, "version": str(shown + 1)}).status_code == 302
    contact.refresh_from_db()
    assert contact.address == "mine@eastmarsh.example"


@pytest.mark.django_db
def test_a_retired_contact_cannot_come_back_beside_its_twin(irene: Membership) -> None:
    contact = services.retire_partner(by=irene, partner=listed(irene))
    listed(irene)
    with pytest.raises(ValidationError):
        services.restore_partner(by=irene, partner=contact)


@pytest.mark.django_db(transaction=True)
def test_two_leads_adding_the_same_contact_at_once_add_one(irene: Membership) -> None:
    def press(_: int) -> bool:
        try:
            services.add_partner(by=irene, entry=ENTRY)
        except ValidationError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(press, range(4))) == 1
    assert Partner.objects.count() == 1


@pytest.mark.django_db
def test_search_finds_by_any_word_and_only_ones_own(irene: Membership, oscar: Membership, alice: Membership) -> None:
    listed(irene)
    listed(irene, name="Fenwick School", kind="education", address="dsl@fenwick.example")
    listed(oscar, name="Eastmarsh Police", kind="police", address="desk@police.example")
    page = signed_in(alice).get("/partners/", {"words": "eastmarsh duty"}).content.decode()
    assert "Eastmarsh Children’s Services" in page
    assert "Fenwick School" not in page
    assert "Eastmarsh Police" not in signed_in(alice).get("/partners/").content.decode()


@pytest.mark.django_db
def test_a_wrong_address_says_what_to_enter(irene: Membership) -> None:
    page = signed_in(irene).post("/partners/add/", {**ENTRY, "address": "duty at eastmarsh"}).content.decode()
    assert "Enter an e-mail address like team@example.org" in page
    assert 'value="duty at eastmarsh"' in page


HEADING = "organisation,type,role,channel,address\n"
LINE = "Eastmarsh Police,police,Desk,telephone,01632 960 001\n"


@pytest.mark.django_db
def test_a_dry_run_adds_nothing_and_the_import_adds_what_it_showed(irene: Membership) -> None:
    client = signed_in(irene)
    file = SimpleUploadedFile("partners.csv", (HEADING + LINE).encode("utf-8-sig"))
    page = client.post("/partners/import/", {"file": file, "step": "check"}).content.decode()
    assert "1 contact will be added" in page
    assert not Partner.objects.exists()
    client.post("/partners/import/", {"text": HEADING + LINE, "step": "import"})
    assert Partner.objects.get().name == "Eastmarsh Police"
    again = client.post("/partners/import/", {"text": HEADING + LINE, "step": "check"}).content.decode()
    assert "1 of the file is in the directory already" in again


@pytest.mark.django_db
def test_one_wrong_line_imports_nothing_and_loses_nothing(irene: Membership) -> None:
    text = HEADING + LINE + "Fenwick School,skool,DSL,secure_email,dsl(at)fenwick\n"
    page = signed_in(irene).post("/partners/import/", {"text": text, "step": "import"}).content.decode()
    assert not Partner.objects.exists()
    assert "dsl(at)fenwick" in page
    assert "Put right what is listed below (2)" in page


@pytest.mark.django_db
def test_the_sample_can_be_imported_as_it_is(irene: Membership) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        client = signed_in(irene)
        sample = client.get("/partners/import/sample.csv").content
        client.post("/partners/import/", {"file": SimpleUploadedFile("sample.csv", sample), "step": "import"})
    assert Partner.objects.count() == 3
    contact = Partner.objects.get(kind="social_care")
    assert (contact.verified_on, contact.verified_by) == (None, None)  # nobody here has checked it yet
    page = signed_in(irene).get(f"/partners/{contact.pk}/").content.decode()
    assert "The file said that it was checked: 2 November 2026: Rang the number on the council’s website" in page


@pytest.mark.django_db
def test_to_add_a_contact_never_verifies_it(irene: Membership) -> None:
    client = signed_in(irene)
    assert "How did you check" not in client.get("/partners/add/").content.decode()
    page = client.post("/partners/add/", {**ENTRY, "how": "They e-mailed me the address"}, follow=True).content.decode()
    contact = Partner.objects.get()
    assert contact.standing(london_today()) == Standing.UNVERIFIED
    assert "is in the directory, not verified" in page
    client.post(f"/partners/{contact.pk}/verify/", {"how": "Rang their switchboard", "version": "1"})
    contact.refresh_from_db()
    assert contact.standing(london_today()) == Standing.VERIFIED


@pytest.mark.django_db
def test_an_entry_is_retired_and_brought_back_by_buttons(irene: Membership, alice: Membership) -> None:
    contact, client = listed(irene), signed_in(irene)
    client.post(f"/partners/{contact.pk}/retire/", {"why": "They have closed"})
    assert str(contact.name) not in signed_in(alice).get("/partners/").content.decode()
    page = client.get(f"/partners/{contact.pk}/").content.decode()
    assert "Bring it back" in page
    assert "They have closed" in page
    client.post(f"/partners/{contact.pk}/restore/")
    contact.refresh_from_db()
    assert contact.standing(london_today()) == Standing.VERIFIED
