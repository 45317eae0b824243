"""What the rule set says of each recipient, judged as if they were the one the guide asked about. Saves nothing."""

from decisions.engine.ruleset import UNSURE
from decisions.guide.sitting import Sitting
from decisions.models import Draft
from decisions.outcomes import SHARES, Outcome

from .marking import CLOSE, PROTECT
from .table import Guidance, Item, Mark, Recipient, Table

LEAVE_OUT = "minimise"
# Item of the rule set's "leave out" → the mark it is about.
MARKS = {
    "location": Mark.LOCATION,
    "help_sought": Mark.INFORMANT,
    "informant": Mark.INFORMANT,
    "third_parties": Mark.THIRD_PARTY,
}


def guidance(sitting: Sitting, recipient: Recipient) -> Guidance:
    judged = sitting.with_recipient(recipient.kind, recipient.link)
    outcome = judged.outcome
    has_set = any(each.id == LEAVE_OUT for each in judged.ruleset.sets)
    leave_out = judged.judgement.members(LEAVE_OUT) if has_set else ()
    differs = outcome != sitting.outcome
    close = recipient.link in CLOSE or "location" in leave_out
    may_need_names = recipient.kind in PROTECT and not close and outcome in SHARES - {Outcome.SHARE_LIMITED}
    left_out = frozenset(MARKS[item].value for item in leave_out if item in MARKS)
    return Guidance(
        outcome=outcome,
        text=judged.ruleset.main.value(outcome).text if outcome else _open(judged),
        differs=differs,
        refuses=differs and outcome not in SHARES,
        close=close,
        minimise=left_out - {Mark.THIRD_PARTY.value} if may_need_names else left_out,
        may_need_names=may_need_names,
    )


def _open(judged: Sitting) -> str:
    question = judged.next_question
    return f"We cannot say yet. We would also ask: ‘{question.text}’" if question else "We cannot say yet."


def asks_link(sitting: Sitting, kind: str) -> bool:
    """Whether the rule set asks who could see or hear it, for a recipient of this kind."""
    judged = sitting.with_recipient(kind, "")
    known = {question.id for question in judged.ruleset.questions}
    return LINK in known and judged.judgement.is_asked(LINK) is not False


LINK = "recipient_link"


def items_of(draft: Draft) -> tuple[Item, ...]:
    marks = draft.details.get("marks", {})
    return tuple(
        Item(item["id"], item["text"], frozenset(marks.get(item["id"], ()))) for item in draft.details.get("items", ())
    )


def recipients_of(draft: Draft) -> tuple[Recipient, ...]:
    return tuple(Recipient(**recipient) for recipient in draft.details.get("recipients", ()))


def must(sitting: Sitting) -> bool:
    """Does the guide say that they must share? An edition may not say."""
    known = {decision.id for decision in sitting.ruleset.decisions}
    return "must_or_may" in known and sitting.judgement.value("must_or_may") == "must"


def others_in_danger(sitting: Sitting) -> bool:
    """Do the answers say that sharing it could put someone in danger, or that it shows who told us?"""
    return "danger" in sitting.given.get("worries", ()) or "informant" in sitting.given.get("contents", ())


NO_NEED = frozenset({"curious", "other", UNSURE})


def need(sitting: Sitting) -> str:
    """What they need it for, as far as the answers say."""
    answer = sitting.given.get("purpose", UNSURE)
    return "" if answer in NO_NEED else sitting.ruleset.question("purpose").option(answer).text


def table_of(draft: Draft, sitting: Sitting) -> Table:
    recipients = recipients_of(draft)
    said = {recipient.id: guidance(sitting, recipient) for recipient in recipients}
    return Table(items_of(draft), recipients, said, draft.details.get("sharing", {}))
