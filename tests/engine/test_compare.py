"""Comparison: words change nothing, and each change of a decision is found with its share and a smallest example."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from decisions.engine.compare import Difference, compare, semantic_hash
from decisions.engine.evaluate import judge
from decisions.engine.ruleset import RuleSet
from decisions.engine.samples import as_answers

Load = Callable[[str], RuleSet]
AGREED = "{id: A1, when: {consent: agreed}"


def lines(old: RuleSet, new: RuleSet) -> dict[str, Difference]:
    return {line.key: line for line in compare(old, new).differences}


def test_the_same_file_differs_in_nothing(sample: RuleSet) -> None:
    found = compare(sample, sample)

    assert found.same_content
    assert found.same_meaning
    assert (found.added, found.removed, found.differences) == ((), (), ())


def test_an_edit_of_words_keeps_the_meaning(sample: RuleSet, sample_text: str, load_text: Load) -> None:
    found = compare(
        sample, load_text(sample_text.replace("Take advice first", "Seek advice").replace("They agreed", "Yes"))
    )

    assert not found.same_content
    assert found.same_meaning
    assert not found.differences


def test_an_edit_of_layout_keeps_the_meaning_too(sample: RuleSet, sample_text: str, load_text: Load) -> None:
    moved = load_text(sample_text.replace("{not: harm_serious}", "{not: {any: [harm_serious, {harm: immediate}]}}"))

    assert semantic_hash(moved) == semantic_hash(sample)


def test_a_rule_that_asks_for_more_moves_sittings(sample: RuleSet, sample_text: str, load_text: Load) -> None:
    new = load_text(sample_text.replace(AGREED, "{id: A1, when: [{consent: agreed}, {worries: none}]"))
    found = lines(sample, new)

    assert set(found) == {"outcome: share_with_consent → seek_advice_first"}
    (line,) = found.values()
    assert line.day == date(2026, 9, 1)
    assert line.example == (
        ("harm", None, "no_harm"),
        ("worries", "violence", "1"),
        ("safe_to_ask", None, "no"),
        ("consent", None, "agreed"),
    )
    # Of 2 × 321 × 9 × 3 sittings: 3 low harms, 4 ages, agreed; violence: any need (9), neglect alone: some need (8).
    assert line.share == Fraction(2 * 3 * 4 * (9 + 9 + 8) * 3, 2 * 321 * 9 * 3)


def test_items_and_later_law_are_compared_where_the_decisions_agree(
    sample: RuleSet, sample_text: str, load_text: Load
) -> None:
    new = load_text(sample_text.replace("{born: [unborn, infant]}", "{born: unborn}"))
    found = lines(sample, new)

    assert set(found) == {"duties.midwife: in → out"}
    assert found["duties.midwife: in → out"].day == date(2026, 11, 1)


def test_a_question_asked_otherwise_is_a_difference(sample: RuleSet, sample_text: str, load_text: Load) -> None:
    new = load_text(
        sample_text.replace(
            "{outcome: [share_urgently, share_with_consent, share_without_consent]}\n  - id", "sharing\n  - id", 1
        )
    )
    narrower = load_text(
        sample_text.replace(
            "ask_when: sharing\n  - id: sent_on", "ask_when: {outcome: share_urgently}\n  - id: sent_on"
        )
    )

    assert compare(sample, new).same_meaning
    assert set(lines(sample, narrower)) == {"asked.parts: in → out"}


def test_what_is_new_and_what_is_gone_is_listed(sample: RuleSet, sample_text: str, load_text: Load) -> None:
    text = sample_text.replace("not_asked: Nobody asked them}", "not_asked: Nobody asked them, cannot: They cannot be}")
    new = load_text(
        text.replace("{consent: not_asked}", "{consent: [not_asked, cannot]}").replace("{id: T1,", "{id: T9,")
    )
    found = compare(sample, new)

    assert found.added == ("consent.cannot", "rule T9")
    assert found.removed == ("rule T1",)
    assert not found.differences
    assert compare(new, sample).added == ("rule T1",)


def test_a_question_that_only_one_edition_has(sample: RuleSet, sample_text: str, load_text: Load) -> None:
    question = "  - {id: extra, section: safety, text: Anything else?, options: yes_no_unsure}\n  - id: need\n"
    text = sample_text.replace("  - id: need\n", question).replace(
        "when: {outcome: seek_advice_first}", "when: [{outcome: seek_advice_first}, {extra: no}]"
    )
    found = lines(sample, load_text(text))

    assert set(found) == {"duties.tell_lead: in → out", "warnings.nothing_ticked: out → in"}
    assert ("extra", None, "yes") in found["duties.tell_lead: in → out"].example


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("question", ["harm", "safe_to_ask", "age"])
def test_every_example_shows_its_difference(
    sample: RuleSet, sample_text: str, load_text: Load, question: str, number: int
) -> None:
    options = sample.question(question).option_ids
    option, other = options[number % len(options)], options[(number + 1) % len(options)]
    new = load_text(sample_text.replace(f"{{{question}: {option}}}", f"{{{question}: {other}}}"))

    for line in compare(sample, new).differences:
        if line.name == sample.main.id:
            answers = as_answers(new, line.example, line.day)
            assert judge(sample, answers, line.day).value("outcome") == line.before
            assert judge(new, answers, line.day).value("outcome") == line.after
