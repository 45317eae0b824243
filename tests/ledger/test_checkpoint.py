"""Checkpoints against the example of signed-note, and what is no checkpoint of ours."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from infoshare.ledger import checkpoint
from infoshare.ledger.checkpoint import Checkpoint, NotACheckpoint

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
LOG = Checkpoint("log.example.org/infoshare", 42, bytes(range(32)))
# The worked example in the documentation of golang.org/x/mod/sumdb/note.
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PUBLISHED_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="


def test_the_published_example() -> None:
    name, key_id, coded = PUBLISHED_KEY.split("+", 2)
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(coded)[1:])
    assert checkpoint.key_id(name, key).hex() == key_id
    assert checkpoint.verifier(name, key) == PUBLISHED_KEY
    assert checkpoint._signed(PUBLISHED_TEXT, PUBLISHED_SIGNATURE, {bytes.fromhex(key_id): key})


def test_a_note_is_three_lines_a_gap_and_a_signature() -> None:
    lines = checkpoint.sign(LOG, KEY).split("\n")
    assert lines[:4] == ["log.example.org/infoshare", "42", base64.b64encode(LOG.root).decode(), ""]
    assert lines[4].startswith("— log.example.org/infoshare ")
    assert lines[5:] == [""]


def test_what_was_signed_comes_back() -> None:
    note = checkpoint.sign(LOG, KEY)
    assert checkpoint.verify(note, [OTHER.public_key(), KEY.public_key()]) == LOG
    assert checkpoint.read(note) == LOG


@pytest.mark.parametrize(
    ("before", "after"),
    [("\n42\n", "\n43\n"), ("log.example.org", "log.example.net"), ("AAEC", "AAED"), ("\n42\n", "\n042\n")],
)
def test_an_altered_note_is_refused(before: str, after: str) -> None:
    note = checkpoint.sign(LOG, KEY)
    assert before in note
    with pytest.raises(NotACheckpoint):
        checkpoint.verify(note.replace(before, after), [KEY.public_key()])


def test_another_key_is_refused_and_a_second_signature_does_no_harm() -> None:
    note = checkpoint.sign(LOG, KEY)
    with pytest.raises(NotACheckpoint):
        checkpoint.verify(note, [OTHER.public_key()])
    both = checkpoint.sign(LOG, OTHER) + note.splitlines()[-1] + "\n"
    assert checkpoint.verify(both, [KEY.public_key()]) == LOG


@pytest.mark.parametrize("text", ["", "x", "a\nb\nc\n\n— a b\n", "\n\n\n\n", "a\n-1\nAAAA\n\n— a b\n"])
def test_what_is_no_checkpoint(text: str) -> None:
    with pytest.raises(NotACheckpoint):
        checkpoint.verify(text, [KEY.public_key()])


def test_notes_are_found_among_other_text() -> None:
    first, second = checkpoint.sign(LOG, KEY), checkpoint.sign(LOG, OTHER)
    text = f"2026-11-23\n{first}\nKept by Irene.\n\n{second}"
    assert checkpoint.notes_in(text) == [first, second]
