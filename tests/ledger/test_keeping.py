"""Keys are created, everything is wrapped anew, and an old one is destroyed by two people once nothing needs it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import ProgrammingError

from decisions.models import Draft, HeldAnswer
from infoshare.accounts.models import Membership
from infoshare.ledger import crypto, keeping, keys, verifying
from infoshare.ledger.models import LogEntry, SealedDocument
from tests.decisions.walking import answered

from .building import disposed, record_of
from .worker import sequence, worker

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Key-encryption keys of this test's own."""
    path = tmp_path / "keks"
    path.write_text(f"first:{'11' * 32}\n")
    monkeypatch.setenv(f"{keys.KEKS}_FILE", str(path))
    keys.ring.cache_clear()
    yield path
    monkeypatch.undo()
    keys.ring.cache_clear()


def run(*words: str) -> None:
    with worker():
        call_command("ledger_keys", *words)


def test_rotation_wraps_everything_anew_and_changes_nothing_else(alice: Membership, file: Path) -> None:
    record_of(alice)
    _, draft = answered(alice)
    held = HeldAnswer(user=alice.user, path="/").shut("typed")
    held.save()
    sequence()
    before = SealedDocument.objects.get().content_hash
    run("create", "second")
    run("rotate")
    assert keeping.in_use() == {"second": 3}
    fresh = SealedDocument.objects.select_related("key").get()
    assert fresh.content["kind"] == "decision"
    assert fresh.content_hash == before
    assert Draft.objects.get(pk=draft.pk).answers == draft.answers
    assert HeldAnswer.objects.get().open() == "typed"
    sequence()
    assert verifying.verify(verifying.Wish(open_each=True)).findings.found == []


def test_the_web_may_not_wrap_anew(alice: Membership, file: Path) -> None:
    record_of(alice)
    run("create", "second")
    with pytest.raises(ProgrammingError, match="permission denied"):
        call_command("ledger_keys", "rotate")


def test_a_key_in_use_is_not_destroyed(alice: Membership, irene: Membership, sam: Membership, file: Path) -> None:
    record_of(alice)
    two = ["--by", irene.user.email, sam.user.email]
    with pytest.raises(CommandError, match="add another one first"):
        run("destroy", "first", *two)
    run("create", "second")
    with pytest.raises(CommandError, match="still wraps 1 data keys"):
        run("destroy", "first", *two)
    run("rotate")
    with pytest.raises(CommandError, match="Two different people"):
        run("destroy", "first", "--by", irene.user.email, irene.user.email)
    with pytest.raises(CommandError, match="no active person"):
        run("destroy", "first", "--by", irene.user.email, "nobody@example.org")
    run("destroy", "first", *two)
    assert [line.split(":")[0] for line in file.read_text().split()] == ["second"]
    assert sorted(LogEntry.objects.values_list("kind", flat=True)) == ["key_added", "key_destroyed", "sealed"]
    assert SealedDocument.objects.select_related("key").get().content["kind"] == "decision"


def test_an_old_copy_is_unreadable_once_its_key_is_destroyed(
    alice: Membership, irene: Membership, rita: Membership, sam: Membership, file: Path
) -> None:
    """What a dump made before the disposal still holds: content, wrapped key. The key-encryption key is gone."""
    record = record_of(alice)
    copy = SealedDocument.objects.select_related("key").get()
    with worker():
        disposed([record], rita, irene)
    run("create", "second")
    run("rotate")
    assert copy.key.unwrap()
    run("destroy", "first", "--by", irene.user.email, sam.user.email)
    with pytest.raises(ImproperlyConfigured, match="no key named first"):
        copy.key.unwrap()
    with pytest.raises(crypto.CannotOpen):
        crypto.unwrap(keys.kek("second"), bytes(copy.key.wrapped), copy.pk)


def test_names_are_used_once(file: Path) -> None:
    for name in ("first", "with:colon", "x" * 21):
        with pytest.raises(CommandError, match="is taken"):
            run("create", name)


def test_show_and_escrow_never_show_a_key(alice: Membership, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record_of(alice)
    run("show")
    run("escrow")
    said = capsys.readouterr().out
    assert "first: wraps 1 data keys, in use for what is new" in said
    assert "key-encryption key first: fingerprint" in said
    ring = keys.ring()
    for secret in (*ring.keks.values(), ring.mac, ring.blind_index, keys.signing_key().private_bytes_raw()):
        assert secret.hex() not in said


def test_a_missing_key_is_named(alice: Membership, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record_of(alice)
    file.write_text(f"other:{'22' * 32}\n")
    keys.ring.cache_clear()
    run("show")
    assert "first: wraps 1 data keys, but is MISSING" in capsys.readouterr().out
