"""The outbox: sent if and only if the deed stands, once it can be, however mail, broker and relays behave."""

import smtplib
import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from infoshare.accounts.models import Membership
from infoshare.celery import app
from infoshare.outbox import relay as relaying
from infoshare.outbox import tasks
from infoshare.outbox.models import Letter
from infoshare.outbox.services import post

trouble: list[Exception] = []


def plain(letters: Sequence[Letter]) -> EmailMessage | None:
    """A writer of the tests: as many lines as letters, or the next trouble."""
    if trouble:
        raise trouble[0]
    return EmailMessage("test", "\n".join(letter.key for letter in letters), to=[letters[0].person.email])


@pytest.fixture(autouse=True)
def writer(settings: object) -> Iterator[None]:
    settings.LETTERS = {"plain": "tests.outbox.test_relay.plain"}  # type: ignore[attr-defined]
    yield
    trouble.clear()


def send(person: Membership, key: str = "one", **more: object) -> None:
    ids = {"person_id": person.user_id, "organisation_id": person.organisation_id}
    post(kind="plain", key=key, **ids, **more)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_one_letter_per_key_and_one_e_mail_for_all_that_wait(alice: Membership) -> None:
    for key in ("one", "two", "one"):
        send(alice, key)
    assert relaying.relay() == 1
    assert [str(message.body) for message in mail.outbox] == ["one\ntwo"]
    assert relaying.relay() == 0


@pytest.mark.django_db
def test_what_is_rolled_back_is_never_sent(alice: Membership) -> None:
    with transaction.atomic():
        send(alice)
        transaction.set_rollback(True)
    assert relaying.relay() == 0
    assert mail.outbox == []


@pytest.mark.django_db
def test_not_before_it_is_due(alice: Membership) -> None:
    send(alice, due_at=timezone.now() + timedelta(hours=1))
    assert relaying.relay() == 0


@pytest.mark.django_db
def test_it_carries_a_stable_id(alice: Membership) -> None:
    send(alice)
    relaying.relay()
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{Letter.objects.get().pk}@infoshare>"


@pytest.mark.django_db
def test_mail_that_is_down_loses_nothing(alice: Membership, bob: Membership) -> None:
    send(alice)
    send(bob, "two")
    trouble.append(ConnectionRefusedError())
    tasks.relay.apply(throw=True)
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 1]  # it stops at the first
    for _ in range(relaying.ATTEMPTS + 2):
        Letter.objects.update(due_at=timezone.now())
        tasks.relay.apply(throw=True)
    assert not Letter.objects.exclude(gave_up_at=None).exists()
    trouble.clear()
    Letter.objects.update(due_at=timezone.now())
    assert relaying.relay() == 2
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_a_letter_that_is_itself_the_trouble_holds_up_no_other_and_ends(alice: Membership, bob: Membership) -> None:
    send(alice)
    trouble.append(smtplib.SMTPRecipientsRefused({}))
    for _ in range(relaying.ATTEMPTS):
        Letter.objects.update(due_at=timezone.now())
        assert relaying.relay() == 1
    trouble.clear()
    refused = Letter.objects.get()
    assert refused.gave_up_at is not None
    assert refused.trouble == "SMTPRecipientsRefused"
    send(bob, "two")
    Letter.objects.update(due_at=timezone.now())
    assert relaying.relay() == 1
    assert [message.to for message in mail.outbox] == [["bob@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_the_broker_being_down_is_no_error(alice: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a broker address where nobody listens: the deed stands, and beat's next round sends it."""
    monkeypatch.setattr(app, "send_task", _through_nobody)
    with transaction.atomic():
        send(alice)
    assert relaying.relay() == 1


def _through_nobody(name: str, **options: object) -> None:
    from celery import Celery

    Celery(broker="redis://127.0.0.1:1/0").send_task(name, **options)


@pytest.mark.django_db(transaction=True)
def test_two_relays_send_it_once(alice: Membership) -> None:
    """The second comes while the first holds the row: it takes nothing, and waits for nothing."""
    send(alice)
    found: list[int] = []

    def second() -> None:
        found.append(relaying.relay())
        connection.close()

    with transaction.atomic():
        assert relaying.deliver_next()
        other = threading.Thread(target=second)
        other.start()
        other.join(timeout=30)
    assert found == [0]
    assert relaying.relay() == 0
    assert len(mail.outbox) == 1


def test_beat_knows_the_relay() -> None:
    assert "infoshare.outbox.tasks.relay" in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
