"""The loader: what it makes of a good file, and what it says of each broken one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from decisions.engine.conditions import AllOf, AnswerIs, FactIs
from decisions.engine.loading import RuleSetErrors, load, loads
from decisions.engine.ruleset import Cite, RuleSet

BROKEN = Path(__file__).parent / "broken"
EXPECTED = re.compile(r"# line (\d+): (.*)\n")


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_file_is_refused_in_the_words_on_its_first_line(path: Path) -> None:
    line, words = EXPECTED.match(path.read_text(encoding="utf-8")).groups()  # type: ignore[union-attr]

    with pytest.raises(RuleSetErrors) as caught:
        load(path)

    assert str(caught.value) == f"{path}:{line}: {words}"


def test_all_errors_come_at_once_in_the_order_of_their_lines(sample_text: str) -> None:
    broken = sample_text.replace("cite: guide NOW", "cite: gide NOW").replace("title: A sample\n", "")
    broken = broken.replace("then: share_urgently", "then: share_urgent", 1)

    with pytest.raises(RuleSetErrors) as caught:
        loads(broken, "sample")

    lines = [error.line for error in caught.value.errors]
    assert len(lines) == 4
    assert lines == sorted(lines)


def test_scalars_stay_text(sample: RuleSet) -> None:
    assert sample.edition == "2026-09"
    assert sample.question("body").option_ids == ("yes", "no")


def test_a_short_list_of_conditions_and_a_mapping_mean_all(sample: RuleSet) -> None:
    assert sample.rule("M1").when == AllOf((FactIs("duty"), FactIs("sharing")))
    assert sample.fact("duty").when == AllOf((AnswerIs("happened", ("since", "unsure")), AnswerIs("body", ("yes",))))


def test_each_copies_an_entry_for_every_row_with_its_words(sample: RuleSet) -> None:
    assert [fact.text for fact in sample.facts if fact.id.startswith("needs_")] == [
        "Health notes are needed",
        "School notes are needed",
    ]
    assert [item.id for item in sample.item_set("scope").items] == ["send_health", "send_school"]


def test_citations_name_a_source_and_a_place(sample: RuleSet) -> None:
    assert sample.rule("S1").cite == (Cite("guide", "HARM"), Cite("guide", "NEED"))


def test_the_days_on_which_the_law_turns(sample: RuleSet) -> None:
    assert sample.turning_days == (date(2026, 9, 1), date(2026, 9, 15), date(2026, 10, 1), date(2026, 11, 1))
    assert sample.law_day(date(2026, 10, 31)) == date(2026, 10, 1)
    assert sample.law_day(date(2020, 1, 1)) == date(2026, 9, 1)


def test_layout_does_not_change_the_content_hash_and_words_do(sample: RuleSet, sample_text: str) -> None:
    assert loads(f"# another comment\n\n{sample_text}") == sample
    assert loads(sample_text.replace("A sample", "A Sample", 1)) != sample


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("title: caf\xe9".encode("latin-1"))

    with pytest.raises(RuleSetErrors, match="Save it as UTF-8"):
        load(path)
