"""Proof: the sound sample is proved, each seeded fault is refused in a plain sentence, and SAT agrees on everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from decisions.engine.evaluate import judge
from decisions.engine.exact import Days
from decisions.engine.loading import RuleSetErrors, load
from decisions.engine.prove import prove, prove_on
from decisions.engine.prove.places import place
from decisions.engine.ruleset import RuleSet
from decisions.engine.samples import as_answers
from tests.benchmarks.faults import mutants

from .second_opinion import SecondOpinion

EDITIONS = sorted((Path(__file__).parents[2] / "decisions" / "rulesets" / "sharing").glob("*.yaml"))
Load = Callable[[str], RuleSet]
WORRIES = "“What are you worried about?”"
X = "because: X., cite: guide A}\n"
HARM = "“What could happen if you do not share?”"

# What is replaced, by what, and the words of the refusal.
FAULTS = {
    "a dead end": (
        "    otherwise: {id: M3, then: may, because: No duty applies., cite: act s 3}\n",
        "",
        "Nothing decides “Must or may”",
    ),
    "two outcomes for one set of answers": (
        "{id: A3, when: {consent: not_asked}",
        "{id: A3, when: {safe_to_ask: no}",
        "“What to do” has two answers, “Share, with agreement” and “Ask for agreement first”, by rules A1 and A3, "
        f"for example if {HARM} is “Nothing harmful”, {WORRIES} includes “Violence”, “Could asking put anyone at "
        "risk?” is “No” and “What did they say when asked?” is “They agreed”, from 1 September 2026.",
    ),
    "two outcomes in the first layer": (
        "          - {id: E1,",
        "          - {id: E0, when: [{harm: immediate}, {body: yes}], then: do_not_share, "
        + X
        + "          - {id: E1,",
        "“What to do” has two answers, “Do not share” and “Share now”, by rules E0 and E1, for example if “Is your "
        f"organisation a public authority?” is “Yes” and {HARM} is “Someone is in danger now”, from 1 September 2026.",
    ),
    "a question that cannot matter": (
        "[{born: [unborn, infant]}, sharing]",
        "sharing",
        "The question `born` (“When was the youngest child in the home born?”) cannot matter: "
        "no answer to it changes anything.",
    ),
    "a question that is never asked": (
        "ask_when: {safe_to_ask: no}",
        "ask_when: [{safe_to_ask: no}, {harm: immediate}]",
        "The question `consent` (“What did they say when asked?”) can never be asked.",
    ),
    "a rule shadowed by an earlier one": (
        "          - {id: A1,",
        "          - {id: A0, when: [{harm: immediate}, {body: yes}], then: share_urgently, "
        + X
        + "          - {id: A1,",
        "Rule A0 can never apply: rule E1 goes before it in every case.",
    ),
    "a rule shadowed by several earlier ones": (
        "          - {id: A1,",
        "          - {id: A0, when: {any: [harm_serious, {all: [nothing_needed, {worries: none}]}]}, "
        "then: share_urgently, " + X + "          - {id: A1,",
        "Rule A0 can never apply: earlier rules go before it in every case.",
    ),
    "a rule shadowed by its neighbour": (
        "          - {id: A1,",
        "          - {id: A0, when: [{consent: agreed}, {age: young}], then: share_with_consent, "
        + X
        + "          - {id: A1,",
        "Rule A0 adds nothing: whenever it applies, rule A1 gives the same answer.",
    ),
    "conditions that never hold together": (
        "{id: A3, when: {consent: not_asked}",
        "{id: A3, when: [{consent: not_asked}, {safe_to_ask: yes}]",
        "Rule A3 can never apply: its conditions never hold together.",
    ),
    "a value that is never given": (
        "{id: A3, when: {consent: not_asked}, then: seek_consent_first",
        "{id: A3, when: {consent: not_asked}, then: seek_advice_first",
        "“Ask for agreement first” can never be the answer to “What to do”.",
    ),
    "an item that is never in": (
        "when: [{age: young}, {asked: consent}]",
        "when: [{age: young}, {harm: immediate}]",
        "Rule warnings.young can never put “They are 16 or 17” into “Take care”.",
    ),
    "an exception that never holds": (
        "{id: N1a, when: violent_home,",
        "{id: N1a, when: {harm: immediate},",
        "The exception N1a never switches its rule off.",
    ),
    "a fact that is never true": (
        "when: {safe_to_ask: [yes, unsure]}}",
        "when: [{safe_to_ask: [yes, unsure]}, {harm: immediate}]}",
        "The fact `asking_unsafe` (asking could put someone at risk) can never be true.",
    ),
    "agreement sought where asking is unsafe": (
        "ask_when: {safe_to_ask: no}",
        "ask_when: {safe_to_ask: [no, unsure]}",
        "The promise I1 (“Never ask when asking is unsafe”) is broken, for example if "
        f"{HARM} is “Nothing harmful”, {WORRIES} includes “Violence”, “Could asking put anyone at risk?” is “Not sure” "
        "and “What did they say when asked?” is “Nobody asked them”, from 1 September 2026.",
    ),
    "danger that is not shared": (
        "when: {harm: immediate}, then: share_urgently",
        "when: [{harm: immediate}, {body: yes}], then: share_urgently",
        "The promise I2 (“Danger now is always shared at once”) is broken, for example if "
        f"“Is your organisation a public authority?” is “No” and {HARM} is “Someone is in danger now”",
    ),
    "more harm turning a share into a refusal": (
        "            then: share_without_consent\n            because: Protecting",
        "            then: do_not_share\n            because: Protecting",
        "The promise I3 (“More harm never leads to a weaker outcome”) is broken: changing "
        f"{HARM} from “Nothing harmful” to “Significant harm” turns "
        "“What to do” from “Take advice first” to “Do not share”",
    ),
    "a default that says something else": (
        "{id: O1, then: seek_advice_first",
        "{id: O1, then: do_not_share",
        "The default of “What to do” is “Do not share”; it may only be “Take advice first”.",
    ),
    "a default that decides too often": (
        "at_most: 30%",
        "at_most: 1%",
        "The default of “What to do” decides 28.2 % of sittings, more than 1 %",
    ),
    "a default where harm is serious": (
        "            when: harm_serious\n",
        "            when: [harm_serious, {body: yes}]\n",
        "The default of “What to do” decides where it must not, for example if "
        f"“Is your organisation a public authority?” is “No”, "
        f"{HARM} is “Significant harm” and “Could asking put anyone at risk?” is “Yes”",
    ),
    "an item that goes though it is not needed": (
        'when: ["needs_$item", sharing]',
        "when: sharing",
        "The promise I5_health (“Health notes go only when needed”) is broken",
    ),
}


def faulty(text: str, name: str) -> str:
    before, after, _ = FAULTS[name]
    assert before in text
    return text.replace(before, after, 1)


def test_the_sample_is_sound(sample: RuleSet) -> None:
    report = prove(sample)

    assert report.sound
    assert report.proved == len(report.obligations) > 90


def test_sittings_are_counted_once_each(sample: RuleSet) -> None:
    late_harm = 4 * 4 * 4 * (1 + 3 + 1)  # four harms, boxes, ages, and safe to ask with its consent
    assert prove(sample).sittings == 2 * (1 + late_harm) * 3**2 * 3 * 4


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_refused_in_a_plain_sentence(sample_text: str, load_text: Load, name: str) -> None:
    report = prove(load_text(faulty(sample_text, name)))
    sentences = [obligation.broken.sentence for obligation in report.broken if obligation.broken]

    assert any(sentence.startswith(FAULTS[name][2]) for sentence in sentences), sentences


def test_any_single_fault_is_proved_or_refused(sample: RuleSet) -> None:
    """Where a fault gives a decision two values or none, what follows from it is still said in whole sentences."""
    base = Days(sample)
    faults = list(mutants(sample))
    reports = [prove_on(Days(mutant, beside=base)) for _, mutant in faults]
    broken = [obligation.broken for report in reports for obligation in report.broken]

    assert len(faults) / 3 < sum(not report.sound for report in reports) < len(faults)
    assert all(found and found.sentence.endswith(".") for found in broken)


def test_every_obligation_says_where_in_the_file_it_stands(sample: RuleSet, sample_text: str) -> None:
    lines = sample_text.splitlines()
    for obligation in prove(sample).obligations:
        file, line = place(sample, obligation).rsplit(":", 1)
        named = obligation.subject.split()[0].split(".")
        assert file == sample.file
        assert any(name in lines[int(line) - 1] for name in named) or "$item" in lines[int(line) - 1], obligation


def test_a_citation_that_resolves_to_nothing_is_refused(sample_text: str, load_text: Load) -> None:
    with pytest.raises(RuleSetErrors, match=r"cites `gide`, which is not among the sources\. Did you mean `guide`\?"):
        load_text(sample_text.replace("cite: guide NOW", "cite: gide NOW", 1))


def test_a_box_that_cannot_matter_is_refused(sample_text: str, load_text: Load) -> None:
    both = "{any: [{worries: violence}, {all: [{worries: [neglect]}, harm_serious]}]}"
    text = sample_text.replace(both, "{worries: violence}")
    (broken,) = prove(load_text(text.replace("[{worries: none},", "[{not: {worries: violence}},"))).broken

    assert broken.broken
    expected = "“Neglect” of the question `worries` cannot matter: answering it either way changes nothing."
    assert broken.broken.sentence == expected


def test_a_proof_may_go_on_from_the_diagrams_of_another(sample: RuleSet, sample_text: str, load_text: Load) -> None:
    base = Days(sample)
    for name in FAULTS:
        faulty_one = load_text(faulty(sample_text, name))
        if [question.id for question in faulty_one.questions] == [question.id for question in sample.questions]:
            assert prove_on(Days(faulty_one, beside=base)).broken == prove(faulty_one).broken


def test_the_answers_of_a_counterexample_are_enough(sample_text: str, load_text: Load) -> None:
    ruleset = load_text(faulty(sample_text, "agreement sought where asking is unsafe"))
    broken = next(found for found in prove(ruleset).broken if found.subject == "I1").broken
    assert broken
    assert broken.day

    judgement = judge(ruleset, as_answers(ruleset, broken.answers, broken.day), broken.day)
    assert judgement.value("outcome") == "seek_consent_first"
    assert judgement.fact("asking_unsafe")
    for answer in broken.answers:
        fewer = tuple(other for other in broken.answers if other != answer)
        judgement = judge(ruleset, as_answers(ruleset, fewer, broken.day), broken.day)
        assert judgement.value("outcome") is None or not judgement.fact("asking_unsafe")


def test_what_is_no_fault_is_remarked(sample_text: str, load_text: Load) -> None:
    redundant = sample_text.replace("when: {consent: agreed}, then: share_with_consent, because: They agreed.", (
        "when: [{consent: agreed}, {safe_to_ask: no}], then: share_with_consent, because: They agreed."
    ))  # fmt: skip
    idle = redundant.replace("always: {if: {harm: immediate}", "always: {if: [{harm: immediate}, {consent: agreed}]")
    remarks = prove(load_text(idle), with_remarks=True).remarks

    assert "The answers “Yes” and “Not sure” to `safe_to_ask` never lead to anything different." in remarks
    assert "The promise I2 never comes into play: its `if` never holds." in remarks
    safe = "Rule A1 does not need the condition that “Could asking put anyone at risk?” is “No”: "
    assert f"{safe}it holds wherever the rule applies." in remarks


@pytest.mark.parametrize("name", [None, *FAULTS])
def test_a_sat_solver_agrees_on_every_obligation(sample_text: str, load_text: Load, name: str | None) -> None:
    disagreements(load_text(faulty(sample_text, name) if name else sample_text))


def test_a_sat_solver_agrees_on_every_single_fault(sample: RuleSet) -> None:
    for _, mutant in mutants(sample):
        disagreements(mutant)


@pytest.mark.slow
@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: path.stem)
def test_a_sat_solver_agrees_on_every_obligation_of_every_edition(path: Path) -> None:
    disagreements(load(path))


def disagreements(ruleset: RuleSet) -> None:
    second = SecondOpinion(ruleset)
    asked = [found for found in prove(ruleset).obligations if found.kind != "default share"]
    if any(found.broken for found in asked if found.kind == "one answer"):
        # Which of two answers is "the" answer is not defined, so nothing that follows from it is compared.
        asked = [found for found in asked if found.kind == "one answer"]

    assert asked
    assert [found for found in asked if second.holds(found) != (found.broken is None)] == []
