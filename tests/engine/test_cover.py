"""Covering sittings: they cover what can be covered, stay the same, and notice what a change does."""

from __future__ import annotations

from collections.abc import Callable

from decisions.engine import ask
from decisions.engine.cover import cover
from decisions.engine.evaluate import judge
from decisions.engine.frozen import differences, frozen, read_kept
from decisions.engine.ruleset import RuleSet

Load = Callable[[str], RuleSet]


def test_every_rule_answer_and_guard_is_covered(sample: RuleSet) -> None:
    found = cover(sample)
    covered = {what for sitting in found.sittings for what in sitting.covers}

    assert len(covered) + len(found.impossible) == found.goals
    assert {f"rule {rule.id} applies" for rule in sample.every_rule() if rule.then and not rule.force.off} <= covered
    assert "rule N1 goes before rule A1" in covered
    assert "only condition 2 of rule N1 fails" in covered
    assert "exception N1a stops rule N1" in covered
    assert "`need.school` is answered `unsure`" in covered
    assert "`consent` is not asked" in covered
    assert len(found.sittings) < 40


def test_only_what_cannot_be_is_left_out(sample: RuleSet) -> None:
    assert set(cover(sample).impossible) >= {"rule E1 goes before rule N1", "rule M2 goes before rule M3"}


def test_a_sitting_answers_just_what_is_asked(sample: RuleSet) -> None:
    for sitting in cover(sample).sittings:
        kept, dropped = ask.replay(sample, sitting.answers, sitting.day)
        judgement = judge(sample, kept, sitting.day)

        assert not dropped
        assert all(sample.question(question).record for question in judgement.pending)
        assert sitting.decisions["outcome"] == judgement.value("outcome")


def test_the_same_rule_set_gets_the_same_sittings(sample: RuleSet) -> None:
    assert cover(sample) == cover(sample)


def test_what_was_signed_is_what_it_leads_to(sample: RuleSet) -> None:
    text = frozen(sample, cover(sample))

    assert "\nsigned: ''\n" in text
    assert differences(sample, text) == []


def test_a_kept_sitting_reads_as_sentences(sample: RuleSet) -> None:
    first = read_kept(frozen(sample, cover(sample)))["sittings"][0]

    assert first["if"][0].startswith("“What could happen if you do not share?” is ")
    assert first["then"][0].startswith("What to do: ")
    assert "rule" in first["shows"]


def test_a_change_is_told_in_words(sample: RuleSet, sample_text: str, load_text: Load) -> None:
    text = frozen(sample, cover(sample))
    changed = sample_text.replace(
        "{id: A3, when: {consent: not_asked}, then: seek_consent_first",
        "{id: A3, when: {consent: not_asked}, then: seek_advice_first",
    )
    found = differences(load_text(changed), text)

    assert any(line.endswith("“What to do” was seek_consent_first, now seek_advice_first") for line in found)
    assert any(line.endswith("“Do this” now has tell_lead") for line in found)
    assert any(
        "no longer has" in line
        for line in differences(load_text(sample_text.replace("when: always", "when: harm_serious")), text)
    )
