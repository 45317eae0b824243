"""The shorter way to read a record: the same content, but for the recommendation."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import brief
from infoshare.accounts.models import Membership
from infoshare.ledger import crypto

from .walking import recorded

KEYS = st.sampled_from(["by", "recommendation", "recorded_at", "sharing", '},"recorded_at":"'])
VALUES = st.recursive(
    st.sampled_from(["", "said", ',"recommendation":{', '},"recorded_at":"', "\\"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=4),
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_nothing_but_the_recommendation_is_left_out_wherever_such_words_stand(content: dict[str, Any]) -> None:
    rest = {key: value for key, value in content.items() if key != "recommendation"}
    assert brief.read(crypto.canonical(content)) in (content, rest)


@pytest.mark.django_db
def test_a_real_record_is_read_without_it(alice: Membership) -> None:
    document = recorded(alice).document
    read = brief.read(document.canonical)
    assert read == {key: value for key, value in document.content.items() if key != "recommendation"}
    assert "recommendation" not in read
