"""One record's bundle, checked by the stand-alone program in an empty environment: no package, no infoshare."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from decisions import services
from infoshare.accounts.models import Membership
from infoshare.ledger import anchors, checkpoint, keys, merkle, proofs
from infoshare.ledger.models import Leaf, TreeNode
from infoshare.ledger.services import seal
from tests.decisions.walking import recorded
from tests.people import signed_in

from .building import record_of
from .worker import sequence

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def check(place: Path, *words: str) -> tuple[int, str]:
    """In an environment with nothing in it: -I, no site packages, no variables."""
    command = [sys.executable, "-I", "-S", str(place / "check_bundle.py"), str(place), *words]
    done = subprocess.run(command, cwd=place, env={}, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def unpacked(bundle: bytes, into: Path) -> Path:
    into.mkdir()
    zipfile.ZipFile(io.BytesIO(bundle)).extractall(into)
    return into


@pytest.fixture
def place(alice: Membership, irene: Membership, tmp_path: Path) -> Path:
    for number in range(5):
        record_of(alice, number)
    record = recorded(alice)
    services.amend(record=record, by=alice, text="They confirmed receipt.", key=uuid4())
    record_of(alice)
    sequence()
    answer = signed_in(irene).get(f"/log/{record.reference}/bundle/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    return unpacked(answer.content, tmp_path / "bundle")


def test_the_checker_agrees_in_an_empty_environment(place: Path) -> None:
    code, said = check(place)
    assert code == 0, said
    assert "True: 2 sealed documents are what the log of 8 entries committed to." in said
    assert "hungry" in (place / "content-1.json").read_text()
    assert "They confirmed receipt." in (place / "content-2.json").read_text()
    assert (place / "record.pdf").read_bytes().startswith(b"%PDF")


def test_the_key_is_compared_where_one_is_given(place: Path) -> None:
    true = json.loads((place / "bundle.json").read_text())["public_key"]
    assert check(place, "--key", true)[0] == 0
    other = checkpoint.verifier("other", keys.signing_key().public_key())
    code, said = check(place, "--key", other)
    assert (code, "another key" in said) == (1, True)


@pytest.mark.parametrize(
    ("file", "before", "after", "words"),
    [
        ("content-1.json", "hungry", "well fed", "does not say what was sealed"),
        ("bundle.json", '"kind": "decision"', '"kind": "emergency"', "not the one in the signed log"),
        ("bundle.json", '"index": 5', '"index": 4', "not the one in the signed log"),
        ("bundle.json", "/infoshare\\n8\\n", "/infoshare\\n9\\n", "not signed by this key"),
    ],
)
def test_what_was_altered_is_told(place: Path, file: str, before: str, after: str, words: str) -> None:
    text = (place / file).read_text()
    assert before in text
    (place / file).write_text(text.replace(before, after, 1))
    code, said = check(place)
    assert code == 1
    assert words in said


def test_a_damaged_bundle_is_no_traceback(place: Path) -> None:
    (place / "bundle.json").write_text("{}")
    code, said = check(place)
    assert code == 2
    assert "Traceback" not in said


def test_a_record_of_this_second_has_no_bundle_yet(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    answer = signed_in(irene).get(f"/log/{record.reference}/bundle/", follow=True)
    assert "Try again in a minute" in answer.content.decode()


def test_proofs_are_right_in_a_log_with_landmarks(alice: Membership) -> None:
    with transaction.atomic():
        for number in range(600):
            seal(kind="decision", organisation=alice.organisation, content={"number": number})
    sequence()
    assert TreeNode.objects.filter(level=8).count() == 2
    newest = anchors.newest()
    assert newest is not None
    for leaf in Leaf.objects.filter(index__in=(0, 255, 256, 511, 512, 599)).select_related("entry"):
        proof = proofs.inclusion(leaf.entry, newest)
        root = checkpoint.read(proof.checkpoint.note).root
        assert merkle.root_from_inclusion(bytes(leaf.leaf), proof.index, proof.checkpoint.size, proof.path) == root
