"""Sealing against vectors worked out by other means, and what each alteration does to it."""

import hashlib
import hmac
from datetime import UTC, datetime
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from infoshare.ledger import crypto

DOCUMENT = UUID("00112233-4455-6677-8899-aabbccddeeff")
OTHER = UUID(int=1)
KEY, KEK = bytes(range(32)), bytes(range(32, 64))
FACTS = b"\x05" + hashlib.sha256(b"facts").digest()
HEADER = crypto.header(DOCUMENT, 7, 1_778_000_000_123_456, "decision", FACTS)
CONTENT = {"reasons": "He is hungry.", "items": [1, None, True], "name": "Zoë"}


def test_gcm_is_that_of_the_nist_vector() -> None:
    """McGrew and Viega, test case 16: AES-256, with associated data."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    sealed = bytes.fromhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
    )
    label = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    text = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    assert crypto.decrypt(key, nonce + sealed, label) == text
    assert AESGCM(key).encrypt(nonce, text, label) == sealed


def test_the_header_is_98_bytes_at_fixed_places() -> None:
    assert len(HEADER) == 98
    assert HEADER[:17] == b"\x01" + DOCUMENT.bytes
    assert int.from_bytes(HEADER[17:25], "big") == 7
    assert int.from_bytes(HEADER[25:33], "big") == 1_778_000_000_123_456
    assert HEADER[33:65].rstrip(b"\0") == b"decision"
    assert HEADER[65:] == FACTS


def test_the_commitments_are_their_formulas() -> None:
    committed = hmac.new(KEY, b"key-commitment/v1", hashlib.sha256).digest()
    assert crypto.key_commitment(KEY) == committed
    assert crypto.commitment(HEADER, committed, b"ct") == hashlib.sha256(b"\x10" + HEADER + committed + b"ct").digest()
    assert crypto.certificate_commitment("{}") == hashlib.sha256(b"\x11{}").digest()


def test_content_comes_back_and_is_written_in_one_way() -> None:
    assert crypto.decrypt_content(KEY, crypto.encrypt_content(KEY, CONTENT, HEADER), HEADER) == CONTENT
    assert crypto.canonical(CONTENT) == '{"items":[1,null,true],"name":"Zoë","reasons":"He is hungry."}'.encode()


def test_no_two_sealings_are_alike() -> None:
    assert crypto.encrypt_content(KEY, CONTENT, HEADER) != crypto.encrypt_content(KEY, CONTENT, HEADER)


@given(place=st.integers(min_value=0), bit=st.integers(0, 7), what=st.sampled_from(["sealed", "label", "key"]))
def test_one_bit_altered_anywhere_does_not_open(place: int, bit: int, what: str) -> None:
    parts = {"sealed": crypto.encrypt(KEY, b"text", HEADER), "label": HEADER, "key": KEY}
    altered = bytearray(parts[what])
    altered[place % len(altered)] ^= 1 << bit
    parts[what] = bytes(altered)
    with pytest.raises(crypto.CannotOpen):
        crypto.decrypt(parts["key"], parts["sealed"], parts["label"])


def test_a_wrapped_key_opens_only_what_it_was_made_for() -> None:
    wrapped = crypto.wrap(KEK, KEY, DOCUMENT)
    assert len(wrapped) == 60
    assert crypto.unwrap(KEK, wrapped, DOCUMENT) == KEY
    with pytest.raises(crypto.CannotOpen):
        crypto.unwrap(KEK, wrapped, OTHER)
    with pytest.raises(crypto.CannotOpen):
        crypto.unwrap(KEY, wrapped, DOCUMENT)


def test_a_time_is_kept_to_the_microsecond() -> None:
    assert crypto.microseconds(datetime(2026, 11, 23, 6, 0, 0, 123457, tzinfo=UTC)) == 1_795_413_600_123_457


def test_the_blind_index_finds_equal_texts_of_one_field_and_organisation() -> None:
    here = crypto.blind_index(KEY, 1, "case_reference", " CSC-4471 ")
    assert here == crypto.blind_index(KEY, 1, "case_reference", "csc-4471")
    others = {
        crypto.blind_index(KEY, 2, "case_reference", "csc-4471"),
        crypto.blind_index(KEY, 1, "name", "csc-4471"),
        crypto.blind_index(KEK, 1, "case_reference", "csc-4471"),
        crypto.blind_index(KEY, 1, "case_reference", "csc-4472"),
    }
    assert len(others | {here}) == 5
    assert len(here) == 8
