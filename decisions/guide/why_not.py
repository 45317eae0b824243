"""Why the other outcomes are not what the guide suggests: one reason each, which speaks of what the person answered."""

from dataclasses import dataclass

from decisions.engine.conditions import AnswerIs, Condition, FactIs
from decisions.engine.ruleset import Question, Rule
from decisions.engine.words import either, quoted, say, sentence
from decisions.outcomes import Outcome

from .grounds import DANGER_NOW, Wanting, answers_behind, leading, wanting
from .sitting import Sitting
from .wording import answer_words

# Decisions of the rule set that say in its own words how it stands with their agreement, and with a duty.
AGREEMENT, MUST_OR_MAY = "agreement", "must_or_may"


@dataclass(frozen=True)
class WhyNot:
    """Another outcome, and what stood in its way. No reason: nothing in the answers calls for it."""

    outcome: str
    reason: str


def why_not(sitting: Sitting) -> list[WhyNot]:
    """One for each outcome that is ruled out, in the order of the rule set."""
    main = sitting.ruleset.main
    silent = sitting.explanation.core["decisions"][main.id]["not_fired"]
    found = []
    for value in main.values:
        rules = [rule for entry in silent if (rule := sitting.ruleset.rule(entry["rule"])).then == value.id]
        if rules and value.id != sitting.outcome:
            found.append(WhyNot(value.text, _reason(sitting, value.id, rules)))
    return found


def _reason(sitting: Sitting, outcome: str, rules: list[Rule]) -> str:
    """Why they are not asked is what the rule set says of agreement; so is why it is not shared with their yes, where
    nothing was asked about it. Where a duty makes all of it a must, that is no other outcome."""
    all_of_it = sitting.outcome != Outcome.SHARE_LIMITED
    if outcome == Outcome.STATUTORY_DUTY and all_of_it and (must := _must(sitting)):
        return must
    if outcome == Outcome.SEEK_CONSENT_FIRST:
        return _on_agreement(sitting) or _nearest(sitting, rules)
    reason = _nearest(sitting, rules)
    return _on_agreement(sitting) if outcome == Outcome.SHARE_WITH_CONSENT and not reason else reason


def _nearest(sitting: Sitting, rules: list[Rule]) -> str:
    """Of a rule that wants nothing, or one answer that the person gave; "" where there is none."""
    own = {q for rule in leading(sitting, sitting.ruleset.main.id) for q in answers_behind(sitting, rule.when)}
    lacking = [(rule, wanting(sitting, rule.when)) for rule in rules if rule.force.on(sitting.day)]
    if outweighed := next((rule for rule, lack in lacking if lack == ()), None):
        return _outweighed(sitting, outweighed)
    near = [lack[0] for _, lack in lacking if lack and len(lack) == 1 and lack[0].question in sitting.given]
    near.sort(key=lambda wants: (wants.question not in own, wants.question == DANGER_NOW))
    return _wanted(sitting, near[0]) if near else ""


def _outweighed(sitting: Sitting, rule: Rule) -> str:
    compiled = sitting.judgement.program.rules[rule.id]
    entry = sitting.explanation.reasons.why_not(sitting.judgement, compiled)
    return f"Something weighs more. {sentence(sitting.ruleset.rule(next(iter(entry.values()))).because)}"


def _wanted(sitting: Sitting, wants: Wanting) -> str:
    """It turns on one answer: that another would have to be given, or that this one stands in the way."""
    question, said = sitting.ruleset.question(wants.question), wants.said
    answered = f"{quoted(answer_words(question, sitting.given[question.id]))} to {quoted(question.text)}"
    if isinstance(said, FactIs):
        claim = say(sitting.ruleset, said)
        return sentence(f"Not here, because {claim}") if wants.stands else _only_when(question, claim, answered)
    if wants.stands:
        return f"Not here, because you answered {answered}."
    return _other_answer(question, said, answered)


def _only_when(question: Question, claim: str, answered: str) -> str:
    """A list of ticked boxes is too long to repeat."""
    needed = sentence(f"That is for when {claim}")
    return needed if question.kind == "checkboxes" else f"{needed} You answered {answered}."


def _other_answer(question: Question, said: Condition, answered: str) -> str:
    options = said.options if isinstance(said, AnswerIs) else ()
    words = either([quoted(question.option(option).text) for option in options] or [quoted(question.none)])
    if question.kind == "checkboxes":
        return f"That is for when you tick {words}."
    return f"You answered {answered}. That is for the answer {words}."


def _on_agreement(sitting: Sitting) -> str:
    return _said(sitting, AGREEMENT)


def _must(sitting: Sitting) -> str:
    said = _said(sitting, MUST_OR_MAY)
    must = said and sitting.judgement.value(MUST_OR_MAY) == "must"
    return f"That is no other answer: the law requires this too. {said}" if must else ""


def _said(sitting: Sitting, decision_id: str) -> str:
    """Why a decision of the rule set is as it is, in its own words; "" where it has no such decision."""
    if decision_id not in {decision.id for decision in sitting.ruleset.decisions}:
        return ""
    rules = leading(sitting, decision_id)
    return sentence(rules[0].because) if rules else ""
