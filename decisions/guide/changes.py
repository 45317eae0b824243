"""What would change an outcome: a few other answers, the likeliest and most useful first. The engine finds them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from decisions.engine import ask, would
from decisions.engine.program import TICKED
from decisions.engine.ruleset import UNSURE, Question
from decisions.outcomes import Outcome

from .grounds import answers_behind, fixed, leading
from .sitting import Sitting
from .wording import ticking_words

MOST, FEW = 5, 2
MORE = "We would ask you more before we could say"
# What may turn out otherwise comes first: what they or an adviser say, then what is not checked or not known yet.
USEFUL = (
    *("asked_them", "advice", "pressure", "can_decide", "talk_again", "safe_to_ask", "recipient_link"),
    *("harm_others", "harm_subject", "danger_now", "crime_role", "less", "board_request", "which_law", "request"),
)
EVERY_ANSWER = frozenset({"advice"})  # what each answer would lead to is worth knowing
# After "they said yes" or "no" more is asked; what we suppose of it is said beside it.
SUPPOSED = {"pressure": "no", "advice": "not_yet"}
FREELY = ", and it is their own choice"
THEIR_ANSWER, YES, NO = "asked_them", "agreed", "refused"
UP_TO_THEM = frozenset({Outcome.SEEK_CONSENT_FIRST, Outcome.DO_NOT_SHARE})
OPPOSITE = {YES: NO, NO: YES}


@dataclass(frozen=True)
class Change:
    """One answer that, given otherwise, would change the outcome."""

    question: str
    words: str
    outcome: str


def would_change(sitting: Sitting) -> list[Change]:
    """At most five. None: no answer of the person's alone would change it."""
    theirs = _their_answer(sitting)
    said = {THEIR_ANSWER} if theirs else set()
    found = [change for change in sitting.explanation.would_change if change.question in sitting.given]
    likely = [change for change in found if not _is_fixed(sitting, change) and change.question not in said]
    few = len(theirs) + len(likely) < FEW
    opening = _opening(sitting, said | {change.question for change in likely}) if few else []
    if not theirs and not likely and not opening:
        likely = [change for change in found if _is_fair(change)]
    return [*theirs, *(_change(sitting, change) for change in (*_few(sitting, likely), *opening))][:MOST]


def _is_fixed(sitting: Sitting, change: would.Change) -> bool:
    """Not to be otherwise; shown only where nothing else would change the outcome."""
    return change.question in fixed(sitting) or change.question not in sitting.given


def _is_fair(change: would.Change) -> bool:
    """Nobody has agreed because it would go to someone else."""
    return change.value != Outcome.SHARE_WITH_CONSENT


def _few(sitting: Sitting, changes: Iterable[would.Change]) -> list[would.Change]:
    """One for each question, the nearest to the answer given; for some questions all."""
    found: dict[str, list[would.Change]] = {}
    for change in changes:
        found.setdefault(change.question, []).append(change)
    ordered = sorted(found, key=lambda name: USEFUL.index(name) if name in USEFUL else len(USEFUL))
    return [change for name in ordered for change in _of_one(sitting, name, found[name])]


def _of_one(sitting: Sitting, name: str, changes: list[would.Change]) -> list[would.Change]:
    question = sitting.ruleset.question(name)
    if name in EVERY_ANSWER or question.kind != "radios":
        return changes if name in EVERY_ANSWER else changes[:1]
    place, given = question.option_ids.index, sitting.given[name]

    def far(change: would.Change) -> tuple[bool, bool, int]:
        apart = abs(place(change.option) - place(given))
        return change.option != OPPOSITE.get(given), change.option == UNSURE, apart

    return [min(changes, key=far)]


def _change(sitting: Sitting, change: would.Change) -> Change:
    question = sitting.ruleset.question(change.question)
    outcome = sitting.ruleset.main.value(change.value).text if change.value else MORE
    return Change(question.text, _words(question, change), outcome)


def _words(question: Question, change: would.Change) -> str:
    if question.kind == "checkboxes":
        return ticking_words(question, change.part or "", change.option == TICKED)
    row = f"{question.row(change.part).text}: " if change.part else ""
    return row + question.option(change.option).text


def _opening(sitting: Sitting, told: set[str]) -> list[would.Change]:
    """The first answer of the rule that led here after which more would be asked: where the guide stopped early, no
    other answer shows what would change it."""
    own = {q for rule in leading(sitting, sitting.ruleset.main.id) for q in answers_behind(sitting, rule.when)}
    changes = [each for each in sitting.explanation.would_open if each.question in own - told]
    return _few(sitting, [each for each in changes if not _is_fixed(sitting, each)])[:1]


def _their_answer(sitting: Sitting) -> list[Change]:
    """Where it is up to them: what follows from a yes and from a no."""
    if sitting.outcome not in UP_TO_THEM or THEIR_ANSWER not in sitting.given:
        return []
    found = (_if_they_say(sitting, option) for option in (YES, NO))
    return [change for change in found if change]


def _if_they_say(sitting: Sitting, option: str) -> Change | None:
    """The answers that follow from what they say are supposed anew."""
    question = sitting.ruleset.question(THEIR_ANSWER)
    before = {name: answer for name, answer in sitting.given.items() if name not in SUPPOSED}
    after = _answered(replace(sitting, given=before), THEIR_ANSWER, option)
    while after.outcome is None and after.next_question and after.next_question.id in SUPPOSED:
        after = _answered(after, after.next_question.id, SUPPOSED[after.next_question.id])
    if after.outcome == sitting.outcome:
        return None
    freely = FREELY if "pressure" in after.given else ""
    outcome = sitting.ruleset.main.value(after.outcome).text if after.outcome else MORE
    return Change(question.text, question.option(option).text + freely, outcome)


def _answered(sitting: Sitting, name: str, option: str) -> Sitting:
    kept, _ = ask.replay(sitting.ruleset, {**sitting.answers, name: option}, sitting.day)
    return replace(sitting, given={q: a for q, a in kept.items() if q not in sitting.known})
