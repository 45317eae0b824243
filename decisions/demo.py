"""The demo's records: a few published cases, decided by the demo's people through the same services as any other.

Not for a deployment: only `manage.py demo` calls this, and only with the embedded servers.
"""

from decisions.cases import Case, published
from infoshare.accounts.demo import member
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from infoshare.days import london_today

from . import services
from .guide import drafts
from .guide.sitting import Sitting
from .models import DecisionRecord
from .outcomes import SHARES

# Published case → the demo's organisation that decides it.
CASES = {"REV-01": "school", "ICO-E03": "housing", "MDDUS-01": "surgery", "LA-02": "council", "SCIE-03": "charity"}
SHARING = {
    "items": ["What was seen and heard, with dates", "What the person said, in their own words"],
    "recipient": "Duty officer",
    "recipient_organisation": "Eastmarsh Safeguarding Hub",
    "purpose": "To find out whether someone is safe",
    "channel": "case_system",
}


def make_records() -> None:
    """One record for each organisation that has none."""
    for case in published():
        if case.id in CASES:
            author = member(CASES[case.id], Role.PRACTITIONER)
            if not DecisionRecord.objects.within(author.organisation).exists():
                _decide(case, author)


def _decide(case: Case, by: Membership) -> None:
    day = london_today()
    draft = drafts.start(by=by, case_reference=f"DEMO-{case.id}", day=day)
    given = {answer.question: answer.answer for answer in case.answers}
    while question := (sitting := Sitting.of(draft, day)).next_question:
        not_sure = [] if question.kind == "checkboxes" else question.option_ids[-1]
        drafts.save_answer(draft, question, given.get(question.id, not_sure), seen="", day=day)
    decision = {"recommended": sitting.outcome, "decided": sitting.outcome, "departure_reason": ""}
    drafts.save_details(draft, "decision", {**decision, "reasons": "Made for the demo from a published case."}, seen="")
    if sitting.outcome in SHARES:
        drafts.save_details(draft, "sharing", SHARING, seen="")
    services.record_decision(draft_id=draft.pk, by=by)
