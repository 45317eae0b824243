"""What was signed for an edition is what it still leads to."""

import pytest

from decisions import editions
from decisions.engine.frozen import differences, read_kept
from decisions.management.files import COVERING, RELEASED
from decisions.releases import released


@pytest.mark.parametrize("name", editions.names())
def test_every_kept_sitting_leads_to_what_was_signed(name: str) -> None:
    path = COVERING / f"sharing-{name}.yaml"
    text = path.read_text(encoding="utf-8") if path.exists() else "sittings: []"
    assert differences(editions.get(name), text) == []


def test_a_released_edition_has_signed_sittings_of_its_own_content() -> None:
    for entry in released(RELEASED):
        kept = read_kept((COVERING / f"sharing-{entry.edition}.yaml").read_text(encoding="utf-8"))
        assert kept["signed"]
        assert kept["content"] == entry.content
